import { dialogField, openDialog } from "./dialog.ts";
import { element, freshId } from "./dom.ts";
import type { Words } from "./words.ts";

function choice(name: string, value: string, label: string, help?: string) {
  const id = freshId();
  const input = element("input", {
    class: "utrecht-radio-button utrecht-radio-button--html-input",
    type: "radio",
    name,
    value,
    id,
    "aria-describedby": help ? `${id}-help` : null,
  });
  const row = element(
    "div",
    { class: "choice" },
    input,
    element("label", { class: "utrecht-form-label utrecht-form-label--radio", for: id }, label),
  );
  if (help) row.append(element("div", { class: "utrecht-form-field-description", id: `${id}-help` }, help));
  return { row, input };
}

/**
 * Asks what an image shows (WCAG 1.1.1). That it is decoration is a choice to make, not what an empty field means.
 * Returns the alternative text, "" for decoration, null when the writer wants no image after all.
 */
export async function askAlternative(
  words: Words,
  image: { src: string; alt: string | null },
): Promise<string | null> {
  const name = freshId();
  const meaningful = choice(name, "meaningful", words("editor:image.meaningful"));
  const decorative = choice(
    name,
    "decorative",
    words("editor:image.decorative"),
    words("editor:image.decorativeHelp"),
  );
  const alt = dialogField({
    label: words("editor:image.alt"),
    description: words("editor:image.altHelp"),
    value: image.alt ?? "",
    lines: 3,
  });
  const show = () => {
    alt.wrapper.hidden = !meaningful.input.checked;
  };
  // a new image begins with the question what it shows
  (image.alt === "" ? decorative : meaningful).input.checked = true;
  show();
  for (const { input } of [meaningful, decorative]) input.addEventListener("change", show);
  const kinds = element(
    "fieldset",
    { class: "utrecht-form-fieldset field dialog__kinds" },
    element("legend", { class: "utrecht-form-fieldset__legend" }, words("editor:image.kind")),
    meaningful.row,
    decorative.row,
  );
  const check = () => {
    const missing = meaningful.input.checked && !alt.input.value.trim();
    alt.complain(missing ? words("editor:image.noAlt") : null);
    return !missing;
  };
  const picture = /^\/(?!\/)/.test(image.src)
    ? [element("img", { class: "dialog__picture", src: image.src, alt: "" })]
    : [];
  const answer = await openDialog({
    words,
    title: words("editor:image.title"),
    body: [...picture, kinds, alt.wrapper],
    save: words("editor:image.save"),
    check,
  });
  if (answer !== "save") return null;
  return decorative.input.checked ? "" : alt.input.value.replace(/\s+/g, " ").trim();
}
