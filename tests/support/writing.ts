import { expect } from "vitest";

/** What the form of a text in the workplace would send as it stands there. */
export function fieldsIn(page: string): Record<string, string> {
  const fields: Record<string, string> = {};
  const decode = (text: string) =>
    text.replace(
      /&(#39|quot|lt|gt|amp);/g,
      (_, name: string) => ({ "#39": "'", quot: '"', lt: "<", gt: ">", amp: "&" })[name] ?? "",
    );
  const form = /<form\b[^>]*\bid="tekst"[\s\S]*?<\/form>/.exec(page)?.[0] ?? "";
  expect(form).toContain('name="version"');
  for (const [tag] of form.matchAll(/<input\b[^>]*>/g)) {
    const name = /\bname="([^"]*)"/.exec(tag)?.[1];
    const value = /\bvalue="([^"]*)"/.exec(tag)?.[1] ?? "";
    const kind = /\btype="([^"]*)"/.exec(tag)?.[1];
    if (name && (!["checkbox", "radio"].includes(kind ?? "") || / checked/.test(tag)))
      fields[name] = decode(value);
  }
  for (const [, tag = "", text = ""] of form.matchAll(/<textarea\b([^>]*)>([\s\S]*?)<\/textarea>/g)) {
    const name = /\bname="([^"]*)"/.exec(tag)?.[1];
    if (name) fields[name] = decode(text.replace(/^\n/, ""));
  }
  for (const [, tag = "", options = ""] of form.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
    const name = /\bname="([^"]*)"/.exec(tag)?.[1];
    const chosen = /value="([^"]*)" selected/.exec(options)?.[1] ?? "";
    if (name) fields[name] = chosen;
  }
  return fields;
}
