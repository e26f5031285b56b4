import type { Editor } from "@tiptap/core";
import { askAlternative } from "./image-dialog.ts";
import { upload } from "./upload.ts";
import type { Words } from "./words.ts";

type Images = {
  editor: Editor;
  t: Words;
  /** Where images go; without it the field has none. */
  path: string | undefined;
  say: (message: string) => void;
  complain: (message: string) => void;
};

/** Uploads images one by one, asks what each shows, and puts it at the cursor in a paragraph of its own. */
export async function placeImages({ editor, t, path, say, complain }: Images, files: File[]): Promise<void> {
  if (!path) return;
  const refusals: string[] = [];
  for (const file of files) {
    const { name } = file;
    say(t("editor:image.uploading", { name, percent: 0 }));
    const result = await upload(path, file, (percent) => say(t("editor:image.uploading", { name, percent })));
    if (result.kind === "uploaded") {
      say(t("editor:image.uploaded", { name }));
      const { from, to } = editor.state.selection;
      const alt = await askAlternative(t, { src: result.src, alt: null });
      const chain = editor.chain().focus().setTextSelection({ from, to });
      if (alt === null) chain.run();
      else {
        const image = { type: "image", attrs: { src: result.src, alt } };
        chain.insertContent([{ type: "paragraph", content: [image] }, { type: "paragraph" }]).run();
      }
    } else
      refusals.push(
        result.kind === "refused"
          ? t("editor:image.refused", { name, reason: result.reason })
          : t("editor:image.failed"),
      );
    say("");
  }
  if (refusals.length > 0) complain(refusals.join(" "));
}

/** Asks anew what the chosen image shows. */
export async function redescribe({ editor, t }: Images): Promise<void> {
  const { src, alt } = editor.getAttributes("image");
  const { from } = editor.state.selection;
  const told = await askAlternative(t, { src: String(src), alt: String(alt ?? "") });
  const chain = editor.chain().focus().setNodeSelection(from);
  if (told === null) chain.run();
  else chain.updateAttributes("image", { alt: told }).run();
}
