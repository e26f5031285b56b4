import type { Editor } from "@tiptap/core";
import { dialogField, openDialog } from "./dialog.ts";
import { element } from "./dom.ts";
import { isLinkAddress } from "./schema.ts";
import type { Words } from "./words.ts";

/** What somebody types as an address, mended where it is plain what was meant. */
function asAddress(typed: string): string {
  const text = typed.trim();
  if (/^[^\s/@:]+@[^\s/@:]+\.[^\s/@:.]{2,}$/.test(text)) return `mailto:${text}`;
  if (/^(www\.)?([\w-]+\.)+[a-z]{2,}([/?#]\S*)?$/i.test(text)) return `https://${text}`;
  return text;
}

/** Asks the server whether an address answers: a hint beside the field, never in the way. */
function hintAt(
  input: HTMLInputElement | HTMLTextAreaElement,
  hint: HTMLElement,
  path: string,
  words: Words,
) {
  let asked = "";
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const ask = async () => {
    const url = asAddress(input.value);
    if (url === asked) return;
    asked = url;
    hint.textContent = "";
    if (!/^https?:\/\/[^\s/]+/i.test(url)) return;
    hint.textContent = words("editor:link.checking");
    const answer = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ url }),
    }).catch(() => null);
    const said: { ok: boolean; reason?: string } | null = answer?.ok ? await answer.json() : null;
    if (asked !== url) return;
    if (!said) hint.textContent = "";
    else
      hint.textContent = said.ok
        ? words("editor:link.answers")
        : words("editor:link.silent", { reason: said.reason ?? "" });
  };
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 700);
  });
  input.addEventListener("change", ask);
  if (input.value) void ask();
}

/** Sets, changes or removes the link at the selection. */
export async function editLink(editor: Editor, words: Words, checkPath: string | undefined): Promise<void> {
  if (editor.isActive("link")) editor.commands.extendMarkRange("link");
  const { from, to } = editor.state.selection;
  const known = editor.getAttributes("link");
  const selected = editor.state.doc.textBetween(from, to, " ");
  const address = dialogField({
    label: words("editor:link.address"),
    description: words("editor:link.addressHelp"),
    value: String(known.href ?? (isLinkAddress(selected) ? selected : "")),
    type: "url",
  });
  const text = dialogField({
    label: words("editor:link.text"),
    description: words("editor:link.textHelp"),
    value: selected,
  });
  const hint = element("p", { class: "dialog__hint", role: "status" });
  address.wrapper.append(hint);
  if (checkPath) hintAt(address.input, hint, checkPath, words);
  const check = () => {
    const href = asAddress(address.input.value);
    const wrong = !href
      ? words("editor:link.noAddress")
      : !isLinkAddress(href) || /\s/.test(href)
        ? words("editor:link.wrongAddress")
        : null;
    const textless = !text.input.value.trim();
    text.complain(textless ? words("editor:link.noText") : null);
    address.complain(wrong);
    return !wrong && !textless;
  };
  const answer = await openDialog({
    words,
    title: words("editor:link.title"),
    body: [address.wrapper, text.wrapper],
    save: words("editor:link.save"),
    check,
    ...(known.href && { more: { label: words("editor:link.remove"), value: "remove" } }),
  });
  const chain = editor.chain().focus().setTextSelection({ from, to });
  if (answer === "remove") chain.unsetLink().run();
  else if (answer === "save") {
    const href = asAddress(address.input.value);
    const shown = text.input.value.trim();
    const title = known.title ?? null;
    // words that stay the same keep their bold and italic
    if (shown === selected.trim() && from !== to) chain.setLink({ href, title }).run();
    else
      chain
        .insertContent({ type: "text", text: shown, marks: [{ type: "link", attrs: { href, title } }] })
        .unsetMark("link")
        .run();
  } else chain.run();
}
