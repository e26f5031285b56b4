import type { MailBlock, MailContent } from "./compose.ts";
import { plainMarkdown } from "./markdown.ts";

const columns = 72;
const rule = "-".repeat(columns);

/** The plain-text part: lines of 72 columns at most (an address is never broken), links written out. */
export function plainMail({ siteName, heading, blocks, reason, footerLinks }: MailContent): string {
  const parts = [
    wrap(siteName),
    `${wrap(heading)}\n${"=".repeat(Math.min(columns, heading.length))}`,
    ...blocks.map(plainBlock),
    [rule, wrap(reason), ...footerLinks.map(({ label, href }) => `${wrap(`${label}:`)}\n${href}`)].join("\n"),
  ];
  return `${parts.join("\n\n")}\n`;
}

function plainBlock(block: MailBlock): string {
  switch (block.kind) {
    case "paragraph":
    case "small":
      return wrap(block.text);
    case "quote":
      return wrap(block.text, "> ", "> ");
    case "list":
      return block.items.map((item) => wrap(item, "- ", "  ")).join("\n");
    case "markdown":
      return plainMarkdown(block.text, block.baseUrl)
        .map((line) => wrap(line))
        .join("\n\n");
    case "card":
      return `${wrap(block.title)}\n${wrap(block.summary)}\n${block.href}`;
    case "button":
    case "link":
      return `${wrap(`${block.label}:`)}\n${block.href}`;
    default:
      return block satisfies never;
  }
}

/** Breaks lines between words; `first` stands before the first line, `next` before the others. */
function wrap(text: string, first = "", next = ""): string {
  const done: string[] = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    let current = done.length === 0 ? first : next;
    let empty = true;
    for (const word of line.split(/\s+/).filter(Boolean)) {
      if (!empty && current.length + 1 + word.length > columns) {
        done.push(current);
        current = next;
        empty = true;
      }
      current += empty ? word : ` ${word}`;
      empty = false;
    }
    done.push(current.trimEnd());
  }
  return done.join("\n");
}
