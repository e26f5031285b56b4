import { randomBytes } from "node:crypto";
import { jsonArrayFrom } from "kysely/helpers/postgres";
import type { Ctx } from "../platform/context.ts";
import type { HeldRole } from "./policy.ts";
import type { SignInMethod } from "./table.ts";

const hour = 3_600_000;

/** How long a session lasts without being used, in milliseconds: two weeks. */
export const sessionLasts = 14 * 24 * hour;

/** How often is written down that a session is used, in milliseconds. */
const seenEvery = hour;

const hashOf = ({ keys }: Ctx, token: string) => keys.hash("desk-session", token);

/**
 * Opens a session and answers with its token, which goes into the cookie and nowhere else. It is always a new one:
 * a token that was there before (`before`) never opens anything, and its session ends (session fixation).
 */
export async function openSession(
  ctx: Ctx,
  session: { personId: string; method: SignInMethod; device: string | null; before: string | null },
): Promise<string> {
  const now = ctx.now();
  if (session.before) await closeSession(ctx, session.before);
  const token = randomBytes(32).toString("base64url");
  await ctx.db
    .insertInto("sessions")
    .values({
      token_hash: hashOf(ctx, token),
      person_id: session.personId,
      method: session.method,
      device: session.device,
      ...{ made_at: now, seen_at: now, expires_at: new Date(now.getTime() + sessionLasts) },
    })
    .execute();
  return token;
}

/** Ends the session of a token. */
export async function closeSession(ctx: Ctx, token: string): Promise<void> {
  await ctx.db.deleteFrom("sessions").where("token_hash", "=", hashOf(ctx, token)).execute();
}

/** Ends a person's sessions, except the one with this id. A change of address or role does this to the others. */
export async function closeSessionsOf(ctx: Ctx, personId: string, except: string | null): Promise<void> {
  await ctx.db
    .deleteFrom("sessions")
    .where("person_id", "=", personId)
    .$if(except !== null, (query) => query.where("id", "!=", except))
    .execute();
}

/** A person's sessions, the one used last first. */
export const listSessions = (ctx: Ctx, personId: string) =>
  ctx.db
    .selectFrom("sessions")
    .select(["id", "device", "method", "made_at", "seen_at", "expires_at"])
    .where("person_id", "=", personId)
    .where("expires_at", ">", ctx.now())
    .orderBy("seen_at", "desc")
    .orderBy("made_at", "desc")
    .execute();

/** Ends one of a person's own sessions. */
export async function closeOwnSession(ctx: Ctx, personId: string, id: string): Promise<void> {
  await ctx.db.deleteFrom("sessions").where("person_id", "=", personId).where("id", "=", id).execute();
}

/** Somebody who works here, as a request sees them. */
export type SignedIn = {
  id: string;
  email: string;
  name: string | null;
  roles: HeldRole[];
  sessionId: string;
  method: SignInMethod;
};

/** Who works with this token; null when its session is over, or when they have no role any more. */
export async function findSignedIn(ctx: Ctx, token: string): Promise<SignedIn | null> {
  const now = ctx.now();
  const found = await ctx.db
    .selectFrom("sessions as s")
    .innerJoin("people as p", "p.id", "s.person_id")
    .select(["p.id", "p.email", "p.name", "s.id as sessionId", "s.method", "s.seen_at as seenAt"])
    .select((eb) =>
      jsonArrayFrom(
        eb
          .selectFrom("roles")
          .select(["role", "initiative_id as initiativeId"])
          .whereRef("roles.person_id", "=", "p.id")
          .orderBy("roles.given_at"),
      ).as("roles"),
    )
    .where("s.token_hash", "=", hashOf(ctx, token))
    .where("s.expires_at", ">", now)
    .executeTakeFirst();
  if (!found || found.roles.length === 0) return null;
  const { seenAt, ...person } = found;
  if (now.getTime() - seenAt.getTime() > seenEvery)
    await ctx.db
      .updateTable("sessions")
      .set({ seen_at: now, expires_at: new Date(now.getTime() + sessionLasts) })
      .where("id", "=", person.sessionId)
      .execute();
  return person;
}
