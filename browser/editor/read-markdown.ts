import type { JSONContent } from "@tiptap/core";
import { alignmentOf, parser, videoIn } from "../../src/ui/markdown-html.ts";

type Token = ReturnType<typeof parser.parse>[number];
type Mark = NonNullable<JSONContent["marks"]>[number];

const marks: Record<string, (token: Token) => Mark> = {
  strong: () => ({ type: "bold" }),
  em: () => ({ type: "italic" }),
  s: () => ({ type: "strike" }),
  link: (token) => ({
    type: "link",
    attrs: { href: String(token.attrGet("href") ?? ""), title: token.attrGet("title") ?? null },
  }),
};

const containers: Record<string, (token: Token) => JSONContent> = {
  paragraph: () => ({ type: "paragraph" }),
  heading: ({ tag }) => ({ type: "heading", attrs: { level: Number(tag.slice(1)) } }),
  blockquote: () => ({ type: "blockquote" }),
  bullet_list: () => ({ type: "bulletList", attrs: { tight: true } }),
  ordered_list: (token) => ({
    type: "orderedList",
    attrs: { start: Number(token.attrGet("start") ?? 1), tight: true },
  }),
  list_item: () => ({ type: "listItem" }),
  table: () => ({ type: "table" }),
  tr: () => ({ type: "tableRow" }),
  th: (token) => ({ type: "tableHeader", attrs: { align: alignmentOf(token) } }),
  td: (token) => ({ type: "tableCell", attrs: { align: alignmentOf(token) } }),
};
/** Between a table and its rows: the rows know by their cells which they are. */
const passedOver = ["thead_open", "thead_close", "tbody_open", "tbody_close"];

/** Thrown for a token that the editor has no counterpart for. */
class Unknown extends Error {}

function readInline(tokens: Token[]): JSONContent[] {
  const open: Mark[] = [];
  const add = (node: JSONContent) => ({ ...node, ...(open.length > 0 && { marks: [...open] }) });
  return tokens.flatMap((token): JSONContent[] => {
    const name = token.type.replace(/_(open|close)$/, "");
    const mark = marks[name];
    if (mark && token.nesting > 0) open.push(mark(token));
    else if (mark && token.nesting < 0) open.pop();
    else if (token.type === "text") return token.content ? [add({ type: "text", text: token.content })] : [];
    else if (token.type === "softbreak") return [add({ type: "text", text: " " })];
    else if (token.type === "hardbreak") return [add({ type: "hardBreak" })];
    else if (token.type === "code_inline") {
      const code = add({ type: "text", text: token.content });
      return [{ ...code, marks: [...(code.marks ?? []), { type: "code" }] }];
    } else if (token.type === "image") {
      const alt = parser.renderer.renderInlineAsText(token.children ?? [], parser.options, {});
      const src = String(token.attrGet("src") ?? "");
      return [add({ type: "image", attrs: { src, alt, title: token.attrGet("title") ?? null } })];
    } else throw new Unknown(token.type);
    return [];
  });
}

/** Everything in the document must hold something: an empty quotation holds an empty paragraph. */
function complete(node: JSONContent): JSONContent {
  const first = node.content?.[0]?.type;
  const needsParagraph =
    (node.type === "listItem" && first !== "paragraph") || (node.type === "blockquote" && !first);
  return needsParagraph ? { ...node, content: [{ type: "paragraph" }, ...(node.content ?? [])] } : node;
}

function readBlocks(tokens: Token[]): JSONContent[] {
  const root: JSONContent = { type: "doc", content: [] };
  const open = [root];
  const put = (node: JSONContent) => {
    const parent = open.at(-1)!;
    parent.content = [...(parent.content ?? []), node];
  };
  for (const [index, token] of tokens.entries()) {
    const parent = open.at(-1)!;
    const container = containers[token.type.replace(/_open$/, "")];
    const video = token.type === "inline" && open.length === 2 ? videoIn(token) : null;
    if (passedOver.includes(token.type)) continue;
    else if (token.nesting > 0 && container) {
      if (token.type === "paragraph_open" && parent.type === "listItem")
        open.at(-2)!.attrs = { ...open.at(-2)!.attrs, tight: token.hidden };
      open.push(container(token));
    } else if (token.nesting < 0) put(complete(open.pop()!));
    else if (video && parent.type === "paragraph") {
      parent.type = "video";
      parent.attrs = { href: video.href, title: video.title };
    } else if (token.type === "inline") {
      const content = readInline(token.children ?? []);
      if (/^table(Header|Cell)$/.test(parent.type ?? "")) put({ type: "paragraph", content });
      else parent.content = content;
    } else if (token.type === "fence" || token.type === "code_block") {
      const text = token.content.replace(/\n$/, "");
      const attrs = { language: token.info.trim() || null };
      put({ type: "codeBlock", attrs, content: text ? [{ type: "text", text }] : [] });
    } else if (token.type === "hr") put({ type: "horizontalRule" });
    else throw new Unknown(`${token.type} at ${index}`);
  }
  return root.content!;
}

/** The editor's document of a Markdown text, or null where the text holds what the editor does not know. */
export function readMarkdown(markdown: string): JSONContent | null {
  const env: Parameters<typeof parser.parse>[1] = {};
  const tokens = parser.parse(markdown, env);
  if (Object.keys(env?.references ?? {}).length > 0) return null; // an unused one would vanish without a trace
  try {
    const content = readBlocks(tokens);
    return { type: "doc", content: content.length > 0 ? content : [{ type: "paragraph" }] };
  } catch (error) {
    if (error instanceof Unknown) return null;
    throw error;
  }
}
