import MarkdownIt from "markdown-it";
import { createParser } from "./markdown-parser.ts";
import { ownImage, pictureAt, pictureSources, plainWidth } from "./pictures.ts";

/** Links go to a place on this site, the web, mail or telephone; everything else stays text. */
export const parser = createParser((url) => /^(https?:\/\/|mailto:|tel:|\/(?!\/)|#)/i.test(url));
type Token = ReturnType<typeof parser.parse>[number];

const isExternal = (href: string) => /^https?:/i.test(href);
const escapeHtml = parser.utils.escapeHtml;

parser.renderer.rules.link_open = (tokens, index, options, _env, self) => {
  const token = tokens[index]!;
  token.attrJoin("class", "nl-link");
  if (isExternal(String(token.attrGet("href") ?? ""))) token.attrSet("rel", "noopener");
  return self.renderToken(tokens, index, options);
};

const renderImage = parser.renderer.rules.image!;
parser.renderer.rules.image = (tokens, index, options, env, self) => {
  const token = tokens[index]!;
  const src = ownImage(String(token.attrGet("src") ?? ""));
  if (src === null) return escapeHtml(token.content);
  token.attrSet("src", src);
  const picture = pictureAt(src);
  if (picture) {
    const width = plainWidth(picture.width);
    token.attrSet("width", String(width));
    token.attrSet("height", String(Math.round((picture.height * width) / picture.width)));
  }
  token.attrSet("loading", "lazy");
  token.attrSet("decoding", "async");
  const image = renderImage(tokens, index, options, env, self);
  if (!picture) return image;
  const sources = pictureSources(picture).map(
    ({ type, srcset }) =>
      `<source type="${type}" srcset="${escapeHtml(srcset)}" sizes="(min-width: 48em) 45rem, 92vw">`,
  );
  return `<picture>${sources.join("")}${image}</picture>`;
};

/** Wide tables scroll in a box of their own, which the keyboard can reach (WCAG 1.4.10, 2.1.1). */
parser.renderer.rules.table_open = () => '<div class="table-scroll" tabindex="0">\n<table>\n';
parser.renderer.rules.table_close = () => "</table>\n</div>\n";

/** The alignment of a column stands in a class: the content security policy allows no style attribute. */
export const alignmentOf = (cell: Token): string | null =>
  /text-align:(left|center|right)/.exec(String(cell.attrGet("style") ?? ""))?.[1] ?? null;
for (const name of ["th_open", "td_open"])
  parser.renderer.rules[name] = (tokens, index) => {
    const cell = tokens[index]!;
    const align = alignmentOf(cell);
    return `<${cell.tag}${align && align !== "left" ? ` class="align-${align}"` : ""}>`;
  };

/** A link that stands for a video: "[Video: title](https://…)", alone in its paragraph. */
export type Video = { href: string; title: string; host: string };
export const videoPrefix = "Video: ";

/** The video that a paragraph's inline token is, or null. */
export function videoIn(inline: Token | undefined): Video | null {
  const [open, text, close, ...more] = inline?.children ?? [];
  if (open?.type !== "link_open" || text?.type !== "text" || close?.type !== "link_close" || more.length > 0)
    return null;
  const href = String(open.attrGet("href") ?? "");
  const title = text.content.startsWith(videoPrefix) ? text.content.slice(videoPrefix.length).trim() : "";
  if (!title || !/^https:\/\//i.test(href) || open.attrGet("title")) return null;
  const host = URL.parse(href)?.hostname.replace(/^www\./, "");
  return host ? { href, title, host } : null;
}

/** Whether a token opens a paragraph that stands by itself, not in a list or a quotation. */
const isOwnParagraph = (token: Token) => token.type === "paragraph_open" && token.level === 0;

/** Puts what `show` makes in the place of every video's paragraph. */
function showVideos(tokens: Token[], show: (video: Video) => string): Token[] {
  return tokens.flatMap((token, index) => {
    const video = (at: number) => (isOwnParagraph(tokens[at] ?? token) ? videoIn(tokens[at + 1]) : null);
    if (token.level === 1 && video(index - 1)) return [];
    if (token.type === "paragraph_close" && video(index - 2)) return [];
    const own = video(index);
    if (!own) return [token];
    const figure = Object.assign(Object.create(Object.getPrototypeOf(token)), token);
    return [Object.assign(figure, { type: "html_block", tag: "", nesting: 0, content: `${show(own)}\n` })];
  });
}

const level = (tag: string) => Number(tag.slice(1));

/**
 * Markdown as HTML, its first heading at `headingLevel` and the others along with it. `showVideo` makes the HTML of a
 * video; without it a video stays the link that it is.
 */
export function renderMarkdown(text: string, headingLevel = 2, showVideo?: (video: Video) => string): string {
  const env = {};
  const parsed = parser.parse(text, env);
  const tokens = showVideo ? showVideos(parsed, showVideo) : parsed;
  const headings = tokens.filter((token) => token.type.startsWith("heading_"));
  const shift = headings[0] ? headingLevel - level(headings[0].tag) : 0;
  for (const heading of headings) {
    heading.tag = `h${Math.min(6, Math.max(headingLevel, level(heading.tag) + shift))}`;
  }
  return parser.renderer.render(tokens, parser.options, env);
}

/** Characters; no text is longer that goes out. */
const mostRead = 100_000;

/** Reads every image that somebody wrote, also one that the renderers leave as text. */
const readAll = new MarkdownIt({ html: false });
readAll.validateLink = () => true;

/** The addresses of the images in a Markdown text that are not our own, each once: nobody gets to see those. */
export function imagesElsewhere(markdown: string): string[] {
  const first = markdown.indexOf("![");
  if (first < 0 || markdown.lastIndexOf("]") < first || markdown.length > mostRead) return [];
  const images = readAll
    .parse(markdown, {})
    .flatMap(({ children }) => children ?? [])
    .filter(({ type }) => type === "image")
    .map((image) => String(image.attrGet("src") ?? ""));
  return [...new Set(images)].filter((src) => ownImage(src) === null);
}

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
