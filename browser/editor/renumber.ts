type Change<Value> = { from: Value; to: Value };

/**
 * Gives an item of a list its new place: in the names of its fields ("questions.0.answer"), in the values of its
 * buttons ("questions:remove:0"), and in the words that name it ("Vraag 1").
 */
export function renumber(
  item: HTMLElement,
  list: string,
  number: Change<number>,
  title: Change<string>,
): void {
  if (number.from === number.to) return;
  const [before, after] = [`${list}.${number.from}.`, `${list}.${number.to}.`];
  for (const field of item.querySelectorAll<HTMLInputElement>("[name]"))
    if (list && field.name.startsWith(before)) field.name = after + field.name.slice(before.length);
  const buttons = item.matches("button") ? [item] : item.querySelectorAll<HTMLElement>("button[name=move]");
  for (const button of buttons)
    button.setAttribute("value", (button.getAttribute("value") ?? "").replace(/:\d+$/, `:${number.to}`));
  if (!title.from) return;
  for (const named of [item, ...item.querySelectorAll("[aria-label]")]) {
    const label = named.getAttribute("aria-label");
    if (label) named.setAttribute("aria-label", label.replace(title.from, title.to));
  }
  for (const part of [...buttons, ...item.querySelectorAll(":scope > fieldset > legend")]) {
    const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode as Text;
      if (text.data.includes(title.from)) text.data = text.data.replace(title.from, title.to);
    }
  }
}
