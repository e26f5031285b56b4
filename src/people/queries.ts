export { findOpenCode, type OpenCode } from "./codes.ts";

import type { Ctx } from "../platform/context.ts";

/** What a person told after signing. */
export const getProfile = (ctx: Ctx, personId: string) =>
  ctx.db
    .selectFrom("profiles")
    .select(["themes", "works_on", "offers", "changed_at"])
    .where("person_id", "=", personId)
    .executeTakeFirst();

/** A person by id. */
export const getPerson = (ctx: Ctx, id: string) =>
  ctx.db.selectFrom("people").selectAll().where("id", "=", id).executeTakeFirst();

/** Whose address it is (lower-case). */
export const findPerson = (ctx: Ctx, email: string) =>
  ctx.db.selectFrom("people").select("id").where("email", "=", email).executeTakeFirst();

/** A person's consents with their proof, newest first. */
export const listConsents = (ctx: Ctx, personId: string) =>
  ctx.db
    .selectFrom("consents")
    .selectAll()
    .where("person_id", "=", personId)
    .orderBy("confirmed_at", "desc")
    .execute();
