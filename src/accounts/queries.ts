import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";
import type { Language } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import { listSessions } from "./sessions.ts";

export { listWorkOf, type Work } from "./own.ts";

/** Who has this address (lower-case) and a role: their number, else null. */
export async function findWorker(ctx: Ctx, email: string): Promise<string | null> {
  const person = await ctx.db
    .selectFrom("people as p")
    .select("p.id")
    .where("p.email", "=", email)
    .where(sql<boolean>`exists (select from roles where person_id = p.id)`)
    .executeTakeFirst();
  return person?.id ?? null;
}

/** How many owners the movement has. */
export async function countOwners(ctx: Ctx): Promise<number> {
  const { count } = await ctx.db
    .selectFrom("roles")
    .select(({ fn }) => fn.countAll<string>().as("count"))
    .where("role", "=", "owner")
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Whether the movement has an owner. */
export const hasOwner = async (ctx: Ctx): Promise<boolean> => (await countOwners(ctx)) > 0;

/** The movement's name, for mails that no request stands behind. */
export async function movementName(ctx: Ctx, language: Language): Promise<string> {
  const movement = await ctx.db.selectFrom("movement").select("name").executeTakeFirst();
  return movement ? pick(movement.name, language).text : "Archipel";
}

/** A person's roles, with the names of the initiatives (null: the movement). */
export async function listRolesOf(ctx: Ctx, personId: string, language: Language) {
  const roles = await ctx.db
    .selectFrom("roles as r")
    .leftJoin("initiatives as i", "i.id", "r.initiative_id")
    .select(["r.id", "r.role", "r.initiative_id as initiativeId", "r.given_at as since", "i.name"])
    .where("r.person_id", "=", personId)
    .orderBy("r.given_at")
    .execute();
  return roles.map(({ name, ...role }) => ({ ...role, where: name && pick(name, language).text }));
}

/** A person's passkeys, the newest first. */
const listPasskeys = (ctx: Ctx, personId: string) =>
  ctx.db
    .selectFrom("passkeys")
    .select(["id", "name", "made_at", "used_at"])
    .where("person_id", "=", personId)
    .orderBy("made_at", "desc")
    .execute();

/** Whether somebody has a passkey, or an account of the organisation, to sign in with. */
export async function hasStrongMeans(ctx: Ctx, personId: string): Promise<boolean> {
  const found = await ctx.db
    .selectFrom("passkeys")
    .select("person_id")
    .where("person_id", "=", personId)
    .union(ctx.db.selectFrom("oidc_identities").select("person_id").where("person_id", "=", personId))
    .execute();
  return found.length > 0;
}

/** What somebody sees of their own account. */
export async function getAccount(ctx: Ctx, personId: string, language: Language) {
  const [person, sessions, roles, passkeys, hasMeans] = await Promise.all([
    ctx.db
      .selectFrom("people")
      .select(["name", "email", "language"])
      .where("id", "=", personId)
      .executeTakeFirstOrThrow(),
    listSessions(ctx, personId),
    listRolesOf(ctx, personId, language),
    listPasskeys(ctx, personId),
    hasStrongMeans(ctx, personId),
  ]);
  return { ...person, sessions, roles, passkeys, hasMeans };
}

export type Account = Awaited<ReturnType<typeof getAccount>>;
