import { ownImage } from "../../src/ui/pictures.ts";
import { rename, styleOf, unwrap } from "./paste-dom.ts";
import { fitLists, keepTicks } from "./paste-lists.ts";
import { fitTables } from "./paste-tables.ts";
import { keepRaised } from "./raised.ts";
import { isLinkAddress } from "./schema.ts";
import { restoreWordLists } from "./word-lists.ts";

export type Cleaned = { html: string; localImages: number; remoteImages: number };

const unwanted =
  "script, style, meta, link, title, head, base, template, noscript, iframe, object, embed, svg, math, canvas, video, audio, form, input, select, textarea, button, xml, nav, [hidden], [aria-hidden=true]";

/** What follows readers around, on a link of ours it has no place. */
const tracking = /^(utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|_hs\w+|vero_\w+|si)$/i;

/** An address without trackers, and without the mail program's or search engine's detour. */
function cleanAddress(href: string): string {
  const url = /^https?:/i.test(href) ? URL.parse(href) : null;
  if (!url) return href;
  const detour = /(^|\.)safelinks\.protection\.outlook\.com$/.test(url.hostname)
    ? url.searchParams.get("url")
    : /^www\.google\.\w+$/.test(url.hostname) && url.pathname === "/url"
      ? (url.searchParams.get("q") ?? url.searchParams.get("url"))
      : null;
  if (detour && /^https?:/i.test(detour)) return cleanAddress(detour);
  const foreign = [...url.searchParams.keys()].filter((name) => tracking.test(name));
  for (const name of foreign) url.searchParams.delete(name);
  return foreign.length > 0 ? url.href : href;
}

/** Word and Google write bold and italic as styles; and "not bold" around everything. */
function restoreMarks(root: ParentNode): void {
  for (const node of [...root.querySelectorAll<HTMLElement>("span, b, strong, i, em, font")]) {
    const fontWeight = styleOf(node, "font-weight");
    const fontStyle = styleOf(node, "font-style");
    const textDecoration = styleOf(node, "text-decoration");
    const bold = fontWeight === "bold" || Number(fontWeight) >= 600;
    const isMark = node.matches("b, strong, i, em");
    if (
      isMark &&
      (/^(normal|[1-4]00)$/.test(fontWeight) || (node.matches("i, em") && fontStyle === "normal"))
    ) {
      unwrap(node);
      continue;
    }
    if (isMark) continue;
    for (const [wanted, name] of [
      [bold, "strong"],
      [fontStyle === "italic", "em"],
      [textDecoration.includes("line-through"), "s"],
    ] as const) {
      if (!wanted || node.closest("h1, h2, h3, h4, h5, h6")) continue;
      const mark = node.ownerDocument.createElement(name);
      mark.append(...node.childNodes);
      node.append(mark);
    }
    unwrap(node);
  }
}

const headingTags = "h1, h2, h3, h4, h5, h6";

/** What Word, in the browser or not, and others call a heading without its tag; what they put in one is words. */
function nameHeadings(root: ParentNode): void {
  for (const title of [...root.querySelectorAll("p.MsoTitle")]) rename(title, "h1");
  for (const text of [...root.querySelectorAll("p[class*=MsoHeading], p[class*=Kop]")])
    rename(text, `h${/([1-6])/.exec(text.className)?.[1] ?? 2}`);
  for (const span of [...root.querySelectorAll("p [data-ccp-parastyle]")]) {
    const style = /^(?:(title)$|heading (\d))/i.exec(span.getAttribute("data-ccp-parastyle") ?? "");
    const paragraph = span.closest("p:not([role=heading])");
    if (style && paragraph) rename(paragraph, `h${style[1] ? 1 : Math.min(6, Number(style[2]) || 6)}`);
  }
  for (const text of [...root.querySelectorAll("[role=heading]")])
    if (!text.matches(headingTags) && !text.querySelector(headingTags))
      rename(text, `h${Math.min(6, Math.max(1, Number(text.getAttribute("aria-level")) || 2))}`);
  for (const part of [...root.querySelectorAll(`:is(${headingTags}) :is(p, div, button, section, header)`)])
    unwrap(part);
}

/** Headings come to stand from level 2 on, since level 1 is the page's; they keep their order down to 4. */
function fitHeadings(root: ParentNode): void {
  const headings = [...root.querySelectorAll(headingTags)];
  const shift = headings.some((one) => one.tagName === "H1") ? 1 : 0;
  for (const heading of headings)
    if (heading.textContent?.trim())
      rename(heading, `h${Math.min(4, Number(heading.tagName.slice(1)) + shift)}`);
    else heading.remove();
}

