import type { JSONContent } from "@tiptap/core";
import { renderMarkdown } from "../../src/ui/markdown-html.ts";
import { readMarkdown } from "./read-markdown.ts";
import { writeMarkdown } from "./write-markdown.ts";

const markTag = /^<\/?(em|strong|s|a)\b/;

/**
 * HTML by what a reader sees: each word with the marks on it. Equal where only white space differs, the order of two
 * marks on the same words, or whether the space between two bold words is bold.
 */
export function comparable(html: string): string {
  const open: string[] = [];
  const parts = html.match(/<[^>]+>|[^<\s]+|\s+/g) ?? [];
  return parts
    .flatMap((part) => {
      const isMark = markTag.test(part);
      if (isMark && part.startsWith("</")) {
        const name = part.slice(2, -1);
        open.splice(
          open.findLastIndex((tag) => tag.startsWith(`<${name}>`) || tag.startsWith(`<${name} `)),
          1,
        );
      } else if (isMark) open.push(part);
      if (isMark) return [];
      const marks = part.trim() ? open : open.filter((tag) => tag.startsWith("<a"));
      return [...marks].sort().join("") + (part.trim() ? part : " ");
    })
    .join("\u0000")
    .replace(/(?: |\0)+/g, (gap) => (gap.includes(" ") ? " " : "\u0000"))
    .replace(
      /[ \0]?(<\/?(?:p|h\d|ul|ol|li|blockquote|pre|table|thead|tbody|tr|th|td|div|hr|br)\b[^>]*>)[ \0]?/g,
      "$1",
    )
    .replaceAll("\u0000", "")
    .trim();
}

/** The document where the editor can hold the text without loss, as the site's own renderer shows it; else null. */
export function readWithoutLoss(markdown: string): JSONContent | null {
  const doc = readMarkdown(markdown);
  if (!doc) return null;
  const again = writeMarkdown(doc);
  return comparable(renderMarkdown(again)) === comparable(renderMarkdown(markdown)) ? doc : null;
}
