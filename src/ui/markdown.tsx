import { raw } from "hono/html";
import type { FC } from "hono/jsx";
import MarkdownIt from "markdown-it";
import type { Language } from "../platform/i18n.ts";

const parser = new MarkdownIt({ html: false, linkify: true, typographer: false });

/** Links go to a place on this site, the web, mail or telephone; everything else stays text. */
parser.validateLink = (url) => /^(https?:\/\/|mailto:|tel:|\/(?!\/)|#)/i.test(url.trim());

const isExternal = (href: string) => /^https?:/i.test(href);
const isAllowedImage = (src: string) => /^(https:\/\/|\/(?!\/))/i.test(src);

parser.renderer.rules.link_open = (tokens, index, options, _env, self) => {
  const token = tokens[index]!;
  token.attrJoin("class", "nl-link");
  if (isExternal(String(token.attrGet("href") ?? ""))) token.attrSet("rel", "noopener");
  return self.renderToken(tokens, index, options);
};

const renderImage = parser.renderer.rules.image!;
parser.renderer.rules.image = (tokens, index, options, env, self) => {
  const token = tokens[index]!;
  if (!isAllowedImage(String(token.attrGet("src") ?? ""))) return parser.utils.escapeHtml(token.content);
  token.attrSet("loading", "lazy");
  token.attrSet("decoding", "async");
  return renderImage(tokens, index, options, env, self);
};

/** Wide tables scroll in a box of their own, which the keyboard can reach (WCAG 1.4.10, 2.1.1). */
parser.renderer.rules.table_open = () => '<div class="table-scroll" tabindex="0">\n<table>\n';
parser.renderer.rules.table_close = () => "</table>\n</div>\n";

const level = (tag: string) => Number(tag.slice(1));

/** Markdown as HTML, its first heading at `headingLevel` and the others along with it. */
export function renderMarkdown(text: string, headingLevel = 2): string {
  const env = {};
  const tokens = parser.parse(text, env);
  const headings = tokens.filter((token) => token.type.startsWith("heading_"));
  const shift = headings[0] ? headingLevel - level(headings[0].tag) : 0;
  for (const heading of headings) {
    heading.tag = `h${Math.min(6, Math.max(headingLevel, level(heading.tag) + shift))}`;
  }
  return parser.renderer.render(tokens, parser.options, env);
}

type MarkdownProps = { text: string; language?: Language | undefined; headingLevel?: number | undefined };

/** Running text written by editors. `language` where it differs from the page's. */
export const Markdown: FC<MarkdownProps> = ({ text, language, headingLevel }) => (
  <div class="prose" lang={language}>
    {raw(renderMarkdown(text, headingLevel))}
  </div>
);

/** The words of a Markdown text, for summaries and descriptions; cut at a word after `maxLength` characters. */
export function plainText(markdown: string, maxLength = Number.POSITIVE_INFINITY): string {
  const words = parser
    .parse(markdown, {})
    .filter((token) => token.type === "inline")
    .map((token) =>
      token.children!.map((child) => (child.type.endsWith("break") ? " " : child.content)).join(""),
    )
    .join(" ")
    .replace(/\s+/g, " ")
    .trim();
  if (words.length <= maxLength) return words;
  const cut = words.slice(0, maxLength);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), 1)).replace(/[\s,;:.]+$/, "")}…`;
}
