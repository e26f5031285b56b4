import { listLevels } from "./list-levels.ts";
import { previousElement, styleOf } from "./paste-dom.ts";

/** Points in a length of CSS, as Word and the mail programs after it write indents. */
function points(length: string): number {
  const [, number = "0", unit = "pt"] = /^(-?[\d.]+)(pt|in|cm|mm|px)$/i.exec(length) ?? [];
  return Number(number) * ({ in: 72, cm: 28.35, mm: 2.835, px: 0.75 }[unit.toLowerCase()] ?? 1);
}

const indentOf = (paragraph: Element): number =>
  points(styleOf(paragraph, "margin-left") || (styleOf(paragraph, "margin").split(/\s+/)[3] ?? ""));

/** Word parts a sign from its words by a gap in small letters; it stays where a mail program takes "mso-list" away. */
const isGap = (node: Element) => /^7(\.0)?pt\b.*Times/i.test(styleOf(node, "font"));

/**
 * The paragraph's sign ("·", "1.", "b)"), taken out of it; null where it has none. It is marked by "mso-list:Ignore", or
 * is all that stands before the gap.
 */
function takeSign(paragraph: Element): string | null {
  const spans = [...paragraph.querySelectorAll("span")];
  const marked = spans.find((one) => /^ignore/i.test(styleOf(one, "mso-list")));
  const end = marked ?? spans.find(isGap);
  if (!end) return null;
  const range = paragraph.ownerDocument.createRange();
  range.setStart(paragraph, 0);
  range.setEndAfter(end);
  const sign = range.toString().replace(/\s+/g, "");
  if (!marked && !/^(\(?[\da-z.]{1,9}[.)]|[^\da-np-z(]{1,2}|o)$/i.test(sign)) return null;
  if (marked) marked.remove();
  else range.deleteContents();
  return sign;
}

const isOrdered = (sign: string) => /^\(?([\d.]*\d|[a-z]|[ivxlc]+)[.)]/i.test(sign);

/** Word's lists are paragraphs with a style: "mso-list:l0 level2 lfo1"; what was taken away, the indent tells. */
function levelOf(paragraph: Element, sign: string | null): number {
  const told = Number(/level(\d)/i.exec(styleOf(paragraph, "mso-list"))?.[1] ?? 0);
  return told || (sign === null ? 0 : Math.max(1, Math.round(indentOf(paragraph) / 36)));
}

/** The number of a heading stays as words, since other places in the text may speak of it; a bullet goes. */
function keepNumber(heading: Element): void {
  const sign = takeSign(heading);
  if (sign && /\d|^[a-z]+[.)]/i.test(sign)) heading.prepend(`${sign} `);
}

/** Makes lists of the paragraphs that Word shows as lists, each level within the one above it. Headings stay headings. */
export function restoreWordLists(root: ParentNode): void {
  const levels = listLevels();
  for (const heading of root.querySelectorAll("h1, h2, h3, h4, h5, h6")) keepNumber(heading);
  for (const paragraph of [...root.querySelectorAll("p")]) {
    const follows = levels.outermost() !== null && previousElement(paragraph) === levels.outermost();
    const sign = takeSign(paragraph);
    const level = levelOf(paragraph, sign);
    if (level) {
      if (!follows) levels.begin();
      const text = paragraph.ownerDocument.createElement("p");
      text.append(...paragraph.childNodes);
      const number = Number.parseInt(sign ?? "", 10);
      const start = Number.isNaN(number) ? null : number;
      levels.add(paragraph, { level, ordered: isOrdered(sign ?? ""), start }, [text]);
      paragraph.remove();
    } else if (
      follows &&
      /MsoList(Paragraph|Continue)/.test(paragraph.className) &&
      paragraph.textContent?.trim()
    )
      levels.last()?.append(paragraph);
  }
}
