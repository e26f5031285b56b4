import { sql } from "kysely";
import { listConsents } from "../people/queries.ts";
import type { Ctx } from "../platform/context.ts";

/** Of which initiative a subscription's newsletter is: its id, null for the movement's, undefined when there is none. */
export async function placeOfSubscription(ctx: Ctx, id: string): Promise<string | null | undefined> {
  const row = await ctx.db
    .selectFrom("subscriptions as s")
    .innerJoin("newsletters as n", "n.id", "s.newsletter_id")
    .select("n.initiative_id")
    .where("s.id", "=", id)
    .executeTakeFirst();
  return row?.initiative_id;
}

/** A subscription with its person and the proof of consent. */
export async function getSubscriber(ctx: Ctx, id: string) {
  const row = await ctx.db
    .selectFrom("subscriptions as s")
    .innerJoin("people as p", "p.id", "s.person_id")
    .innerJoin("newsletters as n", "n.id", "s.newsletter_id")
    .select(["s.id", "s.person_id", "s.newsletter_id", "s.language", "s.since", "s.ended_at"])
    .select(["p.email", "p.name", "n.name as newsletter"])
    .leftJoin("suppressions as x", "x.address", "p.email")
    .select(sql<boolean>`x.address is not null`.as("silent"))
    .where("s.id", "=", id)
    .executeTakeFirst();
  if (!row) return null;
  const consents = await listConsents(ctx, row.person_id);
  return {
    ...row,
    consents: consents.filter(({ purpose }) => purpose === `newsletter:${row.newsletter_id}`),
  };
}

export type SubscriberAtWork = NonNullable<Awaited<ReturnType<typeof getSubscriber>>>;

/** A signature with its person. */
export const getSignerAtWork = (ctx: Ctx, id: string) =>
  ctx.db
    .selectFrom("signatures as s")
    .innerJoin("people as p", "p.id", "s.person_id")
    .leftJoin("organisations as o", "o.id", "s.organisation_id")
    .select([
      "s.id",
      "s.number",
      "s.person_id",
      "s.name",
      "s.role",
      "s.place",
      "s.appearance",
      "s.motivation",
    ])
    .select(["s.manifesto_version", "s.signed_at", "s.confirmed_at", "o.name as organisation", "p.email"])
    .where("s.id", "=", id)
    .executeTakeFirst();

export type SignerAtWork = NonNullable<Awaited<ReturnType<typeof getSignerAtWork>>>;

export const getPersonsEmail = (ctx: Ctx, id: string) =>
  ctx.db.selectFrom("people").select(["email", "name"]).where("id", "=", id).executeTakeFirst();

export { newslettersOf } from "./subscribers.ts";
