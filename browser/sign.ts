/** The form under the manifesto: organisations that are known already, and how much room a motivation has left. */

function suggest(field: HTMLInputElement, from: string): void {
  const list = document.createElement("datalist");
  list.id = `${field.id}-suggestions`;
  field.after(list);
  field.setAttribute("list", list.id);
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let asked = "";
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    const typed = field.value.trim();
    if (typed.length < 2 || typed === asked) return;
    waiting = setTimeout(async () => {
      asked = typed;
      const answer = await fetch(from + encodeURIComponent(typed)).catch(() => null);
      if (!answer?.ok || asked !== typed) return; // without suggestions one types on
      const names: string[] = await answer.json();
      list.replaceChildren(
        ...names.map((name) => Object.assign(document.createElement("option"), { value: name })),
      );
    }, 200);
  });
}

/** What is left is seen at once; a screen reader hears it when the typing rests. */
function count(field: HTMLTextAreaElement, most: number): void {
  const seen = Object.assign(document.createElement("p"), { className: "counter" });
  seen.setAttribute("aria-hidden", "true");
  const heard = Object.assign(document.createElement("p"), { className: "visually-hidden" });
  heard.setAttribute("role", "status");
  field.after(seen, heard);
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const show = (speak: boolean) => {
    const left = most - [...field.value.trim()].length;
    const { left: leftText = "#", over = "#" } = field.dataset;
    seen.textContent = (left < 0 ? over : leftText).replace("#", String(Math.abs(left)));
    seen.classList.toggle("counter--over", left < 0);
    clearTimeout(waiting);
    if (speak) waiting = setTimeout(() => Object.assign(heard, { textContent: seen.textContent }), 1000);
  };
  field.addEventListener("input", () => show(true));
  show(false);
}

for (const field of document.querySelectorAll<HTMLInputElement>("input[data-suggestions]"))
  suggest(field, field.dataset.suggestions!);
for (const field of document.querySelectorAll<HTMLTextAreaElement>("textarea[data-most]"))
  count(field, Number(field.dataset.most));
