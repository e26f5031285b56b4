import { sql } from "kysely";
import { z } from "zod";
import { endedThrough } from "../newsletters/operations.ts";
import { defineJob, patientRetry } from "../platform/jobs.ts";
import { noteRefusal } from "../suppressions/operations.ts";
import { refusedAtServer } from "./ledger.ts";

/** How many rows are removed in one transaction. */
const batchSize = 20_000;

/** How long it stays known who got which edition, in years; the sums stay. */
const yearsKept = 1;

export const deliveryJobs = [
  defineJob({
    name: "deliveries.forget",
    data: z.object({}),
    cron: "41 3 * * *",
    run: async (ctx) => {
      const before = new Date(ctx.now());
      before.setUTCFullYear(before.getUTCFullYear() - yearsKept);
      const old = await ctx.db
        .selectFrom("editions")
        .select("id")
        // One that was stopped and never gone on with ends here, too.
        .where((eb) =>
          eb.or([
            eb("finished_at", "<", before),
            eb.and([eb("state", "=", "stopped"), eb("started_at", "<", before)]),
          ]),
        )
        .where("forgotten_at", "is", null)
        .execute();
      for (const { id } of old) {
        let removed = 0;
        do {
          const { numAffectedRows } = await sql`delete from deliveries where ctid = any(array(
            select ctid from deliveries where edition_id = ${id} limit ${batchSize}))`.execute(ctx.db);
          removed = Number(numAffectedRows ?? 0);
        } while (removed === batchSize);
        await ctx.db.deleteFrom("hard_answers").where("edition_id", "=", id).execute();
        await ctx.db.updateTable("editions").set({ forgotten_at: ctx.now() }).where("id", "=", id).execute();
      }
    },
  }),
  defineJob({
    ...endedThrough,
    run: async (ctx, { subscriptionId, deliveryId }) => {
      await ctx.db
        .updateTable("deliveries")
        .set({ unsubscribed_at: ctx.now() })
        .where("id", "=", deliveryId)
        .where("subscription_id", "=", subscriptionId)
        .where("unsubscribed_at", "is", null)
        .execute();
    },
  }),
  defineJob({
    ...refusedAtServer,
    retry: patientRetry,
    run: async (ctx, { refused }) => {
      for (const { id, code, server = null } of refused) await noteRefusal(ctx, id, code, { server });
    },
  }),
];
