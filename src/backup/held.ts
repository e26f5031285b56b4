import type { Tables } from "../database.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import type { Db } from "../platform/database.ts";
import type { JobDefinition, Jobs } from "../platform/jobs.ts";

/** Takes work as the queue does, and keeps it until an operator lets it go. */
export const heldJobs = (db: Db<Tables>): Jobs => ({
  enqueue: async (job, data, { after } = {}) => {
    await db
      .insertInto("held_jobs")
      .values({
        name: job.name,
        data: JSON.stringify(job.data.parse(data)),
        start_after: after ?? new Date(0),
      })
      .execute();
  },
  within: (trx) => heldJobs(trx as Db<Tables>),
});

/** How many are held, by kind. */
export const listHeld = (ctx: Ctx) =>
  ctx.db
    .selectFrom("held_jobs")
    .select(["name", ({ fn }) => fn.countAll<number>().as("count")])
    .groupBy("name")
    .orderBy("name")
    .execute();

/** Puts what is held on the queue, all of it or nothing. Kinds of work that the program no longer knows are dropped. */
export const releaseHeld = (ctx: Ctx, definitions: JobDefinition[]): Promise<number> =>
  inTransaction(ctx, async (ctx) => {
    const held = await ctx.db.deleteFrom("held_jobs").returning(["name", "data", "start_after"]).execute();
    let released = 0;
    for (const { name, data, start_after } of held) {
      const job = definitions.find((one) => one.name === name);
      if (!job) continue;
      await ctx.jobs.enqueue(job, data, { after: start_after });
      released++;
    }
    return released;
  });

/** Drops what is held: it went out after the backup, or should not any more. */
export async function dropHeld(ctx: Ctx): Promise<number> {
  const { numDeletedRows } = await ctx.db.deleteFrom("held_jobs").executeTakeFirst();
  return Number(numDeletedRows);
}
