import { sql } from "kysely";
import { readableAddress } from "../platform/email-address.ts";
import type { Language } from "../platform/i18n.ts";
import { sinceChoice, sinceThen } from "./asked.ts";
import type { DeskList } from "./definition.ts";
import type { Listed } from "./paging.ts";
import { languageChoice, moments } from "./subscribers.ts";

export type PersonRow = Listed & {
  name: string | null;
  email: string;
  language: Language;
  confirmed_at: Date;
};

const at = sql<Date>`p.confirmed_at`;

/** Everybody whom the movement knows, by a confirmed address or by a file. */
export const people: DeskList<PersonRow> = {
  name: "people",
  section: "people",
  list: "people.list",
  export: "people.export",
  listing: {
    table: sql`people as p`,
    joins: sql``,
    columns: sql`p.name, p.email, p.language, p.confirmed_at`,
    at,
    id: sql`p.id`,
    own: "p",
    person: sql`p.id`,
    named: false,
  },
  href: ({ id }, { desk }) => desk.one("people", id),
  filters: async (visit) => ({
    choices: [
      {
        name: "works",
        none: visit.t("lists:works.all"),
        options: [{ value: "yes", label: visit.t("lists:works.yes") }],
      },
      languageChoice(visit),
      sinceChoice(visit),
    ],
  }),
  narrow: async (visit, chosen) => [
    // As an array: then the planner knows that these are few, and begins with them.
    ...(chosen.works ? [sql<boolean>`p.id = any(array(select person_id from roles))`] : []),
    ...(chosen.language ? [sql<boolean>`p.language = ${chosen.language}`] : []),
    ...sinceThen(visit, chosen, at),
  ],
  columns: [
    { name: "email", text: ({ email }) => email, show: ({ email }) => readableAddress(email) },
    { name: "name", text: ({ name }) => name ?? "" },
    { name: "language", text: ({ language }, { t }) => t(`ui:languageName.${language}`) },
    ...moments<PersonRow>("known", ({ confirmed_at }) => confirmed_at),
  ],
};
