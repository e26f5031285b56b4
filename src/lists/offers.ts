import { sql } from "kysely";
import type { DeskVisit } from "../accounts/operations.ts";
import { readableAddress } from "../platform/email-address.ts";
import { type Localized, pick } from "../platform/localized.ts";
import { sinceChoice, sinceThen } from "./asked.ts";
import type { DeskList, Places } from "./definition.ts";
import type { Listed } from "./paging.ts";
import { moments } from "./subscribers.ts";

export type OfferRow = Listed & {
  name: string;
  email: string;
  initiative: Localized;
  offer: string;
  answer: "accepted" | "declined" | null;
  offered_at: Date;
  answered_at: Date | null;
  withdrawn_at: Date | null;
};

const at = sql<Date>`o.offered_at`;
const states = ["open", "accepted", "declined", "withdrawn"] as const;
type State = (typeof states)[number];
/** By the same expression as the indexes of participations. */
const state = sql<string>`case when o.withdrawn_at is not null then 'withdrawn' else coalesce(o.answer, 'open') end`;
const stateOf = ({ answer, withdrawn_at }: OfferRow): State =>
  withdrawn_at ? "withdrawn" : (answer ?? "open");

/** Who offered to work along, with the answer they got. A lead sees those to the own initiative. */
export const offers: DeskList<OfferRow> = {
  name: "offers",
  section: "allOffers",
  list: "offers.list",
  export: "offers.export",
  listing: {
    table: sql`participations as o`,
    joins: sql`join people as p on p.id = o.person_id join initiatives as i on i.id = o.initiative_id`,
    columns: sql`o.name, p.email, i.name as initiative, o.offer, o.answer, o.offered_at, o.answered_at, o.withdrawn_at`,
    at,
    id: sql`o.id`,
    own: "o",
    person: sql`o.person_id`,
    named: false,
  },
  href: ({ id }, { desk }) => desk.one("offers", id),
  filters: async (visit, places) => ({
    choices: [
      {
        name: "initiative",
        none: visit.t("lists:anyInitiative"),
        options: await initiativesOf(visit, places),
      },
      {
        name: "answer",
        none: visit.t("lists:anyState"),
        options: states.map((value) => ({
          value,
          label: visit.t(`lists:offer.${value}`),
        })),
      },
      sinceChoice(visit),
    ],
  }),
  narrow: async (visit, chosen, places) => {
    if (places !== "all" && places.length === 0) return null;
    const only = chosen.initiative ? [chosen.initiative] : places;
    return [
      ...(only === "all" ? [] : [sql<boolean>`o.initiative_id in (${sql.join(only)})`]),
      ...(chosen.answer ? [sql<boolean>`(${state}) = ${chosen.answer}`] : []),
      ...sinceThen(visit, chosen, at),
    ];
  },
  columns: [
    { name: "name", text: ({ name }) => name },
    { name: "email", text: ({ email }) => email, show: ({ email }) => readableAddress(email) },
    { name: "initiative", text: ({ initiative }, { language }) => pick(initiative, language).text },
    { name: "state", text: (row, { t }) => t(`lists:offer.${stateOf(row)}`) },
    { name: "offer", text: ({ offer }) => offer, aside: true },
    ...moments<OfferRow>("offered", ({ offered_at }) => offered_at),
    ...moments<OfferRow>("answered", ({ answered_at }) => answered_at),
  ],
};

/** The initiatives whose offers somebody may see. */
async function initiativesOf({ ctx, language }: DeskVisit, places: Places) {
  if (places !== "all" && places.length === 0) return [];
  const rows: { id: string; name: Localized }[] = await ctx.db
    .selectFrom("initiatives")
    .select(["id", "name"])
    .$if(places !== "all", (query) => query.where("id", "in", places as string[]))
    .orderBy("position")
    .orderBy("id")
    .execute();
  return rows.map(({ id, name }) => ({ value: id, label: pick(name, language).text }));
}
