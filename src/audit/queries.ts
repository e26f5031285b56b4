import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";

export type AuditFilter = {
  /** Of which initiatives one may see it: all with the movement's own, or these. */
  places: "all" | string[];
  /** The first part of an action: "updates". */
  feature: string | null;
  /** A part of the name or address of who did it. */
  who: string | null;
  /** Days in Amsterdam's calendar, both included. */
  from: string | null;
  until: string | null;
  /** Older than this entry. */
  before: number | null;
};

const perPage = 50;

/** What was done, newest first, one page; `next` is where the next one begins. */
export async function listAudit(ctx: Ctx, filter: AuditFilter) {
  const { places, feature, who, from, until, before } = filter;
  if (places !== "all" && places.length === 0) return { entries: [], next: null };
  const dayBegins = (day: string) => sql<Date>`(${day}::date)::timestamp at time zone 'Europe/Amsterdam'`;
  const dayEnds = (day: string) => sql<Date>`(${day}::date + 1)::timestamp at time zone 'Europe/Amsterdam'`;
  const rows = await ctx.db
    .selectFrom("audit as a")
    .leftJoin("people as p", "p.id", "a.person_id")
    .leftJoin("people as about", "about.id", "a.about_person_id")
    .leftJoin("initiatives as i", "i.id", "a.initiative_id")
    .select(["a.id", "a.at", "a.action", "a.subject", "a.details", "a.initiative_id as initiativeId"])
    .select("i.name as initiative")
    .select(["p.name", "p.email", "about.name as aboutName", "about.email as aboutEmail"])
    .$if(places !== "all", (query) => query.where("a.initiative_id", "in", places as string[]))
    .$if(feature !== null, (query) => query.where("a.action", "like", `${feature}.%`))
    .$if(who !== null, (query) =>
      query.where(sql<boolean>`strpos(lower(coalesce(p.name, '') || ' ' || p.email), lower(${who})) > 0`),
    )
    .$if(from !== null, (query) => query.where("a.at", ">=", dayBegins(from as string)))
    .$if(until !== null, (query) => query.where("a.at", "<", dayEnds(until as string)))
    .$if(before !== null, (query) => query.where("a.id", "<", before as number))
    .orderBy("a.id", "desc")
    .limit(perPage + 1)
    .execute();
  const last = rows.length > perPage ? rows[perPage - 1] : undefined;
  return { entries: rows.slice(0, perPage), next: last?.id ?? null };
}

export type AuditLine = Awaited<ReturnType<typeof listAudit>>["entries"][number];

/** What a person did, and what was done to them: for what they see of themselves. */
export const listAuditOf = (ctx: Ctx, personId: string) =>
  ctx.db
    .selectFrom("audit")
    .select(["at", "action", "subject", "details", "person_id", "about_person_id"])
    .where((eb) => eb.or([eb("person_id", "=", personId), eb("about_person_id", "=", personId)]))
    .orderBy("id", "desc")
    .limit(10_000)
    .execute();

export { type AuditFeature, auditActions, auditFeatures, isKnownAction } from "./actions.ts";
export { type AuditObject, objectIn, stillThere } from "./objects.ts";
