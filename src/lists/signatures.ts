import { sql } from "kysely";
import { readableAddress } from "../platform/email-address.ts";
import type { Language } from "../platform/i18n.ts";
import { type Appearance, appearances } from "../signatures/operations.ts";
import { sinceChoice, sinceThen } from "./asked.ts";
import type { DeskList } from "./definition.ts";
import type { Listed } from "./paging.ts";
import { aside, lastConsent, moments } from "./subscribers.ts";

export type Signer = Listed & {
  name: string;
  email: string;
  role: string | null;
  organisation: string | null;
  place: string | null;
  appearance: Appearance;
  motivation: string | null;
  motivation_state: "waiting" | "shown" | "refused" | null;
  language: Language;
  signed_at: Date;
  confirmed_at: Date;
  consent: string | null;
  consent_given: Date | null;
};

const at = sql<Date>`s.confirmed_at`;

/** Who signed the manifesto. */
export const signatures: DeskList<Signer> = {
  name: "signatures",
  section: "signatures",
  list: "signatures.list",
  export: "signatures.export",
  listing: {
    table: sql`signatures as s`,
    joins: sql`join people as p on p.id = s.person_id left join organisations as o on o.id = s.organisation_id
      left join lateral ${lastConsent(sql`'signature'`)} as c on true`,
    columns: sql`s.name, p.email, s.role, o.name as organisation, s.place, s.appearance, s.motivation, s.motivation_state,
      p.language, s.signed_at, s.confirmed_at, c.consent, c.consent_given`,
    at,
    id: sql`s.id`,
    own: "s",
    person: sql`s.person_id`,
    named: true,
  },
  href: ({ id }, { desk }) => desk.one("signatures", id),
  filters: async (visit) => ({
    organisation: true,
    choices: [
      {
        name: "appearance",
        none: visit.t("lists:anyAppearance"),
        options: appearances.map((value) => ({ value, label: visit.t(`lists:appearance.${value}`) })),
      },
      sinceChoice(visit),
    ],
  }),
  narrow: async (visit, chosen) => {
    const where = [
      ...(chosen.appearance ? [sql<boolean>`s.appearance = ${chosen.appearance}`] : []),
      ...sinceThen(visit, chosen, at),
    ];
    if (!chosen.organisation) return where;
    // By its id: then the planner knows how many that are.
    const organisation = await visit.ctx.db
      .selectFrom("organisations")
      .select("id")
      .where("plain_name", "=", sql<string>`plain_text(${chosen.organisation})`)
      .executeTakeFirst();
    return organisation ? [...where, sql<boolean>`s.organisation_id = ${organisation.id}`] : null;
  },
  columns: [
    { name: "name", text: ({ name }) => name },
    { name: "email", text: ({ email }) => email, show: ({ email }) => readableAddress(email) },
    { name: "role", text: ({ role }) => role ?? "" },
    { name: "organisation", text: ({ organisation }) => organisation ?? "" },
    { name: "place", text: ({ place }) => place ?? "", aside: true },
    { name: "appearance", text: ({ appearance }, { t }) => t(`lists:appearance.${appearance}`) },
    { name: "motivation", text: ({ motivation }) => motivation ?? "", aside: true },
    ...moments<Signer>("confirmed", ({ confirmed_at }) => confirmed_at),
    // What it takes to read an export in again with nothing lost.
    ...aside(moments<Signer>("signed", ({ signed_at }) => signed_at)),
    {
      name: "motivationState",
      text: ({ motivation_state: state }, { t }) => (state ? t(`lists:motivationState.${state}`) : ""),
      aside: true,
    },
    { name: "language", text: ({ language }, { t }) => t(`ui:languageName.${language}`), aside: true },
    { name: "consent", text: ({ consent }) => consent ?? "", aside: true },
    ...aside(moments<Signer>("consentGiven", ({ consent_given }) => consent_given)),
  ],
};
