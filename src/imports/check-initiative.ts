import { initiativeKinds } from "../initiatives/queries.ts";
import { emailField } from "../platform/fields.ts";
import { slugOf } from "../platform/slug.ts";
import type { Checked, Row } from "./row.ts";

/** Reads a row about an initiative. */
export function checkInitiative(row: Row): Checked {
  const name = row.text("name").replace(/\s+/g, " ").trim();
  const slug = slugOf(name, 60);
  if (!slug || name.length > 100) return row.bad("initiative-name", "name");
  const tagline = row.text("tagline").replace(/\s+/g, " ").trim();
  if (tagline.length > 200) return row.bad("tagline", "tagline");
  const kind = kindOf(row.text("initiativeKind"));
  if (!kind) return row.bad("initiative-kind", "initiativeKind");
  const given = row.text("contact");
  const contact = given ? emailField.safeParse(given) : null;
  if (contact && !contact.success) return row.bad("contact", "contact");
  const website = websiteOf(row.text("website"));
  if (website === undefined) return row.bad("website", "website");
  const story = row.text("story");
  if (story.length > 20_000) return row.bad("story", "story");
  return {
    kind: "good",
    key: slug,
    data: { name, tagline: tagline || name, kind, contact: contact?.data ?? null, website, story },
  };
}

const kindWords: Record<string, (typeof initiativeKinds)[number]> = {
  netwerk: "network",
  initiatief: "initiative",
  programma: "programme",
  organisatie: "organisation",
  reis: "journey",
  "": "initiative",
};

function kindOf(text: string) {
  const word = text.toLowerCase();
  return initiativeKinds.find((kind) => kind === word) ?? kindWords[word] ?? null;
}

/** An address on the web, null for none, undefined for what is no such address. */
function websiteOf(text: string): string | null | undefined {
  if (!text) return null;
  const url = URL.parse(/^https?:/i.test(text) ? text : `https://${text}`);
  return url && /^https?:$/.test(url.protocol) && url.hostname.includes(".") && text.length <= 500
    ? url.href
    : undefined;
}
