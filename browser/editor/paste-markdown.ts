import type { EditorView } from "@tiptap/pm/view";
import { parser } from "../../src/ui/markdown-html.ts";

type Token = ReturnType<typeof parser.parse>[number];

/** What hardly anybody writes without meaning it as Markdown; "*so*", "1. one" and a rule of dashes may be anything. */
const unmistakable = (token: Token): boolean =>
  (token.type === "heading_open" && token.markup !== "-") ||
  ["fence", "table_open", "strong_open", "image"].includes(token.type) ||
  (token.type === "link_open" && token.markup === "") ||
  (token.children ?? []).some(unmistakable);

/** Two items at least: one may be the first sentence of a letter. */
const isList = (tokens: Token[]): boolean =>
  tokens.some(
    ({ type, level }, index) =>
      type === "list_item_close" &&
      tokens.slice(index + 1).find((next) => next.level <= level)?.type === "list_item_open",
  );

/** The HTML of a text that is Markdown, or null for one that only has such signs. */
function htmlOfMarkdown(text: string): string | null {
  const env = {};
  const tokens = parser.parse(text, env);
  const isSure = tokens.some(unmistakable);
  if (!isSure && !isList(tokens)) return null;
  // a list alone may come from a plain mail, whose lines are lines
  return parser.renderer.render(tokens, { ...parser.options, breaks: !isSure }, env);
}

/** Reads a paste of plain Markdown. Programs to write code in colour its letters, so their HTML says nothing. */
export function pasteMarkdown(view: EditorView, event: ClipboardEvent): boolean {
  const data = event.clipboardData;
  if (!data || view.state.selection.$from.parent.type.spec.code) return false;
  if (data.getData("text/html") && !data.types.includes("vscode-editor-data")) return false;
  const html = htmlOfMarkdown(data.getData("text/plain"));
  return html !== null && view.pasteHTML(html, new ClipboardEvent("paste"));
}
