/** Makes writing in the workplace comfortable; without it every field and button does its work all the same. */
const fields = document.querySelectorAll<HTMLTextAreaElement>("textarea[data-editor]");
const saved = document.querySelector<HTMLFormElement>("form[data-autosave]");
const imageFields = document.querySelectorAll<HTMLElement>("[data-image-field]");
const lists = document.querySelectorAll<HTMLElement>("[data-order]");

/** A part of the editor, where the page has a use for it; the reader of Markdown comes beside the field, not in one file. */
const parts = () =>
  Promise.all([
    import("./editor/words.ts").then(({ loadWords }) => loadWords()),
    fields.length > 0 && Promise.all([import("./editor/field.ts"), import("./editor/without-loss.ts")]),
    imageFields.length > 0 && import("./editor/image-field.ts"),
    lists.length > 0 && import("./editor/order.ts"),
    saved && import("./editor/autosave.ts"),
  ]);

async function start(): Promise<void> {
  if (fields.length + imageFields.length + lists.length === 0 && !saved) return;
  // All of it is here before the first field changes: whoever can write is saved, also when the line drops right then.
  const [words, writing, images, ordering, saving] = await parts();
  if (writing) for (const field of fields) writing[0].upgrade(field, words);
  if (images) for (const field of imageFields) images.upgradeImageField(field, words);
  if (ordering) for (const list of lists) ordering.orderBy(list, words);
  if (saving && saved) saving.autosave(saved, words);
}

void start();
