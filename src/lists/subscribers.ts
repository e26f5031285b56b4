import { type RawBuilder, sql } from "kysely";
import type { DeskVisit } from "../accounts/operations.ts";
import { clockTime } from "../platform/clock-time.ts";
import { readableAddress } from "../platform/email-address.ts";
import { type Language, languages, momentInWords } from "../platform/i18n.ts";
import { type Localized, pick } from "../platform/localized.ts";
import { sinceChoice, sinceThen } from "./asked.ts";
import type { Column, DeskList, Places } from "./definition.ts";
import type { Listed } from "./paging.ts";

export type Subscriber = Listed & {
  email: string;
  name: string | null;
  language: Language;
  since: Date;
  ended_at: Date | null;
  paused_until: Date | null;
  /** Whether the address gets no mail: it is gone, or somebody there complained. */
  silent: boolean;
  silent_reason: "hard" | "soft" | "complaint" | null;
  silent_since: Date | null;
  /** The words of the last consent, and when it was given; null where that is only the day of a statement. */
  consent: string | null;
  consent_given: Date | null;
};

const at = sql<Date>`s.since`;
const states = ["active", "silent", "ended"] as const;

/**
 * How somebody stands on a newsletter, as people here say it. That an address gets no mail comes first: whether the
 * subscription ended as well is told by its date, so that an export loses neither.
 */
export const stateOf = ({ ended_at, silent }: Pick<Subscriber, "ended_at" | "silent">) =>
  silent ? "silent" : ended_at ? "ended" : "active";

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
    joins: sql`join people as p on p.id = s.person_id left join suppressions as x on x.address = p.email
      left join lateral ${lastConsent(sql`'newsletter:' || s.newsletter_id`)} as c on true`,
    columns: sql`p.email, p.name, s.language, s.since, s.ended_at, s.paused_until, x.address is not null as silent,
      x.reason as silent_reason, x.since as silent_since, c.consent, c.consent_given`,
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
    // What it takes to read an export in again, here or elsewhere, with nothing lost.
    ...aside(moments<Subscriber>("pausedUntil", ({ paused_until }) => paused_until)),
    {
      name: "silentReason",
      text: ({ silent_reason }, { t }) => (silent_reason ? t(`suppressions:reason.${silent_reason}`) : ""),
      aside: true,
    },
    ...aside(moments<Subscriber>("silentSince", ({ silent_since }) => silent_since)),
    { name: "consent", text: ({ consent }) => consent ?? "", aside: true },
    ...aside(moments<Subscriber>("consentGiven", ({ consent_given }) => consent_given)),
  ],
};

/** The last consent of a person to something, as a table of one row. */
export function lastConsent(purpose: RawBuilder<unknown>) {
  return sql`(select text as consent, case when not stated then given_at end as consent_given
    from consents where person_id = p.id and purpose = ${purpose} order by confirmed_at desc, id limit 1)`;
}

/** Only in the export. */
export function aside<Row>(columns: Column<Row>[]): Column<Row>[] {
  return columns.map((column) => ({ ...column, aside: true }));
}

/** A moment: on the page in words, in an export as the clock here shows it, with its distance from UTC. */
export function moments<Row>(name: string, of: (row: Row) => Date | null): Column<Row>[] {
  return [
    {
      name,
      text: (row: Row) => {
        const moment = of(row);
        return moment ? clockTime(moment) : "";
      },
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
