import type { MailBlock, MailContent } from "./compose.ts";
import { plainMarkdown } from "./plain-markdown.ts";
import { columns, wrap } from "./wrap.ts";

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
      return plainMarkdown(block.text, block.baseUrl);
    case "card":
      return `${wrap(block.title.text)}\n${wrap(block.summary.text)}\n${block.href}`;
    case "button":
    case "link":
      return `${wrap(`${block.label}:`)}\n${block.href}`;
    default:
      return block satisfies never;
  }
}
