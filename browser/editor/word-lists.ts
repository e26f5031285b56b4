/** What a pasted element's style, kept as data, says about a property; "" where it says nothing. */
export const styleOf = (node: Element, property: string): string =>
  new RegExp(`(?:^|;)\\s*${property}\\s*:\\s*([^;]+)`, "i")
    .exec(node.getAttribute("data-style") ?? "")?.[1]
    ?.trim() ?? "";

/** Word's lists are paragraphs with a style: "mso-list:l0 level2 lfo1", their sign in a span of its own. */
const levelIn = (paragraph: Element): number =>
  Number(/level(\d)/i.exec(styleOf(paragraph, "mso-list"))?.[1] ?? 0);

/** The paragraph's sign ("·", "1.", "b)"), taken out of it. */
function takeSign(paragraph: Element): string {
  const span = [...paragraph.querySelectorAll("span")].find((one) =>
    /^ignore/i.test(styleOf(one, "mso-list")),
  );
  span?.remove();
  return span?.textContent?.replace(/[\s\u00a0]+/g, "") ?? "";
}

const isOrdered = (sign: string) => /^\(?(\d+|[a-z]|[ivxlc]+)[.)]/i.test(sign);

function listOf(sign: string): HTMLElement {
  const list = document.createElement(isOrdered(sign) ? "ol" : "ul");
  const first = Number.parseInt(sign, 10);
  if (first > 1) list.setAttribute("start", String(first));
  return list;
}

/** Makes lists of the paragraphs that Word shows as lists, each level within the one above it. */
export function restoreWordLists(root: ParentNode): void {
  let before: Element | null = null;
  let open: { level: number; list: HTMLElement }[] = [];
  for (const paragraph of [...root.querySelectorAll("p, h1, h2, h3, h4, h5, h6")]) {
    const level = levelIn(paragraph);
    if (!level) continue;
    const sign = takeSign(paragraph);
    const follows = before !== null && previousElement(paragraph) === before;
    if (!follows) open = [];
    while ((open.at(-1)?.level ?? 0) > level) open.pop();
    if (open.at(-1)?.level !== level) {
      const list = listOf(sign);
      const parent = open.at(-1)?.list.lastElementChild;
      if (parent) parent.append(list);
      else paragraph.before(list);
      open.push({ level, list });
    }
    const item = document.createElement("li");
    const text = document.createElement("p");
    text.append(...paragraph.childNodes);
    item.append(text);
    open.at(-1)!.list.append(item);
    paragraph.remove();
    before = open[0]!.list;
  }
}

/** The element before, with no words in between. */
function previousElement(node: Element): Element | null {
  let previous = node.previousSibling;
  while (previous && previous.nodeType !== Node.ELEMENT_NODE && !previous.textContent?.trim())
    previous = previous.previousSibling;
  return previous instanceof Element ? previous : null;
}
