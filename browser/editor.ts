/** Makes writing in the workplace comfortable; without it every field and button does its work all the same. */
const fields = document.querySelectorAll<HTMLTextAreaElement>("textarea[data-editor]");
const saved = document.querySelector<HTMLFormElement>("form[data-autosave]");
const imageFields = document.querySelectorAll<HTMLElement>("[data-image-field]");
const lists = document.querySelectorAll<HTMLElement>("[data-order]");

async function start(): Promise<void> {
  if (fields.length + imageFields.length + lists.length === 0 && !saved) return;
  const { loadWords } = await import("./editor/words.ts");
  const words = await loadWords();
  if (fields.length > 0) {
    // the reader of Markdown comes beside the editor, not within one large file
    const [{ upgrade }] = await Promise.all([
      import("./editor/field.ts"),
      import("./editor/without-loss.ts"),
    ]);
    for (const field of fields) upgrade(field, words);
  }
  if (imageFields.length > 0) {
    const { upgradeImageField } = await import("./editor/image-field.ts");
    for (const field of imageFields) upgradeImageField(field, words);
  }
  if (lists.length > 0) {
    const { orderBy } = await import("./editor/order.ts");
    for (const list of lists) orderBy(list, words);
  }
  if (saved) {
    const { autosave } = await import("./editor/autosave.ts");
    autosave(saved, words);
  }
}

void start();
