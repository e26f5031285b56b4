/**
 * Keeps the page of an edition up to date while it is sent: the sums by server-sent events, the seconds before the first
 * mail. Without it one reloads the page.
 */
const box = document.querySelector<HTMLElement>("[data-edition]");
const language = document.documentElement.lang;
const numbers = new Intl.NumberFormat(language);
const times = new Intl.DateTimeFormat(language, { timeStyle: "short", timeZone: "Europe/Amsterdam" });

type Progress = {
  state: string;
  finishedAt: string | null;
  heldUntil: string | null;
  refusal: string | null;
  fault: string | null;
  audience: number;
  counts: Record<string, number>;
  doubts: number;
  unsubscribed: number;
  speed: number;
  secondsLeft: number | null;
};

const find = (selector: string) => box?.querySelector<HTMLElement>(selector) ?? null;

function write(selector: string, words: string): void {
  const element = find(selector);
  if (element && element.textContent !== words) element.textContent = words;
}

/** Freezing and sending are one page. */
const stageOf = (state: string) => (state === "freezing" ? "sending" : state);

function show(progress: Progress): void {
  const { counts, audience } = progress;
  const sums: Record<string, number> = {
    ...counts,
    audience,
    doubts: progress.doubts,
    unsubscribed: progress.unsubscribed,
  };
  for (const [name, count] of Object.entries(sums)) {
    write(`[data-figure="${name}"]`, numbers.format(count));
    const row = name in counts && name !== "sent" ? find(`[data-figure="${name}"]`)?.closest("tr") : null;
    if (row) row.hidden = count === 0;
    const share = count === 0 ? 0 : Math.max(0.6, (count / Math.max(1, audience)) * 100);
    box?.querySelector(`[data-bar="${name}"]`)?.setAttribute("width", share.toFixed(1));
  }
  write("[data-done]", doneWords(progress));
  write("[data-speed]", numbers.format(Math.round(progress.speed * 60)));
  showTimeLeft(progress.secondsLeft);
  const held = find("[data-held]");
  if (held) {
    held.hidden = progress.heldUntil === null || progress.refusal !== null || progress.fault !== null;
    const time = progress.heldUntil ? times.format(new Date(progress.heldUntil)) : "";
    write("[data-held]", (held.dataset.words ?? "").replace("#", time));
  }
  for (const name of ["refusal", "fault"] as const) {
    const place = find(`[data-${name}]`);
    if (!place) continue;
    place.hidden = progress[name] === null;
    write(`[data-${name}]`, (place.dataset.words ?? "").replace("#", progress[name] ?? ""));
  }
}

function doneWords({ counts, audience }: Progress): string {
  const done = (counts.sent ?? 0) + (counts.bounced ?? 0);
  return (find("[data-done]")?.dataset.words ?? "")
    .replace("#", numbers.format(done))
    .replace("@", numbers.format(audience));
}

function showTimeLeft(seconds: number | null): void {
  const { none = "", short = "", minutes = "" } = find("[data-left]")?.dataset ?? {};
  const count = seconds === null ? 0 : Math.ceil(seconds / 60);
  const words = count <= 1 ? short : minutes.replace("#", numbers.format(count));
  write("[data-left]", seconds === null ? none : words);
}

/** A screen reader hears it this often, in milliseconds, not each second. */
const toldEvery = 30_000;
let told = performance.now();

function follow(address: string): void {
  const source = new EventSource(address);
  const first = stageOf(box?.dataset.state ?? "");
  source.addEventListener("progress", ({ data }: MessageEvent<string>) => {
    const progress: Progress | null = JSON.parse(data);
    if (!progress || stageOf(progress.state) !== first || progress.finishedAt) {
      source.close();
      location.replace(location.pathname); // other figures, other buttons; what was announced is over
      return;
    }
    show(progress);
    if (performance.now() - told < toldEvery) return;
    told = performance.now();
    write("[data-announce]", doneWords(progress));
  });
  source.addEventListener("over", () => source.close());
  addEventListener("pagehide", () => source.close());
}

/** Counts the seconds back; when they are over, the events say that it began. */
function countDown(timer: HTMLElement): void {
  const pattern = timer.textContent ?? "";
  let left = Number(timer.dataset.seconds ?? 0);
  const written = String(left);
  const ticking = setInterval(() => {
    left = Math.max(0, left - 1);
    timer.textContent = left > 0 ? pattern.replace(written, String(left)) : (timer.dataset.begins ?? "");
    if (left === 0) clearInterval(ticking);
  }, 1000);
}

if (box?.dataset.edition) {
  follow(box.dataset.edition);
  for (const words of box.querySelectorAll<HTMLElement>("[data-without-script]")) words.hidden = true;
  const timer = find("[data-seconds]");
  if (timer && Number(timer.dataset.seconds) > 0) countDown(timer);
}

export {};
