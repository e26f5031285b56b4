/** A browser that brings a text back may end its lines in its own way. */
const plain = (text: string) => text.replace(/\r\n?/g, "\n");

/** What is chosen in a list of choices before anybody chooses: what the page says, or else the first. */
function isChosenAnew(field: HTMLSelectElement): boolean {
  const options = [...field.options];
  if (field.multiple) return options.some(({ selected, defaultSelected }) => selected !== defaultSelected);
  const first = options.findLastIndex(({ defaultSelected }) => defaultSelected);
  return field.selectedIndex !== Math.max(first, Math.min(0, options.length - 1));
}

/** Whether something was typed before this code came, or brought back by the browser: fields differ from the page's. */
export function isTouched(form: HTMLFormElement): boolean {
  return [...form.elements].some((field) => {
    if (field instanceof HTMLSelectElement) return isChosenAnew(field);
    if (field instanceof HTMLTextAreaElement) return plain(field.value) !== plain(field.defaultValue);
    if (!(field instanceof HTMLInputElement) || field.type === "hidden") return false;
    return ["checkbox", "radio"].includes(field.type)
      ? field.checked !== field.defaultChecked
      : field.value !== field.defaultValue;
  });
}
