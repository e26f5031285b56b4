import { createParser } from "../markdown-parser.ts";
import { day } from "./colours.ts";
import { pictureForMail } from "./pictures.ts";

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
  table: "border-collapse:collapse;margin:0 0 14px;",
  th: `padding:6px 10px;border:1px solid ${day.muted};text-align:left;`,
  td: `padding:6px 10px;border:1px solid ${day.muted};text-align:left;`,
  hr: `border:0;border-top:1px solid ${day.shallow};margin:18px 0;`,
};

const mayLink = (url: string) => /^(https?:\/\/|mailto:|tel:)/i.test(url);

/** An address as a mail needs it: whole. A place on this site gets the site in front of it. */
export const absolute = (url: string, baseUrl: string): string =>
  /^\/(?!\/)/.test(url) ? baseUrl + url : url;

export const parser = createParser((url) => mayLink(url) || /^(?:\/(?!\/)|#)/.test(url));

export type Token = ReturnType<typeof parser.parse>[number];

/** A mail has no places to jump to: of a link within the text, the words stay. */
export function withoutJumps(tokens: Token[]): Token[] {
  let jumps = false;
  return tokens.filter((token) => {
    if (token.type === "link_open") jumps = String(token.attrGet("href") ?? "").startsWith("#");
    return !(jumps && (token.type === "link_open" || token.type === "link_close"));
  });
}

function prepare(tokens: Token[], baseUrl: string): void {
  for (const token of tokens) {
    if (token.type === "image") showAsMailDoes(token);
    if (token.type.startsWith("heading_")) token.tag = token.tag === "h1" || token.tag === "h2" ? "h2" : "h3";
    if (token.type === "th_open") token.attrSet("scope", "col");
    const style = token.nesting >= 0 ? styles[token.tag] : undefined;
    if (style) token.attrSet("style", style);
    for (const name of ["href", "src"]) {
      const url = token.attrGet(name);
      if (url) token.attrSet(name, absolute(String(url), baseUrl));
    }
    if (token.children) {
      token.children = withoutJumps(token.children);
      prepare(token.children, baseUrl);
    }
  }
}

/** Outlook for Windows shows a picture as wide as its attribute says; the others follow the style. */
function showAsMailDoes(token: Token): void {
  const shown = pictureForMail(String(token.attrGet("src") ?? ""));
  if (!shown) {
    // Nothing but its words is left of it.
    Object.assign(token, { type: "text", tag: "" });
    return;
  }
  token.attrSet("src", shown.src);
  token.attrSet("width", String(shown.width));
  token.attrSet("style", `display:block;width:100%;max-width:${shown.width}px;height:auto;border:0;`);
}

/** Running text as the HTML of a mail: addresses whole, styles in the tags, HTML off. */
export function mailMarkdown(text: string, baseUrl: string): string {
  const env = {};
  const tokens = parser.parse(text, env);
  prepare(tokens, baseUrl);
  return parser.renderer.render(tokens, parser.options, env);
}
