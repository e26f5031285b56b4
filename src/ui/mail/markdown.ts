import MarkdownIt from "markdown-it";
import { day } from "./colours.ts";

/** Each tag's own style: mail programs leave out style sheets that are not in the tag itself. */
const styles: Record<string, string> = {
  h2: `margin:18px 0 8px;font-size:20px;line-height:1.3;font-weight:700;color:${day.heading};`,
  h3: `margin:16px 0 6px;font-size:17px;line-height:1.35;font-weight:700;color:${day.heading};`,
  p: "margin:0 0 14px;",
  ul: "margin:0 0 14px;padding-left:22px;",
  ol: "margin:0 0 14px;padding-left:22px;",
  li: "margin:0 0 4px;",
  blockquote: `margin:0 0 14px;padding:12px 16px;border-left:4px solid ${day.shallow};background:${day.quote};`,
  a: `color:${day.link};`,
  img: "display:block;max-width:100%;height:auto;border:0;",
  table: "border-collapse:collapse;margin:0 0 14px;",
  th: `padding:6px 10px;border:1px solid ${day.muted};text-align:left;`,
  td: `padding:6px 10px;border:1px solid ${day.muted};text-align:left;`,
  hr: `border:0;border-top:1px solid ${day.shallow};margin:18px 0;`,
};

const mayLink = (url: string) => /^(https?:\/\/|mailto:|tel:)/i.test(url);

/** An address as a mail needs it: whole. A place on this site gets the site in front of it. */
const absolute = (url: string, baseUrl: string): string => (/^\/(?!\/)/.test(url) ? baseUrl + url : url);

const parser = new MarkdownIt({ html: false, linkify: true, typographer: false });
parser.validateLink = (url) => mayLink(url.trim()) || /^\/(?!\/)/.test(url.trim());

type Token = ReturnType<typeof parser.parse>[number];

function prepare(tokens: Token[], baseUrl: string): void {
  for (const token of tokens) {
    if (token.type.startsWith("heading_")) token.tag = token.tag === "h1" || token.tag === "h2" ? "h2" : "h3";
    const style = token.nesting >= 0 ? styles[token.tag] : undefined;
    if (style) token.attrSet("style", style);
    for (const name of ["href", "src"]) {
      const url = token.attrGet(name);
      if (url) token.attrSet(name, absolute(String(url), baseUrl));
    }
    if (token.children) prepare(token.children, baseUrl);
  }
}

/** Running text as the HTML of a mail: addresses whole, styles in the tags, HTML off. */
export function mailMarkdown(text: string, baseUrl: string): string {
  const env = {};
  const tokens = parser.parse(text, env);
  prepare(tokens, baseUrl);
  return parser.renderer.render(tokens, parser.options, env);
}

/** The same text for the plain part: paragraphs and lines; addresses behind their words; no marks for bold and the like. */
export function plainMarkdown(text: string, baseUrl: string): string[] {
  const lines: string[] = [];
  const prefixes: string[] = [];
  const counters: number[] = [];
  let first = "";
  for (const token of parser.parse(text, {})) {
    if (token.type === "ordered_list_open") counters.push(Number(token.attrGet("start") ?? 1));
    else if (token.type === "bullet_list_open") counters.push(0);
    else if (token.type.endsWith("_list_close")) counters.pop();
    else if (token.type === "list_item_open") {
      const number = counters.at(-1) ?? 0;
      first = number > 0 ? `${number}. ` : "- ";
      if (number > 0) counters[counters.length - 1] = number + 1;
      prefixes.push(" ".repeat(first.length));
    } else if (token.type === "list_item_close") prefixes.pop();
    else if (token.type === "blockquote_open") prefixes.push("> ");
    else if (token.type === "blockquote_close") prefixes.pop();
    else if (token.type === "hr") lines.push("* * *");
    else if (token.type === "inline" || token.type === "fence" || token.type === "code_block") {
      const words =
        token.type === "inline" ? plainInline(token.children ?? [], baseUrl) : token.content.trimEnd();
      const before = first ? prefixes.slice(0, -1).join("") + first : prefixes.join("");
      lines.push(before + words.replaceAll("\n", `\n${prefixes.join("")}`));
      first = "";
    }
  }
  return lines;
}

function plainInline(tokens: Token[], baseUrl: string): string {
  let text = "";
  let link: { href: string; from: number } | null = null;
  for (const token of tokens) {
    if (token.type === "link_open")
      link = { href: absolute(String(token.attrGet("href") ?? ""), baseUrl), from: text.length };
    else if (token.type === "link_close" && link) {
      if (text.slice(link.from) !== link.href) text += ` (${link.href})`;
      link = null;
    } else if (token.type === "image") text += token.content ? `[${token.content}]` : "";
    else if (token.type === "softbreak") text += " ";
    else if (token.type === "hardbreak") text += "\n";
    else text += token.content;
  }
  return text;
}
