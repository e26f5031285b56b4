/** Keeps the page of an import up to date: how far it is, and the result once it is there. */
const box = document.querySelector<HTMLElement>("[data-progress]");
const bar = box?.querySelector("progress");
const words = box?.querySelector<HTMLElement>("[data-progress-text]");
const numbers = new Intl.NumberFormat(document.documentElement.lang);

type Progress = { state: string; position: number; rows: number };
/** As the page was made: by now it may be over already. */
const first = box?.dataset.progressState;
/** A screen reader hears it every so many times, not each second. */
const toldEvery = 10;
let asked = 0;

async function ask(): Promise<void> {
  const answer = await fetch(box?.dataset.progress ?? "").catch(() => null);
  if (!answer?.ok) return; // the connection is gone for a moment, or the session is over: the link stays
  const { state, position, rows }: Progress = await answer.json();
  if (state !== first) {
    location.reload();
    return;
  }
  const done = Math.min(position, rows);
  if (bar) bar.value = done;
  if (words && asked++ % toldEvery === 0)
    words.textContent = (words.dataset.progressText ?? "")
      .replace("##", numbers.format(rows))
      .replace("#", numbers.format(done));
}

if (box) setInterval(ask, 1000);

export {};
