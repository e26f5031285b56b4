import { type RawBuilder, sql } from "kysely";
import type { DeskVisit } from "../accounts/operations.ts";
import { readableAddress } from "../platform/email-address.ts";
import { type Language, languages, momentInWords } from "../platform/i18n.ts";
import { type Localized, pick } from "../platform/localized.ts";
import { sinceChoice, sinceThen } from "./asked.ts";
import type { DeskList, Places } from "./definition.ts";
import type { Listed } from "./paging.ts";

export type Subscriber = Listed & {
  email: string;
  name: string | null;
  language: Language;
  since: Date;
  ended_at: Date | null;
  /** Whether the address gets no mail: it is gone, or somebody there complained. */
  silent: boolean;
};

const at = sql<Date>`s.since`;
const states = ["active", "silent", "ended"] as const;

/** How somebody stands on a newsletter, as people here say it. */
export const stateOf = ({ ended_at, silent }: Pick<Subscriber, "ended_at" | "silent">) =>
  ended_at ? "ended" : silent ? "silent" : "active";

const silenced = sql`from people as q join suppressions as x on x.address = q.email where q.id = s.person_id`;
/** One by one through the index of people's addresses, however many the planner takes them for. */
const theSilent = sql`from suppressions as x cross join lateral (
  select id from people where email = x.address limit 1) as q`;
/**
 * Each begins with the condition of an index. Who gets no mail is looked for from their side: so a page costs as much as
 * there are of them, wherever in the list they are.
 */
const inState: Record<(typeof states)[number], RawBuilder<boolean>[]> = {
  active: [sql`s.ended_at is null`, sql`not exists (select ${silenced})`],
  silent: [sql`s.ended_at is null`, sql`s.person_id = any(array(select q.id ${theSilent}))`],
  ended: [sql`s.ended_at is not null`],
};

/** Who is on a newsletter, or was. A lead sees those of the own initiative. */
export const subscribers: DeskList<Subscriber> = {
  name: "subscribers",
  section: "subscribers",
  list: "subscribers.list",
  export: "subscribers.export",
  listing: {
    table: sql`subscriptions as s`,
    joins: sql`join people as p on p.id = s.person_id left join suppressions as x on x.address = p.email`,
    columns: sql`p.email, p.name, s.language, s.since, s.ended_at, x.address is not null as silent`,
    at,
    id: sql`s.id`,
    own: "s",
    person: sql`s.person_id`,
    named: false,
  },
  href: ({ id }, { desk }) => desk.one("subscribers", id),
  filters: async (visit, places) => ({
    choices: [
      { name: "newsletter", options: await newslettersOf(visit, places) },
      {
        name: "state",
        none: visit.t("lists:anyState"),
        options: states.map((value) => ({
          value,
          label: visit.t(`lists:subscription.${value}`),
        })),
      },
      languageChoice(visit),
      sinceChoice(visit),
    ],
  }),
  narrow: async (visit, chosen) =>
    chosen.newsletter
      ? [
          sql`s.newsletter_id = ${chosen.newsletter}`,
          ...states.filter((one) => one === chosen.state).flatMap((one) => inState[one]),
          ...(chosen.language ? [sql<boolean>`s.language = ${chosen.language}`] : []),
          ...sinceThen(visit, chosen, at),
        ]
      : null,
  columns: [
    { name: "email", text: ({ email }) => email, show: ({ email }) => readableAddress(email) },
    { name: "name", text: ({ name }) => name ?? "" },
    { name: "state", text: (row, { t }) => t(`lists:subscription.${stateOf(row)}`) },
    { name: "language", text: ({ language }, { t }) => t(`ui:languageName.${language}`) },
    ...moments<Subscriber>("since", ({ since }) => since),
    ...moments<Subscriber>("ended", ({ ended_at }) => ended_at),
  ],
};

/** A moment: on the page in words, in an export in UTC (RFC 3339). */
export function moments<Row>(name: string, of: (row: Row) => Date | null) {
  return [
    {
      name,
      text: (row: Row) => of(row)?.toISOString() ?? "",
      show: (row: Row, { language }: DeskVisit) => {
        const moment = of(row);
        return moment ? momentInWords(moment, language) : "";
      },
    },
  ];
}

export const languageChoice = ({ t }: DeskVisit) => ({
  name: "language",
  none: t("lists:anyLanguage"),
  options: languages.map((value) => ({ value, label: t(`ui:languageName.${value}`) })),
});

/** The newsletters whose subscribers somebody may see; the movement's own first. */
export async function newslettersOf({ ctx, language, t }: DeskVisit, places: Places) {
  if (places !== "all" && places.length === 0) return [];
  const rows: { id: string; name: Localized; initiative: Localized | null }[] = await ctx.db
    .selectFrom("newsletters as n")
    .leftJoin("initiatives as i", "i.id", "n.initiative_id")
    .select(["n.id", "n.name", "i.name as initiative"])
    .$if(places !== "all", (query) => query.where("n.initiative_id", "in", places as string[]))
    .orderBy(sql`n.initiative_id is not null`)
    .orderBy("i.position")
    .orderBy("n.id")
    .execute();
  return rows.map(({ id, name, initiative }) => ({
    value: id,
    label: initiative
      ? t("lists:newsletterOf", {
          name: pick(name, language).text,
          initiative: pick(initiative, language).text,
        })
      : pick(name, language).text,
  }));
}
