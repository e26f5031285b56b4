import { absolute, parser, type Token, withoutJumps } from "./markdown.ts";
import { wrap } from "./wrap.ts";

/** What stands before the first line of a list's item or a quotation, and before its others. */
type Margin = { first: string; next: string };

/** Markdown for the plain part of a mail, in lines of 72 columns: addresses behind their words, no marks for bold. */
export function plainMarkdown(text: string, baseUrl: string): string {
  const margins: Margin[] = [];
  /** The number of the next item of each list that is open; 0 in one without numbers. */
  const numbers: number[] = [];
  const page = new Page(margins);
  let cells: string[] | null = null;
  let isTight = false;
  for (const token of parser.parse(text, {})) {
    switch (token.type) {
      case "ordered_list_open":
      case "bullet_list_open":
        if (numbers.length === 0) page.leaveGroup();
        numbers.push(token.type === "bullet_list_open" ? 0 : Number(token.attrGet("start") ?? 1));
        break;
      case "ordered_list_close":
      case "bullet_list_close":
        numbers.pop();
        break;
      case "list_item_open":
        margins.push(itemMargin(numbers));
        break;
      case "blockquote_open":
        margins.push({ first: "> ", next: "> " });
        break;
      case "list_item_close":
      case "blockquote_close":
        margins.pop();
        break;
      case "paragraph_open":
        isTight = token.hidden;
        break;
      case "table_open":
        page.leaveGroup();
        break;
      case "tr_open":
        cells = [];
        break;
      case "tr_close":
        page.write((cells ?? []).join(" | "), true);
        cells = null;
        break;
      case "hr":
        page.write("* * *", false);
        break;
      case "fence":
      case "code_block":
        page.write(token.content.trimEnd(), false);
        break;
      case "inline": {
        const words = plainInline(withoutJumps(token.children ?? []), baseUrl);
        if (cells) cells.push(words);
        else page.write(words, numbers.length > 0 && isTight);
      }
    }
  }
  return page.text;
}

function itemMargin(numbers: number[]): Margin {
  const number = numbers.at(-1) ?? 0;
  if (number > 0) numbers[numbers.length - 1] = number + 1;
  const first = number > 0 ? `${number}. ` : "- ";
  return { first, next: " ".repeat(first.length) };
}

/** What was written, an empty line between its pieces but for those of one list or one table. */
class Page {
  text = "";
  #margins: Margin[];
  #isNewGroup = true;

  constructor(margins: Margin[]) {
    this.#margins = margins;
  }

  leaveGroup(): void {
    this.#isNewGroup = true;
  }

  /** `close`: right below the piece before it, where that is of the same group. */
  write(words: string, close: boolean): void {
    const before = (side: keyof Margin) => this.#margins.map((margin) => margin[side]).join("");
    const lines = wrap(words, before("first"), before("next"));
    for (const margin of this.#margins) margin.first = margin.next;
    const between = close && !this.#isNewGroup ? "\n" : "\n\n";
    this.text += this.text ? between + lines : lines;
    this.#isNewGroup = false;
  }
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
