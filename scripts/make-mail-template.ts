/** Compiles the template of mails to HTML. Run after a change of it: `node scripts/make-mail-template.ts`. */
import { writeFileSync } from "node:fs";
import mjml2html from "mjml";
import { template } from "../src/ui/mail/template.ts";

/** The text of src/ui/mail/pieces.json. */
export async function compileTemplate(): Promise<string> {
  const { html } = await mjml2html(template, { fonts: {}, validationLevel: "strict" });
  const parts = html
    .replace(/\n\s+/g, "\n")
    .replaceAll(' height="auto"', "")
    .split(/⟪(\w*)⟫/);
  const blocks: Record<string, string> = {};
  for (let at = 1; at < parts.length - 1; at += 2) if (parts[at]) blocks[parts[at]!] = parts[at + 1]!;
  return `${JSON.stringify({ before: parts[0], after: parts.at(-1), blocks }, null, 2)}\n`;
}

if (import.meta.main) writeFileSync("src/ui/mail/pieces.json", await compileTemplate());
