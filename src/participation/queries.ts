import { sql } from "kysely";
import { getProfile } from "../people/queries.ts";
import type { Ctx } from "../platform/context.ts";
import { amsterdamDay } from "../platform/i18n.ts";
import type { Localized } from "../platform/localized.ts";
import { matchInitiatives } from "./matching.ts";
import type { HelpKind } from "./table.ts";

export type HelpFilter = { kind: HelpKind | null; theme: string | null };

/** Help wanted "until" a day is wanted on that day too. */
const wantedNow = (ctx: Ctx) =>
  ctx.db
    .selectFrom("help_wanted as h")
    .innerJoin("initiatives as i", "i.id", "h.initiative_id")
    .where("i.published_at", "is not", null)
    .where((eb) => eb.or([eb("h.until", "is", null), eb("h.until", ">=", amsterdamDay(ctx.now()))]));

/** All help wanted now, the movement's order of initiatives first. */
export async function listHelpWanted(ctx: Ctx, filter: HelpFilter = { kind: null, theme: null }) {
  return wantedNow(ctx)
    .select(["h.id", "h.kind", "h.text", "h.until"])
    .select(["i.id as initiativeId", "i.slug", "i.host", "i.name", "i.tagline"])
    .$if(filter.kind !== null, (query) => query.where("h.kind", "=", filter.kind as HelpKind))
    .$if(filter.theme !== null, (query) =>
      query.where("i.id", "in", (eb) =>
        eb
          .selectFrom("initiative_themes")
          .select("initiative_id")
          .where("theme", "=", filter.theme as string),
      ),
    )
    .orderBy("i.position")
    .orderBy("i.slug")
    .orderBy("h.position")
    .execute();
}

export type HelpWanted = Awaited<ReturnType<typeof listHelpWanted>>[number];

/** The help that one initiative wants now. */
export const listHelpWantedBy = (ctx: Ctx, initiativeId: string) =>
  wantedNow(ctx)
    .select(["h.id", "h.kind", "h.text", "h.until"])
    .where("i.id", "=", initiativeId)
    .orderBy("h.position")
    .execute();

/** The initiatives that want help now: whom one can offer to work along. */
export const listAskingInitiatives = (ctx: Ctx) =>
  wantedNow(ctx)
    .select(["i.id", "i.slug", "i.host", "i.name", "i.tagline", "i.position"])
    .distinct()
    .orderBy("i.position")
    .orderBy("i.slug")
    .execute();

export type AskingInitiative = Awaited<ReturnType<typeof listAskingInitiatives>>[number];

/** What the page can be filtered by: the kinds and themes of the help wanted now. */
export async function listHelpFilters(ctx: Ctx) {
  const [kinds, themes] = await Promise.all([
    wantedNow(ctx).select("h.kind").distinct().execute(),
    wantedNow(ctx)
      .innerJoin("initiative_themes as it", "it.initiative_id", "i.id")
      .innerJoin("themes as t", "t.slug", "it.theme")
      .select(["t.slug", "t.name", "t.position"])
      .distinct()
      .orderBy("t.position")
      .execute(),
  ]);
  return { kinds: kinds.map(({ kind }) => kind), themes };
}

/** From how many answers on the median says something. */
const answersNeeded = 5;

/** The median number of days until an initiative answers, by its id, for those with at least five answers. */
export async function medianDaysToAnswer(ctx: Ctx): Promise<Map<string, number>> {
  const days = sql<number>`percentile_cont(0.5) within group
    (order by extract(epoch from answered_at - offered_at) / 86400)`;
  const rows = await ctx.db
    .selectFrom("participations")
    .select(["initiative_id", days.as("days")])
    .where("answered_at", "is not", null)
    .groupBy("initiative_id")
    .having((eb) => eb.fn.countAll<number>(), ">=", answersNeeded)
    .execute();
  return new Map(rows.map((row) => [row.initiative_id, Number(row.days)]));
}

/** An offer with the person and the initiative, for mails and the team's pages. */
export const getOffer = (ctx: Ctx, id: string) =>
  ctx.db
    .selectFrom("participations as o")
    .innerJoin("initiatives as i", "i.id", "o.initiative_id")
    .innerJoin("people as p", "p.id", "o.person_id")
    .selectAll("o")
    .select(["p.email", "p.language"])
    .select(["i.slug", "i.host", "i.name as initiative", "i.contact_email"])
    .where("o.id", "=", id)
    .executeTakeFirst();

export type Offer = NonNullable<Awaited<ReturnType<typeof getOffer>>>;

/** The open offer of an address to an initiative. */
export const findOpenOffer = (ctx: Ctx, initiativeId: string, email: string) =>
  ctx.db
    .selectFrom("participations as o")
    .innerJoin("people as p", "p.id", "o.person_id")
    .select("o.id")
    .where("p.email", "=", email)
    .where("o.initiative_id", "=", initiativeId)
    .where("o.answered_at", "is", null)
    .where("o.withdrawn_at", "is", null)
    .executeTakeFirst();

/** Everything a person offered, newest first. */
export const listOffersOf = (ctx: Ctx, personId: string) =>
  ctx.db
    .selectFrom("participations as o")
    .innerJoin("initiatives as i", "i.id", "o.initiative_id")
    .selectAll("o")
    .select(["i.slug", "i.host", "i.name as initiative"])
    .where("o.person_id", "=", personId)
    .orderBy("o.offered_at", "desc")
    .execute();

/** The names of the themes by their slugs. */
export async function getThemeNames(ctx: Ctx): Promise<Map<string, Localized>> {
  const rows = await ctx.db.selectFrom("themes").select(["slug", "name"]).execute();
  return new Map(rows.map(({ slug, name }) => [slug, name]));
}

/** An initiative's name, for the words of an act, and its team's address. */
export const getInitiativeName = (ctx: Ctx, id: string) =>
  ctx.db.selectFrom("initiatives").select(["name", "contact_email"]).where("id", "=", id).executeTakeFirst();

/** The movement's own address and name: where offers go that nobody else hears. */
export async function getMovementContact(ctx: Ctx) {
  const movement = await ctx.db.selectFrom("movement").select(["name", "contact_email"]).executeTakeFirst();
  return { name: movement?.name ?? { nl: "" }, email: movement?.contact_email ?? ctx.config.mail.from };
}

/** What the page after signing shows: the questions, what was told, and who fits (null: nothing told yet). */
export async function getAfterSigning(ctx: Ctx, personId: string) {
  const [themes, profile, help] = await Promise.all([
    ctx.db.selectFrom("themes").select(["slug", "name"]).orderBy("position").execute(),
    getProfile(ctx, personId),
    listHelpWanted(ctx),
  ]);
  const told = profile && { themes: profile.themes, words: `${profile.works_on} ${profile.offers}` };
  return { themes, profile: profile ?? null, matches: told ? await matchInitiatives(ctx, told, help) : null };
}

export { countOpenOffers, listOpenOffers } from "./desk-queries.ts";
