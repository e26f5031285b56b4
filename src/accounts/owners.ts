import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";

/** Owners come and go one at a time, until the end of the transaction: so that one is always left. */
export const lockOwners = (ctx: Ctx) =>
  sql`select pg_advisory_xact_lock(hashtextextended('accounts.owners', 0))`.execute(ctx.db);

/** Whether the movement would be without an owner when this person goes; nothing changes it until the transaction ends. */
export async function isOnlyOwner(ctx: Ctx, personId: string): Promise<boolean> {
  await lockOwners(ctx);
  const owners = await ctx.db.selectFrom("roles").select("person_id").where("role", "=", "owner").execute();
  return owners.length === 1 && owners[0]!.person_id === personId;
}
