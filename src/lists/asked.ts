import type { RawBuilder } from "kysely";
import { sql } from "kysely";
import { z } from "zod";
import { type DeskVisit, whereMay } from "../accounts/operations.ts";
import type { VisitContext } from "../visit.tsx";
import type { Chosen, DeskList, FilterChoice, Filters } from "./definition.ts";
import type { Listed, Place } from "./paging.ts";
import { type Search, searchOf } from "./search.ts";

/** What the address of a list asks for. */
export type Asked = {
  filters: Filters;
  chosen: Chosen;
  typed: string;
  search: Search | null;
  /** null: nothing fits what was chosen. */
  where: RawBuilder<boolean>[] | null;
  place: Place | null;
};

/** Reads the address of a list, as far as this person may see it. What it does not know it leaves out. */
export async function readAsked<Row extends Listed>(
  c: VisitContext,
  visit: DeskVisit,
  list: DeskList<Row>,
  action: "list" | "export",
): Promise<Asked> {
  const places = whereMay(visit.person.roles, list[action]);
  const filters = await list.filters(visit, places);
  const chosen: Chosen = {};
  for (const choice of filters.choices) chosen[choice.name] = chosenOf(choice, c.req.query(choice.name));
  if (filters.organisation) chosen.organisation = lineOf(c.req.query("organisation"));
  const typed = lineOf(c.req.query("q"));
  const where = await list.narrow(visit, chosen, places);
  return { filters, chosen, typed, search: searchOf(typed), where, place: placeOf(c) };
}

function chosenOf({ options, none }: FilterChoice, asked: string | undefined): string {
  const known = options.find(({ value }) => value === asked)?.value;
  return known ?? (none === undefined ? (options[0]?.value ?? "") : "");
}

const lineOf = (text = "") =>
  text
    .replace(/\p{C}+/gu, " ")
    .toWellFormed()
    .trim()
    .slice(0, 100);

/** "older=<microseconds>.<id>" or "newer=…". */
function placeOf(c: VisitContext): Place | null {
  for (const way of ["older", "newer"] as const) {
    const [, at, id = ""] = /^(\d{1,16})\.([0-9a-f-]{36})$/.exec(c.req.query(way) ?? "") ?? [];
    if (at && z.uuid().safeParse(id).success) return { way, at: Number(at), id };
  }
  return null;
}

/** The query string of what was asked, with a place. */
export function queryOf({ chosen, typed }: Asked, place: Place | null): string {
  const query = new URLSearchParams(Object.entries(chosen).filter(([, value]) => value !== ""));
  if (typed) query.set("q", typed);
  if (place) query.set(place.way, `${place.at}.${place.id}`);
  const text = query.toString();
  return text && `?${text}`;
}

const day = 86_400_000;

/** Since how many days; a choice for every list. */
export const sinceChoice = ({ t }: DeskVisit): FilterChoice => ({
  name: "since",
  none: t("lists:since.always"),
  options: (["7", "30", "365"] as const).map((value) => ({ value, label: t(`lists:since.${value}`) })),
});

/** The condition of that choice. */
export const sinceThen = (
  { ctx }: DeskVisit,
  { since }: Chosen,
  at: RawBuilder<Date>,
): RawBuilder<boolean>[] =>
  since ? [sql`${at} >= ${new Date(ctx.now().getTime() - Number(since) * day)}`] : [];
