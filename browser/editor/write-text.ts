import { parser } from "../../src/ui/markdown-html.ts";

/** Where text stands: at the start of a line, and within brackets, more signs have a meaning. */
type Place = { lineStart?: boolean; inBrackets?: boolean; inLink?: boolean };

const wordSign = /[\p{L}\p{N}]/u;

/** What would begin a heading, list, quotation, table or rule (CommonMark 0.31, "Blocks"): the sign to take its meaning from. */
const lineStarts = [
  /^()#{1,6}(?=\s|$)/,
  /^()[-+](?=\s|$|[-:|])/,
  /^()>/,
  /^()=/,
  /^()[:|]/,
  /^(\d{1,9})[.)](?=\s|$)/,
];

function lineStartAt(text: string): number {
  for (const pattern of lineStarts) {
    const match = pattern.exec(text);
    if (match) return match[1]?.length ?? 0;
  }
  return -1;
}

/**
 * Signs within words that the renderer would make a link of by itself, where the writer made none. An escaped sign
 * parts words for the renderer, so what stands between two of them is looked at by itself as well.
 */
function accidentalLinks(text: string, escaped: ((at: number) => boolean) | null): Set<number> {
  const found = new Set([...text.matchAll(/:\/\//g)].map(({ index }) => index));
  if (!escaped) return found; // no link in a link, but an address in one still hides the bracket after it
  const look = (from: number, to: number) => {
    for (const match of parser.linkify.match(text.slice(from, to)) ?? [])
      for (let at = from + match.index; at < from + match.lastIndex; at++)
        if (/[.:@/]/.test(text[at]!)) found.add(at);
  };
  look(0, text.length);
  let from = 0;
  for (let at = 0; at <= text.length; at++)
    if (at === text.length || escaped(at)) {
      look(from, at);
      from = at + 1;
    }
  return found;
}

function needsEscape(text: string, at: number, inBrackets: boolean): boolean {
  const [before = "", sign = "", after = ""] = [text[at - 1], text[at], text[at + 1]];
  switch (sign) {
    case "\\":
    case "`":
    case "*":
    case "[":
    case "~":
      return true;
    case "]":
      return inBrackets;
    case "_":
      return !(wordSign.test(before) && wordSign.test(after));
    case "<":
      return !/[\s\d]/.test(after);
    case "&":
      return /^&(#\w+|\w+);/.test(text.slice(at));
    case "!":
      return after === "";
    default:
      return false;
  }
}

const entity = (sign: string) => (sign === "\u00a0" ? "&nbsp;" : `&#${sign.codePointAt(0)};`);

/** Text as Markdown that shows it letter for letter. */
export function escapeText(
  text: string,
  { lineStart = false, inBrackets = false, inLink = false }: Place = {},
) {
  const start = lineStart ? lineStartAt(text) : -1;
  const escaped = (at: number) => at === start || needsEscape(text, at, inBrackets || inLink);
  const links = accidentalLinks(text, inLink ? null : escaped);
  let written = "";
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!;
    const edge = at === 0 || at === text.length - 1 || text[at - 1] === " " || text[at + 1] === " ";
    if (edge && sign !== " " && /\s/.test(sign)) written += entity(sign);
    else written += escaped(at) || links.has(at) ? `\\${sign}` : sign;
  }
  return written;
}

/** The letter at an end of a text as an entity: beside a mark's sign it then counts as punctuation. */
export function encodeEnd(markdown: string, end: "first" | "last"): string {
  const pattern = end === "first" ? /^[\p{L}\p{N}]/u : /[\p{L}\p{N}]$/u;
  return markdown.replace(pattern, entity);
}

/** Text in a code span, with as many backticks around it as it needs. */
export function codeSpan(text: string): string {
  const runs = new Set([...text.matchAll(/`+/g)].map(([run]) => run.length));
  let length = 1;
  while (runs.has(length)) length++;
  const fence = "`".repeat(length);
  const pad = /^`|`$|^ .*[^ ].* $/.test(text) ? " " : "";
  return fence + pad + text + pad + fence;
}

/** "(address "title")" of a link or an image. */
export function destination(href: string, title: string | null): string {
  const address = href
    .replace(/[\s<>\\]/g, encodeURIComponent)
    .replace(/[()]/g, "\\$&")
    .replace(/&(?=(#\w+|\w+);)/g, "\\&");
  const named = title?.replace(/\s+/g, " ").replace(/[\\"]|&(?=(#\w+|\w+);)/g, "\\$&");
  return `(${address}${named ? ` "${named}"` : ""})`;
}

/** A link of plain words. */
export const linkMarkdown = (text: string, href: string, title: string | null): string =>
  `[${escapeText(text.replace(/\s+/g, " ").trim(), { inLink: true })}]${destination(href, title)}`;

/** An address that shows itself, as "<https://…>"; null where it cannot be written so. */
export function selfLink(text: string, href: string): string | null {
  if (href !== text && href !== `mailto:${text}`) return null;
  return /^[!-;=?-[\]-~]+$/.test(text) && /^(https?|mailto):/.test(href) ? `<${text}>` : null;
}
