import { smallest } from "../../src/ui/pictures.ts";
import { button, element, freshId } from "./dom.ts";
import { offers } from "./offers.ts";
import { wordsTaken } from "./taken-words.ts";
import { type Described, upload } from "./upload.ts";
import type { Words } from "./words.ts";

/**
 * Makes a field with images of the library comfortable: a new one is chosen, dropped or pasted in the field itself,
 * older ones come without leaving the page, and what the library says of an image is taken over.
 */
export function upgradeImageField(field: HTMLElement, t: Words): void {
  const list = field.querySelector<HTMLElement>("[data-image-choices]");
  const none = list?.querySelector<HTMLInputElement>("input[type=radio]");
  const path = field.dataset.upload;
  if (!list || !none || !path) return;
  const said = element("p", { class: "image-field__status", role: "status" });
  const waiting = offers();
  const takeWords = wordsTaken(field);

  const radioOf = (value: string) =>
    [...list.querySelectorAll<HTMLInputElement>("input[type=radio]")].find((one) => one.value === value);
  /** A choice as the server makes them. */
  function choiceOf({ src, name, alt, decorative }: Described): HTMLElement {
    const id = freshId();
    const radio = element("input", {
      ...{ type: "radio", id, name: none!.name, value: src.replace("/media/", "") },
      ...{ "data-alt-nl": alt?.nl, "data-alt-en": alt?.en, "data-decorative": decorative },
    });
    const picture = element("img", { src: smallest(src), alt: "", decoding: "async" });
    return element("li", {}, radio, element("label", { for: id }, picture, element("span", {}, name)));
  }
  function choose(image: Described): void {
    const value = image.src.replace("/media/", "");
    if (!radioOf(value)) none!.closest("li")?.after(choiceOf(image));
    const radio = radioOf(value)!;
    radio.checked = true;
    list!.scrollTop = 0;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  }

  async function send(file: File): Promise<void> {
    const { name } = file;
    const tell = (percent: number) => {
      said.textContent = t("editor:image.uploading", { name, percent });
    };
    tell(0);
    waiting.tell(null);
    const result = await upload(path!, file, tell);
    said.textContent = "";
    switch (result.kind) {
      case "uploaded":
        choose(result.image);
        said.textContent = t("editor:image.chosen", { name });
        return;
      case "refused":
        waiting.tell(t("editor:image.refused", { name, reason: result.reason }));
        return;
      case "signed-out":
      case "failed":
        waiting.tryAgain(t, name, result, () => send(file));
        return;
      default:
        result satisfies never;
    }
  }

  const imagesIn = (files: FileList | undefined) =>
    [...(files ?? [])].filter(({ type }) => type.startsWith("image/"));
  const chooser = element("input", { type: "file", accept: "image/*", tabindex: -1 });
  chooser.addEventListener("change", () => {
    const [file] = chooser.files ?? [];
    chooser.value = "";
    if (file) void send(file);
  });
  field.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  field.addEventListener("drop", (event) => {
    const [file] = imagesIn(event.dataTransfer?.files);
    if (!file) return;
    event.preventDefault();
    void send(file);
  });
  field.addEventListener("paste", (event) => {
    const [file] = imagesIn(event.clipboardData?.files);
    if (!file || event.clipboardData?.getData("text/plain").trim()) return;
    event.preventDefault();
    void send(file);
  });
  field.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement && target.type === "radio" && list.contains(target))
      takeWords(target);
  });

  const library = field.querySelector<HTMLButtonElement>("[data-images-library]");
  const hint = element("p", { class: "bilingual__help" }, t("editor:image.dropHere"));
  library?.replaceWith(button(t("editor:image.upload"), "secondary", () => chooser.click()));
  list.after(said, waiting.box);
  said.before(hint);

  const older = field.querySelector<HTMLButtonElement>("[data-images-after]");
  older?.addEventListener("click", async (event) => {
    event.preventDefault();
    const after = older.dataset.imagesAfter ?? "";
    const answer = await fetch(`${field.dataset.library}?${new URLSearchParams({ after })}`, {
      headers: { accept: "application/json" },
    }).catch(() => null);
    const page: { images: Described[]; next: string | null } | null = answer?.ok
      ? await answer.json().catch(() => null)
      : null;
    if (!page) {
      waiting.tell(t("editor:image.olderFailed"));
      return;
    }
    for (const image of page.images)
      if (!radioOf(image.src.replace("/media/", ""))) list.append(choiceOf(image));
    said.textContent = t("editor:image.olderShown");
    if (page.next) older.dataset.imagesAfter = page.next;
    else older.remove();
  });
  if (older) older.textContent = t("editor:image.older");
}
