import { Editor } from "@tiptap/core";
import type { EditorView } from "@tiptap/pm/view";
import { element, freshId } from "./dom.ts";
import { placeImages, redescribe } from "./images.ts";
import { editLink } from "./link-dialog.ts";
import { offers } from "./offers.ts";
import { markingSerializer, ownSlice } from "./own-slice.ts";
import { cleanPasted } from "./paste.ts";
import { pasteMarkdown } from "./paste-markdown.ts";
import { refreshEvent } from "./refresh.ts";
import { extensions } from "./schema.ts";
import { mainTools, type Tool, tableTools, toolbar } from "./toolbar.ts";
import { linkLastWord } from "./typed-address.ts";
import { askVideo, isVideoAddress } from "./video-dialog.ts";
import { readWithoutLoss } from "./without-loss.ts";
import type { Words } from "./words.ts";
import { writeMarkdown } from "./write-markdown.ts";

/** Makes an editor of a textarea. The textarea stays in the form, hidden, with the text as Markdown. */
export function upgrade(textarea: HTMLTextAreaElement, t: Words): void {
  const label = textarea.labels?.[0];
  if (!label) throw new Error(`The field ${textarea.name} has no label`);
  label.id ||= freshId();
  const legend = textarea.closest("fieldset")?.querySelector("legend")?.textContent?.trim();
  const own = [...label.childNodes].find((node) => node.nodeType === Node.TEXT_NODE)?.textContent?.trim();
  const fieldName = [legend, own].filter(Boolean).join(", ");
  const id = textarea.id;
  textarea.dataset.label = fieldName; // for notices, since the label belongs to the editor then
  const announcer = element("p", { class: "editor__status", role: "status" });
  const alert = element("p", { class: "editor__alert", role: "alert" });
  const sheet = element("div", { class: "editor__sheet prose" });
  const mode = element("button", { type: "button", class: "tool tool--words editor__mode" });
  const head = element("div", { class: "editor__head" });
  const foot = element("div", { class: "editor__foot" }, announcer, mode);
  const waiting = offers();
  const box = element("div", { class: "editor" }, head, sheet, alert, waiting.box, foot);
  textarea.before(box);
  sheet.after(textarea);

  const say = (message: string) => {
    announcer.textContent = message;
  };
  let complained = 0;
  const complain = (message: string) => {
    alert.textContent = message;
    complained = Date.now();
  };
  let isOurs = false;
  let asLetters = false;
  const store = () => {
    textarea.value = writeMarkdown(editor.getJSON());
    isOurs = true;
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
    isOurs = false;
  };

  const editor = new Editor({
    element: sheet,
    extensions,
    injectCSS: false,
    enablePasteRules: ["link"],
    content: { type: "doc", content: [{ type: "paragraph" }] },
    editorProps: {
      attributes: {
        role: "textbox",
        "aria-multiline": "true",
        "aria-labelledby": label.id,
        dir: "auto",
        spellcheck: "true",
        class: "editor__text",
        ...(textarea.lang && { lang: textarea.lang }),
        ...(textarea.getAttribute("aria-describedby") && {
          "aria-describedby": textarea.getAttribute("aria-describedby")!,
        }),
        ...(textarea.getAttribute("aria-invalid") && { "aria-invalid": "true" }),
        ...(textarea.required && { "aria-required": "true" }),
      },
      scrollThreshold: { top: 120, bottom: 40, left: 0, right: 0 },
      scrollMargin: { top: 130, bottom: 50, left: 0, right: 0 },
      clipboardSerializer: markingSerializer(() => editor.view),
      transformPastedHTML: (html) => {
        const { html: clean, localImages, remoteImages } = ownSlice(html) ?? cleanPasted(html);
        if (localImages > 0) complain(t("editor:image.local"));
        else if (remoteImages > 0) complain(t("editor:image.remote"));
        return clean;
      },
      handlePaste: (view, event) =>
        pasteFiles(event) || pasteVideo(view, event) || (!asLetters && pasteMarkdown(view, event)),
      handleDrop: (view, event, _slice, moved) => !moved && dropFiles(view, event),
      handleKeyDown: (_view, event) => {
        if (event.key === "Enter") linkLastWord(editor);
        return shortcut(event);
      },
      handleTextInput: (_view, _from, _to, text) => {
        if (/^\s/.test(text)) linkLastWord(editor);
        return false;
      },
    },
    onUpdate: ({ transaction }) => {
      if (transaction.getMeta("preventUpdate")) return;
      if (Date.now() - complained > 5000) alert.textContent = ""; // it was read, and work went on
      store();
    },
    onTransaction: () => refreshTools(),
    onBlur: () => linkLastWord(editor),
  });
  const language = textarea.lang === "en" ? ("en" as const) : ("nl" as const);
  const images = { editor, t, language, path: textarea.dataset.upload, say, complain, waiting };

  const askForVideo = async (href: string) => {
    const { from, to } = editor.state.selection;
    const video = await askVideo(t, { href, title: "" });
    const chain = editor.chain().focus().setTextSelection({ from, to });
    if (video) chain.insertContent({ type: "video", attrs: video }).run();
    else if (href)
      chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
    else chain.run();
  };
  const chooser = element("input", { type: "file", accept: "image/*", multiple: true, tabindex: -1 });
  chooser.addEventListener("change", () => {
    void placeImages(images, [...(chooser.files ?? [])]);
    chooser.value = "";
  });
  const ask = {
    link: () => void editLink(editor, t, textarea.dataset.checkLink),
    image: images.path ? () => chooser.click() : null,
    video: () => void askForVideo(""),
  };

  function pasteFiles(event: ClipboardEvent): boolean {
    const files = [...(event.clipboardData?.files ?? [])].filter(({ type }) => type.startsWith("image/"));
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (files.length === 0 || text.trim() || !images.path) return false; // Word sends a picture of its words along
    void placeImages(images, files);
    return true;
  }
  function pasteVideo(view: EditorView, event: ClipboardEvent): boolean {
    const text = event.clipboardData?.getData("text/plain").trim() ?? "";
    const { $from, empty } = view.state.selection;
    const onOwnLine =
      empty && $from.depth === 1 && $from.parent.type.name === "paragraph" && $from.parent.content.size === 0;
    if (!onOwnLine || !isVideoAddress(text)) return false;
    void askForVideo(text);
    return true;
  }
  function dropFiles(view: EditorView, event: DragEvent): boolean {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0 || !images.path) return false;
    event.preventDefault();
    const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
    if (at) editor.commands.setTextSelection(at.pos);
    void placeImages(images, files);
    return true;
  }
  function shortcut(event: KeyboardEvent): boolean {
    const mod = event.ctrlKey || event.metaKey;
    asLetters = mod && event.shiftKey && event.key.toLowerCase() === "v"; // "paste without formatting"
    if (mod && !event.altKey && event.key.toLowerCase() === "k") ask.link();
    else if (event.altKey && event.key === "F10") main.focus();
    else return false;
    event.preventDefault();
    return true;
  }

  const main = toolbar(t("editor:toolbar.name", { field: fieldName }), mainTools(t, ask), editor);
  const table = toolbar(t("editor:toolbar.tableName"), tableTools(t), editor);
  const describe: Tool = {
    name: "describe",
    label: t("editor:toolbar.describe"),
    inWords: true,
    run: () => void redescribe(images),
  };
  const image = toolbar(t("editor:toolbar.imageName"), [[describe]], editor);
  table.bar.classList.add("tools--more");
  image.bar.classList.add("tools--more");
  head.append(main.bar, table.bar, image.bar);
  function refreshTools(): void {
    if (!head.isConnected || !head.contains(main.bar)) return;
    table.bar.hidden = !editor.isActive("table");
    image.bar.hidden = !editor.isActive("image");
    for (const one of [main, table, image]) one.refresh();
  }
  refreshTools();

  /** Shows the text with formatting where nothing of it gets lost; else as the Markdown that it is. */
  function show(wanted: "rich" | "markdown"): "rich" | "markdown" {
    const doc = wanted === "rich" ? readWithoutLoss(textarea.value) : null;
    const rich = doc !== null;
    if (doc) editor.chain().setMeta("addToHistory", false).setContent(doc, { emitUpdate: false }).run();
    textarea.hidden = rich;
    sheet.hidden = !rich;
    main.bar.hidden = !rich;
    table.bar.hidden = true;
    image.bar.hidden = true;
    box.dataset.mode = rich ? "rich" : "markdown";
    // a link to the field (the error summary's) leads to what is seen
    textarea.id = rich ? `${id}-markdown` : id;
    editor.view.dom.id = rich ? id : `${id}-rich`;
    for (const help of document.querySelectorAll<HTMLElement>(`#${id}-description [data-markdown-help]`))
      help.hidden = rich;
    mode.textContent = rich ? t("editor:mode.markdown") : t("editor:mode.rich");
    if (rich) refreshTools();
    return rich ? "rich" : "markdown";
  }
  const showKept = (now: "rich" | "markdown") => say(now === "markdown" ? t("editor:mode.kept") : "");
  mode.addEventListener("click", () => {
    const wanted = box.dataset.mode === "rich" ? "markdown" : "rich";
    const now = show(wanted);
    if (now !== wanted) showKept(now);
    else say(now === "rich" ? t("editor:mode.nowRich") : t("editor:mode.nowMarkdown"));
    if (now === "rich") editor.commands.focus();
    else textarea.focus();
  });
  label.addEventListener("click", (event) => {
    if (box.dataset.mode !== "rich") return;
    event.preventDefault();
    editor.commands.focus();
  });
  textarea.addEventListener(refreshEvent, () => {
    if (!isOurs) showKept(show("rich"));
  });
  showKept(show("rich"));
}