export function cleanImages(root: ParentNode): Pick<Cleaned, "localImages" | "remoteImages"> {
  const counts = { localImages: 0, remoteImages: 0 };
  for (const image of [...root.querySelectorAll("img, v\\:imagedata")]) {
    const url = URL.parse(image.getAttribute("src") ?? "", location.href);
    const own = url?.origin === location.origin ? ownImage(url.pathname) : null;
    if (own) {
      image.setAttribute("src", own);
      continue;
    }
    const { width, height } = image as HTMLImageElement;
    const isPixel = (width > 0 && width < 4) || (height > 0 && height < 4);
    if (url?.protocol === "file:" || url?.protocol === "data:" || url?.protocol === "cid:")
      counts.localImages++;
    else if (url && !isPixel) counts.remoteImages++;
    image.remove();
  }
  return counts;
}

const kept: Record<string, string[]> = {
  A: ["href", "title"],
  CODE: ["class"],
  IMG: ["src", "alt", "title"],
  OL: ["start"],
};

function cleanAttributes(root: ParentNode): void {
  for (const node of root.querySelectorAll<HTMLElement>("*")) {
    const align =
      node.matches("td, th") &&
      (styleOf(node, "text-align") ||
        node.getAttribute("align") ||
        /\balign-(center|right)\b/.exec(node.className)?.[1]);
    for (const { name } of [...node.attributes])
      if (!kept[node.tagName]?.includes(name)) node.removeAttribute(name);
    if (align && ["center", "right"].includes(align)) node.setAttribute("align", align);
  }
  for (const link of [...root.querySelectorAll("a")]) {
    const href = cleanAddress((link.getAttribute("href") ?? "").trim().replace(/^(?=www\.)/i, "https://"));
    link.setAttribute("href", href);
    // a place in the text that was copied from, as its notes have, is nowhere here
    if (!isLinkAddress(href) || href.startsWith("#")) unwrap(link);
  }
}

/** White space as words need it: Word fills empty paragraphs and gaps with spaces that do not break. */
function cleanSpaces(root: Document): void {
  const texts = root.createTreeWalker(root.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode as Text;
    if (!text.parentElement?.closest("pre"))
      text.data = text.data.replace(/\u00a0(?=\s|$)/g, " ").replace(/(\s)\u00a0/g, "$1 ");
  }
  for (const node of [...root.querySelectorAll("p, div, li, h1, h2, h3, h4")].reverse())
    if (!node.textContent?.trim() && !node.querySelector("img, table, hr")) node.remove();
}

/** Not shown, or a remark in Word's margin that was meant for colleagues. */
const isHidden = (node: Element): boolean =>
  styleOf(node, "display") === "none" ||
  styleOf(node, "mso-hide") === "all" ||
  /^comment/i.test(styleOf(node, "mso-element") || styleOf(node, "mso-special-character"));

/**
 * Styles and handlers as data: even a document that is only looked into answers to the page's security policy, which
 * refuses them, and what they say (bold, a list) is needed.
 */
const asData = (html: string): string =>
  html
    .replace(/<(style|script)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(style|on\w+)\s*=/gi, " data-$1="));

/** Pasted HTML as the editor can hold it: words, structure, links; no styles, scripts or trackers. */
export function cleanPasted(html: string): Cleaned {
  const parsed = new DOMParser().parseFromString(asData(html), "text/html"); // inert: loads and runs nothing
  const root = parsed.body;
  const comments = parsed.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  const found: Node[] = [];
  while (comments.nextNode()) found.push(comments.currentNode);
  for (const comment of found) (comment as Comment).remove();
  nameHeadings(root);
  keepTicks(root);
  for (const node of root.querySelectorAll(unwanted)) node.remove();
  for (const node of [...root.querySelectorAll("[data-style]")]) if (isHidden(node)) node.remove();
  restoreWordLists(root);
  for (const node of [...root.querySelectorAll("*")]) if (node.tagName.includes(":")) unwrap(node);
  const images = cleanImages(root);
  keepRaised(root);
  restoreMarks(root);
  fitHeadings(root);
  fitTables(root);
  cleanSpaces(parsed);
  fitLists(root);
  cleanAttributes(root);
  return { html: root.innerHTML, ...images };
}
