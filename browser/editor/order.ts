import { element } from "./dom.ts";
import { renumber } from "./renumber.ts";
import type { Words } from "./words.ts";

type Direction = "up" | "down";
const directionOf = (button: HTMLButtonElement): Direction | null => {
  const [, direction] = /(?:^|:)(up|down)(?::|$)/.exec(button.value) ?? [];
  return direction === "up" || direction === "down" ? direction : null;
};

/**
 * Orders a list without a request: by the buttons that every item has (name "move", "up" or "down" in the value;
 * without script they send the form), and by dragging. The form then sends the items in the order of the page; where
 * `data-order` names the list, the numbers in the items' names follow ("questions.0.answer").
 */
export function orderBy(list: HTMLElement, t: Words): void {
  const items = () => [...list.children].filter((one): one is HTMLElement => one instanceof HTMLElement);
  const said = element("p", { class: "visually-hidden", role: "status" });
  list.after(said);
  const nameOf = (item: HTMLElement) => item.dataset.orderName ?? item.textContent?.trim().slice(0, 60) ?? "";
  const titles = items().map(nameOf);
  const moves = (item: HTMLElement, direction: Direction) =>
    [...item.querySelectorAll<HTMLButtonElement>("button[name=move]")].find(
      (one) => directionOf(one) === direction,
    );

  /** The first cannot go up and the last cannot go down: where the server leaves those buttons out, they come here. */
  function completeButtons(): void {
    const all = items();
    for (const direction of ["up", "down"] as const) {
      const from = all.findIndex((item) => moves(item, direction));
      const model = all[from] && moves(all[from], direction);
      for (const [at, item] of all.entries()) {
        if (!model || moves(item, direction)) continue;
        const copy = model.cloneNode(true) as HTMLButtonElement;
        const others = [...item.querySelectorAll<HTMLButtonElement>("button[name=move]")];
        const other = moves(item, direction === "up" ? "down" : "up") ?? others[0];
        if (other && direction === "down" && directionOf(other)) other.after(copy);
        else if (other) other.before(copy);
        renumber(copy, "", { from, to: at }, { from: titles[from] ?? "", to: titles[at] ?? "" });
      }
    }
  }

  function settle(): void {
    for (const [at, item] of items().entries()) {
      const up = moves(item, "up");
      const down = moves(item, "down");
      if (up) up.hidden = at === 0;
      if (down) down.hidden = at === titles.length - 1;
    }
  }

  /** Says where an item has come, and gives all of them their new numbers. `before` is the order that was. */
  function announce(item: HTMLElement, before: HTMLElement[]): void {
    const all = items();
    const place = all.indexOf(item) + 1;
    said.textContent = t("editor:order.moved", { name: nameOf(item), place, count: all.length });
    if (list.dataset.order) {
      const chosen = list.querySelectorAll<HTMLInputElement>("input[type=radio]:checked");
      for (const [to, one] of all.entries()) {
        const from = before.indexOf(one);
        renumber(one, list.dataset.order, { from, to }, { from: nameOf(one), to: titles[to] ?? "" });
        one.dataset.orderName = titles[to] ?? "";
      }
      // halfway two items have the same names, and of one name the browser lets go of all choices but one
      for (const radio of chosen) radio.checked = true;
    }
    settle();
    list.dispatchEvent(new Event("input", { bubbles: true }));
  }

  list.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[name=move]");
    const item = button && items().find((one) => one.contains(button));
    const direction = button && directionOf(button);
    if (!item || !direction) return;
    event.preventDefault();
    const before = items();
    const other = direction === "up" ? item.previousElementSibling : item.nextElementSibling;
    if (direction === "up") other?.before(item);
    else other?.after(item);
    announce(item, before);
    const next = button.hidden ? moves(item, direction === "up" ? "down" : "up") : button;
    next?.focus();
  });

  /** For pointers only: the buttons do the same for the keyboard (WCAG 2.5.7). */
  function addHandle(item: HTMLElement): void {
    const grip = element("span", { class: "order__handle", "aria-hidden": "true" });
    grip.title = t("editor:order.drag", { name: nameOf(item) });
    item.prepend(grip);
    let before: HTMLElement[] = [];
    grip.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      before = items();
      item.classList.add("order__item--dragged");
      addEventListener("pointermove", follow);
      addEventListener("pointerup", end, { once: true });
      addEventListener("pointercancel", end, { once: true });
    });
    const follow = ({ clientY }: PointerEvent) => {
      const next = items().find((one) => {
        const { top, height } = one.getBoundingClientRect();
        return one !== item && clientY < top + height / 2;
      });
      if ((next ?? null) !== item.nextElementSibling) list.insertBefore(item, next ?? null);
    };
    const end = () => {
      removeEventListener("pointermove", follow);
      item.classList.remove("order__item--dragged");
      if (items().some((one, at) => one !== before[at])) announce(item, before);
    };
  }

  completeButtons();
  settle();
  for (const item of items()) addHandle(item);
}
