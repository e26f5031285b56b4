import { initiativeKinds } from "../initiatives/queries.ts";
import { emailField, personName, visibleOptional } from "../platform/fields.ts";
import { slugOf } from "../platform/slug.ts";
import { saysNothing, saysYes, standingOf } from "./meanings.ts";
import type { ImportKind } from "./table.ts";
import { appearanceOf, languageOf, momentOf, wholeName } from "./values.ts";

/** What a row says, or why it cannot be read. `key`: by what two rows are the same. */
export type Checked =
  | { kind: "good"; key: string; data: Record<string, string | null> }
  | { kind: "bad"; reason: string };

type Values = Record<string, string>;
const bad = (reason: string): Checked => ({ kind: "bad", reason });

/** Reads one row by what its columns mean. */
export function checkRow(kind: ImportKind, columns: string[], cells: string[], now: Date): Checked {
  const values: Values = {};
  for (const [at, meaning] of columns.entries()) {
    if (!meaning) continue;
    const cell = cells[at];
    // What is not there says nothing; least of all that somebody still wants mail.
    if (cell === undefined) return bad("columns");
    values[meaning] = cell;
  }
  return checks[kind](values, now);
}

const checks: Record<ImportKind, (values: Values, now: Date) => Checked> = {
  subscribers: (values, now) => {
    const email = emailIn(values);
    if (email.kind === "bad") return email;
    const hasEnded = !saysNothing(values.ended ?? "");
    if (hasEnded && !momentOf(values.ended ?? "", now)) return bad("ended");
    const said = hasEnded || saysYes(values.blocked ?? "") ? "ended" : "active";
    const status = standingOf(values.status ?? "");
    if (status === null) return bad("status");
    const name = personName.safeParse(nameIn(values));
    return {
      kind: "good",
      key: email.key,
      data: {
        // A name is a courtesy: one that is none keeps nobody out.
        name: name.success ? name.data : null,
        language: languageOf(values.language ?? ""),
        status: status === "active" ? said : status,
        given: momentOf(values.since ?? "", now)?.toISOString() ?? null,
      },
    };
  },
  signatures: (values, now) => {
    const email = emailIn(values);
    if (email.kind === "bad") return email;
    const name = personName.safeParse(nameIn(values));
    if (!name.success) return bad("name");
    const appearance = appearanceOf(values.appearance ?? "");
    if (!appearance) return bad("appearance");
    const lines: Record<string, string | null> = {};
    for (const field of ["role", "organisation", "place"]) {
      const line = visibleOptional(100, { tooLong: "", address: "" }).safeParse(values[field]);
      if (!line.success) return bad(field);
      lines[field] = line.data;
    }
    return {
      kind: "good",
      key: email.key,
      data: {
        ...{ name: name.data, appearance, ...lines, language: languageOf(values.language ?? "") },
        given: momentOf(values.since ?? "", now)?.toISOString() ?? null,
      },
    };
  },
  initiatives: (values) => {
    const name = (values.name ?? "").replace(/\s+/g, " ").trim();
    const slug = slugOf(name, 60);
    if (!slug || name.length > 100) return bad("initiative-name");
    const tagline = (values.tagline ?? "").replace(/\s+/g, " ").trim();
    if (tagline.length > 200) return bad("tagline");
    const kind = kindOf(values.initiativeKind ?? "");
    if (!kind) return bad("initiative-kind");
    const contact = values.contact ? emailField.safeParse(values.contact) : null;
    if (contact && !contact.success) return bad("contact");
    const website = websiteOf(values.website ?? "");
    if (website === undefined) return bad("website");
    const story = values.story ?? "";
    if (story.length > 20_000) return bad("story");
    return {
      kind: "good",
      key: slug,
      data: { name, tagline: tagline || name, kind, contact: contact?.data ?? null, website, story },
    };
  },
};

function emailIn({ email }: Values): { kind: "good"; key: string } | { kind: "bad"; reason: string } {
  if (!email) return { kind: "bad", reason: "email-missing" };
  const parsed = emailField.safeParse(email);
  return parsed.success ? { kind: "good", key: parsed.data } : { kind: "bad", reason: "email" };
}

const nameIn = ({ name, firstName, prefix, lastName }: Values): string =>
  wholeName([firstName || (name ?? ""), prefix, lastName]) || (name ?? "");

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
