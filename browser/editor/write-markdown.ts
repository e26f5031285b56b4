import type { JSONContent } from "@tiptap/core";
import { videoPrefix } from "../../src/ui/markdown-html.ts";
import { writeInline } from "./write-inline.ts";
import { linkMarkdown } from "./write-text.ts";

const isList = (node: JSONContent | undefined) => node?.type === "bulletList" || node?.type === "orderedList";
const isEmpty = (node: JSONContent) =>
  node.type === "paragraph" && writeInline(node.content ?? [], "paragraph") === "";

const indent = (text: string, by: string) =>
  text
    .split("\n")
    .map((line, index) => (index === 0 || line === "" ? line : by + line))
    .join("\n");

const filled = (item: JSONContent) => (item.content ?? []).filter((child) => !isEmpty(child));

/**
 * Items without blank lines between them: each starts with a paragraph, followed by lists and code only. What else
 * follows a paragraph closely would be read as a part of it.
 */
function canBeTight(list: JSONContent): boolean {
  return (list.content ?? []).every((item) => {
    const [first, ...more] = filled(item);
    if (first && first.type !== "paragraph") return false;
    return more.every(
      (child, index) =>
        child.type === "codeBlock" ||
        (isList(child) &&
          (child.attrs?.start ?? 1) === 1 &&
          filled(child.content?.[0] ?? child)[0]?.type === "paragraph" &&
          !isList(more[index - 1])),
    );
  });
}

/** Lists that follow each other keep apart by their sign: "-" and "*", "1." and "1)". */
function writeList(list: JSONContent, other: boolean): string {
  const allEmpty = (list.content ?? []).every((item) => filled(item).length === 0);
  const tight = allEmpty || (list.attrs?.tight !== false && canBeTight(list));
  const gap = tight ? "\n" : "\n\n";
  const start = Number(list.attrs?.start ?? 1);
  const items = (list.content ?? []).map((item, index) => {
    const sign = list.type === "bulletList" ? (other ? "*" : "-") : `${start + index}${other ? ")" : "."}`;
    const space = " ".repeat(sign.length + 1);
    const content = filled(item);
    if (content.length === 0) return sign;
    // an item may begin with one empty line (CommonMark 0.31, 5.2), after which anything can stand
    const begin = content[0]?.type === "paragraph" ? " " : `\n${space}`;
    return sign + begin + indent(writeBlocks(content, gap), space);
  });
  return items.join(gap);
}

function writeCode(node: JSONContent): string {
  const text = (node.content ?? []).map((child) => child.text ?? "").join("");
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const language = String(node.attrs?.language ?? "").replace(/[`\n]/g, "");
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}${text ? "\n" : ""}${fence}`;
}

function writeTable(table: JSONContent): string {
  const rows = (table.content ?? []).map((row) =>
    (row.content ?? []).flatMap((cell) => {
      const inline = (cell.content ?? []).flatMap((block, index) => [
        ...(index > 0 ? [{ type: "text", text: " " }] : []),
        ...(block.content ?? []),
      ]);
      const text = writeInline(inline, "cell").replaceAll("|", "\\|");
      const filler = Array.from({ length: Number(cell.attrs?.colspan ?? 1) - 1 }, () => "");
      return [text, ...filler];
    }),
  );
  const columns = Math.max(1, ...rows.map((row) => row.length));
  const line = (cells: string[]) =>
    `| ${Array.from({ length: columns }, (_, index) => cells[index] ?? "").join(" | ")} |`;
  const aligns = (table.content?.[0]?.content ?? []).map((cell) => String(cell.attrs?.align ?? ""));
  const rule = { left: ":--", center: ":-:", right: "--:" } as Record<string, string>;
  const rules = Array.from({ length: columns }, (_, index) => rule[aligns[index] ?? ""] ?? "---");
  const [head = [], ...body] = rows;
  return [line(head), line(rules), ...body.map(line)].join("\n");
}

function writeBlock(node: JSONContent, other: boolean): string | null {
  const content = node.content ?? [];
  switch (node.type) {
    case "paragraph":
      return writeInline(content, "paragraph") || null;
    case "heading":
      return `${"#".repeat(Number(node.attrs?.level ?? 2))} ${writeInline(content, "heading")}`.trimEnd();
    case "blockquote":
      return (writeBlocks(content) || "")
        .split("\n")
        .map((line) => (line === "" ? ">" : `> ${line}`))
        .join("\n");
    case "bulletList":
    case "orderedList":
      return writeList(node, other);
    case "codeBlock":
      return writeCode(node);
    case "horizontalRule":
      return "***";
    case "table":
      return writeTable(node);
    case "video":
      return linkMarkdown(`${videoPrefix}${node.attrs?.title}`, String(node.attrs?.href), null);
    default:
      throw new Error(`The editor made a ${node.type}, which has no Markdown`);
  }
}

function writeBlocks(nodes: JSONContent[], gap = "\n\n"): string {
  let last: { type: string | undefined; other: boolean } | undefined;
  const written = nodes.flatMap((node) => {
    const other = isList(node) && last?.type === node.type && !last?.other;
    const text = writeBlock(node, other);
    if (text === null) return [];
    last = { type: node.type, other };
    return [text];
  });
  return written.join(gap);
}

/** The Markdown of the editor's document, which the site's renderer shows as the editor does. */
export const writeMarkdown = (doc: JSONContent): string => writeBlocks(doc.content ?? []);
