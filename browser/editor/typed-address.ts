import type { Editor } from "@tiptap/core";
import { isMeantAsLink } from "./schema.ts";

function addressOf(words: string): string {
  if (/^(https?:\/\/|mailto:)/.test(words)) return words;
  return words.includes("@") ? `mailto:${words}` : `https://${words}`;
}

/** Makes a link of the address before the cursor: once a space or a new line follows, or the field is left. */
export function linkLastWord(editor: Editor): void {
  const { $from, empty } = editor.state.selection;
  const { link, code } = editor.schema.marks;
  if (!empty || !link || !code || !$from.parent.isTextblock || $from.parent.type.spec.code) return;
  const before = $from.parent.textBetween(0, $from.parentOffset, undefined, "\ufffc");
  const word = /[^\s\ufffc]+$/.exec(before)?.[0] ?? "";
  const words = word.replace(/^[("'“‘«<[]+/, "").replace(/[.,;:!?)\]>'"”’»…]+$/, "");
  if (!isMeantAsLink(words)) return;
  const from = $from.pos - word.length + word.indexOf(words);
  const to = from + words.length;
  if ([link, code].some((mark) => editor.state.doc.rangeHasMark(from, to, mark))) return;
  editor.view.dispatch(editor.state.tr.addMark(from, to, link.create({ href: addressOf(words) })));
}
