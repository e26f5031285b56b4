import type { Editor } from "@tiptap/core";
import { askAlternative } from "./image-dialog.ts";
import type { offers } from "./offers.ts";
import { type Described, upload } from "./upload.ts";
import type { Words } from "./words.ts";

type Images = {
  editor: Editor;
  t: Words;
  /** That of the text. */
  language: "nl" | "en";
  /** Where images go; without it the field has none. */
  path: string | undefined;
  say: (message: string) => void;
  complain: (message: string) => void;
  /** Where a message with a button waits until somebody has time for it. */
  waiting: ReturnType<typeof offers>;
};

/** The cursor's place in the text, which stays where it is while the text changes. */
function keepPlace(editor: Editor) {
  let at = editor.state.selection.to;
  const follow = ({ transaction }: { transaction: { mapping: { map: (at: number) => number } } }) => {
    at = transaction.mapping.map(at);
  };
  editor.on("transaction", follow);
  return {
    at: () => Math.min(at, editor.state.doc.content.size),
    forget: () => editor.off("transaction", follow),
  };
}
type Place = ReturnType<typeof keepPlace>;

/** Tells whether somebody went on with something else since. */
function watchHands() {
  let busy = false;
  const note = () => {
    busy = true;
  };
  const kinds = ["keydown", "pointerdown"] as const;
  for (const kind of kinds) document.addEventListener(kind, note, true);
  return () => {
    for (const kind of kinds) document.removeEventListener(kind, note, true);
    return busy;
  };
}

/**
 * Uploads images one by one, asks what each shows, and puts it where the cursor was, in a paragraph of its own. Who
 * writes on during a slow upload is not disturbed: a button waits instead of the question.
 */
export async function placeImages(images: Images, files: File[]): Promise<void> {
  const { path, t, complain } = images;
  if (!path) return;
  const refusals: string[] = [];
  const waiting = files.map((file) => ({ file, place: keepPlace(images.editor) }));
  for (const { file, place } of waiting) {
    const refusal = await sendOne(images, path, file, place);
    if (refusal) refusals.push(t("editor:image.refused", { name: file.name, reason: refusal }));
  }
  if (refusals.length > 0) complain(refusals.join(" "));
}

/** Answers why the server refused it, or null. */
async function sendOne(images: Images, path: string, file: File, place: Place): Promise<string | null> {
  const { t, say, complain, waiting } = images;
  const { name } = file;
  say(t("editor:image.uploading", { name, percent: 0 }));
  const wasBusy = watchHands();
  const result = await upload(path, file, (percent) => say(t("editor:image.uploading", { name, percent })));
  const busy = wasBusy();
  switch (result.kind) {
    case "uploaded":
      if (busy) {
        const message = t("editor:image.ready", { name });
        waiting.show({
          message,
          label: t("editor:image.place", { name }),
          act: () => void describe(images, result.image, place),
        });
        say("");
      } else {
        say(t("editor:image.uploaded", { name }));
        await describe(images, result.image, place);
        say("");
      }
      return null;
    case "refused":
      place.forget();
      say("");
      return result.reason;
    case "signed-out":
    case "failed":
      say("");
      waiting.tryAgain(t, name, result, async () => {
        const refusal = await sendOne(images, path, file, place);
        if (refusal) complain(t("editor:image.refused", { name, reason: refusal }));
      });
      return null;
    default:
      return result satisfies never;
  }
}

/** Asks what an uploaded image shows, and puts it in its place. */
async function describe(
  { editor, t, language }: Images,
  { src, alt: known, decorative }: Described,
  place: Place,
): Promise<void> {
  const alt = await askAlternative(t, { src, alt: decorative ? "" : (known?.[language] ?? null) });
  const at = place.at();
  place.forget();
  const chain = editor.chain().setTextSelection(at).focus();
  if (alt === null) chain.run();
  else {
    const image = { type: "image", attrs: { src, alt } };
    chain.insertContent([{ type: "paragraph", content: [image] }, { type: "paragraph" }]).run();
  }
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
