import { sql } from "kysely";
import { z } from "zod";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { defineJob } from "../platform/jobs.ts";
import { workOnImport } from "./operations.ts";
import { workOn } from "./work.ts";

/** Longer than this one job does not work; another goes on (the queue takes a job for dead after five minutes). */
const longestJob = 60_000;
/** An import at which nobody worked for so long was left by a process that is gone. */
const leftAfter = 45_000;
/** How long the rows of a file are kept, in milliseconds: a week. */
const keptFor = 7 * 86_400_000;

/** Does an import, batch by batch. */
export const work = defineJob({
  ...workOnImport,
  concurrency: 1,
  // Some ten minutes: a database that is started anew is back by then.
  retry: { retryLimit: 6, retryDelay: 10, retryBackoff: true, retryDelayMax: 300 },
  run: async (ctx, { id }) => {
    const end = performance.now() + longestJob;
    let more = true;
    while (more && performance.now() < end) more = await workOn(ctx, id);
    if (more) await ctx.jobs.enqueue(workOnImport, { id });
  },
  onGivenUp: async (ctx, { id }) => {
    await ctx.db
      .updateTable("imports")
      .set({ state: "failed" })
      .where("id", "=", id)
      .where("state", "in", ["checking", "running"])
      .execute();
  },
});

/** Every minute: takes up what a killed process left. */
const takeUp = defineJob({
  name: "imports.take-up",
  data: z.object({}),
  cron: "* * * * *",
  run: async (ctx) => {
    const left = await ctx.db
      .selectFrom("imports")
      .select("id")
      .where("state", "in", ["checking", "running"])
      .where("worked_at", "<", new Date(ctx.now().getTime() - leftAfter))
      .execute();
    for (const { id } of left) await ctx.jobs.enqueue(workOnImport, { id });
  },
});

/** Every hour: removes the rows of files that are a week old. */
export const forget = defineJob({
  name: "imports.forget",
  data: z.object({}),
  cron: "41 * * * *",
  run: async (ctx) => {
    const old = await ctx.db
      .selectFrom("imports")
      .select("id")
      .where("cleared_at", "is", null)
      .where("made_at", "<", new Date(ctx.now().getTime() - keptFor))
      .execute();
    for (const { id } of old) await clear(ctx, id);
  },
});

/** Both or neither: whoever is killed half-way leaves no rows of which nobody knows that they are still here. */
const clear = (ctx: Ctx, id: string): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    await ctx.db
      .updateTable("imports")
      .set({
        cleared_at: ctx.now(),
        state: sql<"done" | "failed">`case when state = 'done' then 'done' else 'failed' end`,
      })
      .where("id", "=", id)
      .execute();
    await ctx.db.deleteFrom("import_rows").where("import_id", "=", id).execute();
  });

export const importJobs = [work, takeUp, forget];
