import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";
import { cutPage, type Place } from "../platform/keyset.ts";

export { getFigures, roundedDown } from "./count.ts";

const day = 86_400_000;

const signatures = (ctx: Ctx) =>
  ctx.db
    .selectFrom("signatures as s")
    .innerJoin("people as p", "p.id", "s.person_id")
    .leftJoin("organisations as o", "o.id", "s.organisation_id")
    .select(["s.id", "s.appearance", "s.name", "s.role", "s.place", "o.name as organisation"])
    .select(["s.manifesto_version", "s.motivation", "s.motivation_state", "s.signed_at", "s.confirmed_at"])
    .select(["s.invite_code", "s.invite_shows_name", "p.email", "p.language"])
    .select(sql<string[]>`tsvector_to_array(s.search)`.as("words"));

/** The signature of a person, by id or by address. */
export const findSignatureOf = (ctx: Ctx, who: { personId: string } | { email: string }) =>
  signatures(ctx)
    .where(({ eb }) =>
      "email" in who ? eb("p.email", "=", who.email) : eb("s.person_id", "=", who.personId),
    )
    .executeTakeFirst();

/** A signature by its own id. */
export const getSignature = (ctx: Ctx, id: string) =>
  signatures(ctx).where("s.id", "=", id).executeTakeFirst();

export type Signature = NonNullable<Awaited<ReturnType<typeof getSignature>>>;

/** What a signer's own page shows beside the signature: the principles chosen, and how many signed through them. */
export async function getSignersOwn(ctx: Ctx, signatureId: string) {
  const principles = await ctx.db
    .selectFrom("signature_principles")
    .select("principle")
    .where("signature_id", "=", signatureId)
    .orderBy("principle")
    .execute();
  const { invited } = await ctx.db
    .selectFrom("signatures")
    .select(({ fn }) => fn.countAll<number>().as("invited"))
    .where("invited_by", "=", signatureId)
    .executeTakeFirstOrThrow();
  const { batch, invited_by } = await ctx.db
    .selectFrom("signatures")
    .select(["batch", "invited_by"])
    .where("id", "=", signatureId)
    .executeTakeFirstOrThrow();
  const wasInvited = invited_by !== null;
  return { principles: principles.map(({ principle }) => principle), invited, wasInvited, batch };
}

/** An invitation by its code; the name of who invites only where they agreed to that. */
export async function getInvitation(ctx: Ctx, code: string) {
  const row = await ctx.db
    .selectFrom("signatures")
    .select(["name", "invite_shows_name"])
    .where("invite_code", "=", code)
    .executeTakeFirst();
  return row ? { code, name: row.invite_shows_name ? row.name : null } : null;
}

export type Invitation = NonNullable<Awaited<ReturnType<typeof getInvitation>>>;

const suggestions = 8;

/** Names of organisations that somebody shows in public and that have words beginning like `typed`, or look like it. */
export async function suggestOrganisations(ctx: Ctx, typed: string): Promise<string[]> {
  if (typed.length < 2 || typed.length > 100) return [];
  const plain = sql<string>`plain_text(${typed})`;
  const begins = sql<string>`replace(replace(replace(${plain}, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%'`;
  const rows = await ctx.db
    .selectFrom("organisations as o")
    .select("o.name")
    .where(({ or, eb }) =>
      or([
        eb("o.plain_name", "like", begins),
        eb("o.plain_name", "like", sql<string>`'% ' || ${begins}`),
        sql<boolean>`o.plain_name % ${plain}`,
      ]),
    )
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom("signatures as s")
          .select("s.id")
          .whereRef("s.organisation_id", "=", "o.id")
          .where("s.appearance", "!=", "counted"),
      ),
    )
    .orderBy(sql`o.plain_name like ${begins}`, "desc")
    .orderBy(sql`similarity(o.plain_name, ${plain})`, "desc")
    .orderBy("o.plain_name")
    .limit(suggestions)
    .execute();
  return rows.map(({ name }) => name);
}

const perPage = 30;

/** Motivations that wait for a moderator: one page, oldest first. */
export async function listWaitingMotivations(ctx: Ctx, after: Place | null = null) {
  const rows = await ctx.db
    .selectFrom("signatures")
    .select(["id", "name", "motivation", "confirmed_at as at"])
    .where("motivation_state", "=", "waiting")
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(confirmed_at, id) > (${after?.at}, ${after?.id}::uuid)`),
    )
    .orderBy("confirmed_at")
    .orderBy("id")
    .limit(perPage + 1)
    .execute();
  return cutPage(rows, perPage);
}

export type WaitingMotivation = Awaited<ReturnType<typeof listWaitingMotivations>>["rows"][number];

export async function countWaitingMotivations(ctx: Ctx): Promise<number> {
  const { count } = await ctx.db
    .selectFrom("signatures")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("motivation_state", "=", "waiting")
    .executeTakeFirstOrThrow();
  return count;
}

/** How many signatures came in each batch of the past `days` days, largest first: signed then, or read in from a file. */
export const listBatches = (ctx: Ctx, days: number) => {
  const from = new Date(ctx.now().getTime() - days * day);
  return ctx.db
    .selectFrom("signatures")
    .select(["batch"])
    .select(({ fn }) => [
      fn.countAll<number>().as("count"),
      fn.min("confirmed_at").as("first"),
      fn.max("confirmed_at").as("last"),
    ])
    .where((eb) =>
      eb.or([
        eb("confirmed_at", ">", from),
        eb("batch", "in", eb.selectFrom("imports").select("id").where("made_at", ">", from)),
      ]),
    )
    .groupBy("batch")
    .orderBy("count", "desc")
    .limit(50)
    .execute();
};

/** Who signed in one batch, the first hundred. */
export const listBatch = (ctx: Ctx, batch: string) =>
  ctx.db
    .selectFrom("signatures as s")
    .leftJoin("organisations as o", "o.id", "s.organisation_id")
    .select(["s.name", "o.name as organisation", "s.confirmed_at"])
    .where("s.batch", "=", batch)
    .orderBy("s.number")
    .limit(100)
    .execute();

/** How many signatures one batch holds. */
export async function countBatch(ctx: Ctx, batch: string): Promise<number> {
  const { count } = await ctx.db
    .selectFrom("signatures")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("batch", "=", batch)
    .executeTakeFirstOrThrow();
  return count;
}

/** Who the movement is in its mails, and the address where its moderator reads. */
export async function getMovementMail(ctx: Ctx) {
  const movement = await ctx.db.selectFrom("movement").select(["name", "contact_email"]).executeTakeFirst();
  return movement && { name: movement.name, email: movement.contact_email ?? ctx.config.mail.from };
}
