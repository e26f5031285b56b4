import { type SqlBool, sql } from "kysely";
import type { Ctx } from "../platform/context.ts";
import type { Localized } from "../platform/localized.ts";

/** The newsletter of the island with this slug, or the movement's own (null), with what its page needs. */
export const getNewsletter = (ctx: Ctx, slug: string | null) =>
  ctx.db
    .selectFrom("newsletters as n")
    .leftJoin("initiatives as i", "i.id", "n.initiative_id")
    .select(["n.id", "n.name", "n.description", "i.slug", "i.host", "i.name as initiative"])
    .where("i.slug", slug === null ? "is" : "=", slug)
    .$if(slug !== null, (query) => query.where("i.published_at", "is not", null))
    .executeTakeFirst();

export type Newsletter = NonNullable<Awaited<ReturnType<typeof getNewsletter>>>;

/** A newsletter by its id. */
export const getNewsletterById = (ctx: Ctx, id: string) =>
  ctx.db.selectFrom("newsletters").select(["id", "name"]).where("id", "=", id).executeTakeFirst();

/** A subscription with what its mails and its unsubscribe page need. */
export const getSubscription = (ctx: Ctx, id: string) =>
  ctx.db
    .selectFrom("subscriptions as s")
    .innerJoin("newsletters as n", "n.id", "s.newsletter_id")
    .innerJoin("people as p", "p.id", "s.person_id")
    .leftJoin("initiatives as i", "i.id", "n.initiative_id")
    .select(["s.id", "s.language", "s.since", "s.ended_at", "n.name as newsletter", "p.email", "p.name"])
    .select(["s.newsletter_id", "n.welcome"])
    .select(["i.slug", "i.host", "i.name as initiative"])
    .where("s.id", "=", id)
    .executeTakeFirst();

export type Subscription = NonNullable<Awaited<ReturnType<typeof getSubscription>>>;

/** A person's subscriptions, active and ended, newest first. */
export const listSubscriptionsOf = (ctx: Ctx, personId: string) =>
  ctx.db
    .selectFrom("subscriptions as s")
    .innerJoin("newsletters as n", "n.id", "s.newsletter_id")
    .select(["s.id", "s.newsletter_id", "s.language", "s.since", "s.ended_at", "n.name as newsletter"])
    .select(["s.paused_until", "s.kept_from"])
    .where("s.person_id", "=", personId)
    .orderBy("s.since", "desc")
    .execute();

/** Every newsletter that somebody gets or can get, the movement's first: with their subscription where it is active. */
export async function listPreferences(ctx: Ctx, personId: string) {
  const rows = await ctx.db
    .selectFrom("newsletters as n")
    .leftJoin("initiatives as i", "i.id", "n.initiative_id")
    .leftJoin("subscriptions as s", (join) =>
      join
        .onRef("s.newsletter_id", "=", "n.id")
        .on("s.person_id", "=", personId)
        .on("s.ended_at", "is", null),
    )
    .select(["n.id", "n.name", "n.description", "s.language", "s.paused_until as pausedUntil"])
    .select((eb) => eb("s.id", "is not", null).as("active"))
    .where((eb) =>
      eb.or([
        eb("n.initiative_id", "is", null),
        eb("i.published_at", "is not", null),
        eb("s.id", "is not", null),
      ]),
    )
    .orderBy((eb) => eb("n.initiative_id", "is not", null))
    .orderBy("i.slug")
    .execute();
  return rows.map((row) => ({ ...row, active: Boolean(row.active) }));
}

export type Preference = Awaited<ReturnType<typeof listPreferences>>[number];

/** The names of newsletters by their ids. */
export async function getNewsletterNames(ctx: Ctx): Promise<Map<string, Localized>> {
  const rows = await ctx.db.selectFrom("newsletters").select(["id", "name"]).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Whether only an import says that a person is on a newsletter: somebody else's word, which a later one may end. */
export const onlyImported = (person: string, newsletterId: string | null) => sql<boolean>`coalesce((
  select bool_and(c.text_version = 'import') from consents as c
  where c.person_id = ${sql.ref(person)} and c.purpose = ${`newsletter:${newsletterId}`}), false)`;

/** The active subscription of an address to a newsletter. */
export const findActiveSubscription = (ctx: Ctx, newsletterId: string, email: string) =>
  ctx.db
    .selectFrom("subscriptions as s")
    .innerJoin("people as p", "p.id", "s.person_id")
    .innerJoin("newsletters as n", "n.id", "s.newsletter_id")
    .select([
      "s.id",
      "s.paused_until",
      "n.name as newsletter",
      onlyImported("p.id", newsletterId).as("imported"),
    ])
    .where("p.email", "=", email)
    .where("s.newsletter_id", "=", newsletterId)
    .where("s.ended_at", "is", null)
    .executeTakeFirst();

/**
 * Whether an edition (e) is on the web: from the moment that its sending began, unless it was cancelled before any of it
 * went. Whether a mail may have gone is read from the sums, which stay when the rows per recipient are removed.
 */
export const isEditionOut = sql<SqlBool>`e.started_at is not null and e.content is not null
  and (e.state <> 'cancelled' or exists (select from delivery_tallies as t
    where t.edition_id = e.id and t.what in ('sent', 'bounced', 'uncertain', 'unanswered')
    group by t.what having sum(t.change) > 0))`;

/** The newest edition of a newsletter that is on the web. */
export const findNewestEdition = (ctx: Ctx, newsletterId: string) =>
  ctx.db
    .selectFrom("editions as e")
    .select(["e.slug", "e.title"])
    .where("e.newsletter_id", "=", newsletterId)
    .where(isEditionOut)
    .orderBy("e.started_at", "desc")
    .orderBy("e.id", "desc")
    .executeTakeFirst();
