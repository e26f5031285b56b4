/** How a program that writes lists as a row of paragraphs marks one of them. */
type Marked = { level: number; ordered: boolean; start: number | null };

/** Makes nested lists of a row of items that only tell their level. */
export function listLevels() {
  let open: { level: number; list: HTMLElement }[] = [];

  const isContinued = ({ list }: { list: HTMLElement }, { ordered, start }: Marked) =>
    list.matches(ordered ? "ol" : "ul") && !(ordered && start === 1 && list.childElementCount > 0);

  return {
    outermost: (): HTMLElement | null => open[0]?.list ?? null,
    /** The item that was put last, in which its further paragraphs belong. */
    last: (): Element | null => open.at(-1)?.list.lastElementChild ?? null,
    begin(): void {
      open = [];
    },
    /** Puts an item in the list of its level; an outermost list comes to stand before `place`. */
    add(place: Element, marked: Marked, content: Node[]): void {
      const { level, ordered, start } = marked;
      while ((open.at(-1)?.level ?? 0) > level) open.pop();
      if (open.at(-1)?.level === level && !isContinued(open.at(-1)!, marked)) open.pop();
      if (open.at(-1)?.level !== level) {
        const list = place.ownerDocument.createElement(ordered ? "ol" : "ul");
        if (ordered && start !== null && start > 1) list.setAttribute("start", String(start));
        const parent = open.at(-1)?.list.lastElementChild;
        if (parent) parent.append(list);
        else place.before(list);
        open.push({ level, list });
      }
      const item = place.ownerDocument.createElement("li");
      item.append(...content);
      open.at(-1)!.list.append(item);
    },
  };
}
