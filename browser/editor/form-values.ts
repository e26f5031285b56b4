import { refreshEvent } from "./refresh.ts";

/** What a form would send, in its order: names and values. Files, and what it says of its page, are not a part of it. */
export type Values = [name: string, value: string][];

/** What a form says of its page and not of its text. */
const ofThePage = ["version", "page", "turn", "after"];

export function valuesOf(form: HTMLFormElement): Values {
  return [...new FormData(form)].flatMap(
    ([name, value]): Values =>
      typeof value === "string" && !ofThePage.includes(name) ? [[name, value.replace(/\r\n?/g, "\n")]] : [],
  );
}

const all = (values: Values, name: string) =>
  values.filter(([one]) => one === name).map(([, value]) => value);

/** The names of fields that differ, in the order of the first. */
export function differences(one: Values, two: Values): string[] {
  const names = new Set([...one, ...two].map(([name]) => name));
  return [...names].filter((name) => JSON.stringify(all(one, name)) !== JSON.stringify(all(two, name)));
}

/**
 * What is in a field, for people to read. The texts of a list are those of its items, in one language where the name
 * ends in one: "questions.nl" holds "questions.0.answer.nl" and so on.
 */
export function textOf(values: Values, name: string): string {
  const own = all(values, name);
  if (own.length > 0) return own.join(", ");
  const [, list = name, language = ""] = /^(.+)(\.(?:nl|en))$/.exec(name) ?? [];
  const parts = values.filter(([one]) => one.startsWith(`${list}.`) && one.endsWith(language));
  return parts
    .map(([, value]) => value)
    .filter(Boolean)
    .join("\n\n");
}

/** Whether the form has a field of exactly this name, so that its text can be put in. */
export const hasField = (form: HTMLFormElement, name: string): boolean => controls(form, name).length > 0;

/** Whether a field is words somebody types, so that the words of another can be put in as they are. */
export const isWritten = (form: HTMLFormElement, name: string): boolean =>
  hasField(form, name) &&
  controls(form, name).every(({ type }) => /^(text|textarea|url|email|tel|search|number)$/.test(type));

/** A box or a button to choose by, which sends nothing when it is not chosen. */
export const isChoice = (form: HTMLFormElement, name: string): boolean =>
  controls(form, name).some(({ type }) => /^(radio|checkbox)$/.test(type));

/** Values without those of a field, or of a list's items. */
export const without = (values: Values, field: string): Values => {
  const list = `${field.replace(/\.(nl|en)$/, "")}.`;
  return values.filter(([name]) => name !== field && !name.startsWith(list));
};

const controls = (form: HTMLFormElement, name: string) =>
  [...form.elements].filter(
    (one): one is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement =>
      "name" in one && one.name === name && "value" in one && !(one instanceof HTMLButtonElement),
  );

/** A field's label as it is on the page; its name where it has none. */
export function labelOf(form: HTMLFormElement, name: string): string {
  const [first] = controls(form, name);
  const label = isChoice(form, name) ? first?.closest("fieldset")?.querySelector("legend") : null;
  return first?.dataset.label ?? (label ?? first?.labels?.[0])?.textContent?.trim() ?? name;
}

/** Fills in the named fields, choices included, and lets the page know. */
export function fillIn(form: HTMLFormElement, values: Values, names: string[]): void {
  for (const name of names) {
    const wanted = all(values, name);
    const fields = controls(form, name);
    // What isn't among the choices any more cannot be chosen: what is chosen stays.
    const isThere = ({ type, value }: { type: string; value: string }) =>
      type !== "radio" || wanted.includes(value);
    if (wanted.length > 0 && !fields.some(isThere)) continue;
    for (const [index, control] of fields.entries()) {
      if (control instanceof HTMLInputElement && /^(radio|checkbox)$/.test(control.type))
        control.checked = wanted.includes(control.value);
      else control.value = wanted[index] ?? "";
      control.dispatchEvent(new Event(refreshEvent));
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}
