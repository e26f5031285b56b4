import { listLevels } from "./list-levels.ts";
import { previousElement, rename, unwrap } from "./paste-dom.ts";

const isList = (node: Node | null | undefined): node is HTMLElement =>
  node instanceof Element && node.matches("ul, ol");
const isItem = (node: Node) => node instanceof Element && node.matches("li");
const isBlank = (node: Node) => node.nodeType === Node.TEXT_NODE && !node.textContent?.trim();
const contents = (node: Element) => [...node.childNodes].filter((child) => !isBlank(child));

const lists = (root: ParentNode) => [...root.querySelectorAll<HTMLElement>("ul, ol")];
const levelled = "li[data-aria-level], li.OutlineElement[aria-level]";

/** Word in the browser puts each item in a list of its own, that tells its level. */
function nestByLevel(root: ParentNode): void {
  for (const box of [...root.querySelectorAll("div")].reverse())
    if (box.childElementCount > 0 && contents(box).every(isList)) unwrap(box);
  const levels = listLevels();
  for (const list of lists(root)) {
    const items = [...list.children];
    if (items.length === 0 || !items.every((one) => one.matches(levelled))) continue;
    if (list.parentElement?.closest("ul, ol")) continue;
    if (!levels.outermost() || previousElement(list) !== levels.outermost()) levels.begin();
    for (const [index, item] of items.entries()) {
      const level = Number(item.getAttribute("data-aria-level") ?? item.getAttribute("aria-level")) || 1;
      const place = Number(item.getAttribute("data-aria-posinset")) || null;
      const start = index === 0 ? Number(list.getAttribute("start")) || place : place;
      levels.add(list, { level, ordered: list.matches("ol"), start: place === 1 ? 1 : start }, [
        ...item.childNodes,
      ]);
    }
    list.remove();
  }
}

/** Items that stand in no list. */
function gatherItems(root: ParentNode): void {
  for (const item of [...root.querySelectorAll("li")]) {
    if (isList(item.parentElement)) continue;
    const before = previousElement(item);
    if (before?.hasAttribute("data-gathered")) before.append(item);
    else {
      const list = item.ownerDocument.createElement("ul");
      list.setAttribute("data-gathered", "");
      item.replaceWith(list);
      list.append(item);
    }
  }
}

/**
 * A list holds items and nothing else: another list or a paragraph in it belongs to the item before. Where there is none
 * the list around was an indent only, and the inner one's items take its place. So do those of an item without words.
 */
function fitItems(list: HTMLElement): void {
  for (const box of [...list.querySelectorAll(":scope > :not(li, ul, ol)")])
    if (box.querySelector("li")) unwrap(box);
  let last: Element | null = null;
  let taken: HTMLElement | null = null;
  let hasOwn = false;
  for (const child of [...list.childNodes]) {
    if (isBlank(child)) continue;
    const inner = isList(child) ? [child] : isItem(child) ? contents(child as Element) : [];
    const onlyLists = inner.length > 0 && inner.every(isList);
    if (onlyLists && last) {
      last.append(...inner);
      if (isItem(child)) list.removeChild(child);
    } else if (onlyLists) {
      const [first, ...more] = inner as HTMLElement[];
      taken = first!;
      const items = [...first!.children];
      child.replaceWith(...items);
      last = items.at(-1) ?? null;
      last?.append(...more);
    } else if (isItem(child)) {
      last = child as Element;
      hasOwn = true;
    } else if (last) last.append(child);
    else {
      last = list.ownerDocument.createElement("li");
      child.replaceWith(last);
      last.append(child);
      hasOwn = true;
    }
  }
  const fitted = taken && !hasOwn && taken.tagName !== list.tagName ? rename(list, taken.tagName) : list;
  const start = taken?.getAttribute("start") ?? fitted.firstElementChild?.getAttribute("value");
  if (start && !fitted.hasAttribute("start")) fitted.setAttribute("start", start);
  if (fitted.childElementCount === 0) fitted.remove();
}

/** An item that begins with a heading: a program that numbers headings writes them so. */
function isHeading(item: Element): boolean {
  const [first] = contents(item);
  return first instanceof Element && first.matches("h1, h2, h3, h4, h5, h6");
}

function liftHeadings(list: HTMLElement): void {
  const items = [...list.children];
  if (!items.some(isHeading)) return;
  let rest: Element | null = null;
  for (const item of items) {
    if (isHeading(item)) {
      list.before(...item.childNodes);
      rest = null;
    } else {
      if (!rest) {
        rest = list.ownerDocument.createElement(list.tagName);
        list.before(rest);
      }
      rest.append(item);
    }
  }
  list.remove();
}

/** Lists as the editor holds them: items in lists, lists in items, and each item with words. */
export function fitLists(root: ParentNode): void {
  nestByLevel(root);
  gatherItems(root);
  for (const list of lists(root).reverse()) fitItems(list);
  for (const list of lists(root).reverse()) liftHeadings(list);
  // an item of the editor begins with a paragraph, be it an empty one
  for (const item of root.querySelectorAll("li"))
    if (
      item.firstElementChild?.matches("pre, blockquote, table, hr") &&
      contents(item)[0] === item.firstElementChild
    )
      item.prepend(item.ownerDocument.createElement("p"));
}

/** A box to tick is a sign before the words: the site has none to tick. */
export function keepTicks(root: ParentNode): void {
  const boxes = "li input[type=checkbox], li [role=checkbox], li[role=checkbox], li .checkbox";
  for (const box of [...root.querySelectorAll<HTMLElement>(boxes)]) {
    const isOn =
      box.hasAttribute("checked") ||
      box.getAttribute("aria-checked") === "true" ||
      box.classList.contains("checkbox-on");
    const sign = isOn ? "☑ " : "☐ ";
    if (isItem(box)) {
      for (const image of [...box.querySelectorAll("img[role=checkbox], img[aria-roledescription]")])
        image.remove();
      (box.querySelector("p") ?? box).prepend(sign);
    } else if (!box.closest("li")?.matches("[role=checkbox]")) {
      if (box.textContent?.trim()) box.prepend(sign);
      else box.replaceWith(sign);
    }
  }
}
