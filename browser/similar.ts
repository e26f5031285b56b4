/** While a name is typed: initiatives with a name like it, as a hint. */
const field = document.querySelector<HTMLInputElement>("[data-similar] input[name=name]");
const hint = document.querySelector<HTMLElement>("[data-similar-found]");
const from = document.querySelector<HTMLElement>("[data-similar]")?.dataset.similar;

let waiting: ReturnType<typeof setTimeout> | undefined;
let asked = "";

function notice(text: string, found: { name: string; href: string }[]): HTMLElement {
  const notice = Object.assign(document.createElement("div"), { className: "notice" });
  const list = document.createElement("ul");
  for (const { name, href } of found) {
    const item = document.createElement("li");
    item.append(Object.assign(document.createElement("a"), { href, textContent: name }));
    list.append(item);
  }
  notice.append(Object.assign(document.createElement("p"), { textContent: text }), list);
  return notice;
}

async function look(name: string): Promise<void> {
  asked = name;
  const answer = await fetch(from + encodeURIComponent(name)).catch(() => null);
  if (!hint || !answer?.ok || asked !== name) return; // without the hint one types on
  const found: { name: string; href: string }[] = await answer.json();
  hint.replaceChildren(...(found.length > 0 ? [notice(hint.dataset.similarFound ?? "", found)] : []));
}

field?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => void look(field.value.trim()), 250);
});
