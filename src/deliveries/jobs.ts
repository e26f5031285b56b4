import { endedThrough } from "../newsletters/operations.ts";
import { defineJob, patientRetry } from "../platform/jobs.ts";
import { noteRefusal } from "../suppressions/operations.ts";
import { refusedAtServer } from "./ledger.ts";

export const deliveryJobs = [
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
      for (const { id, code } of refused) await noteRefusal(ctx, id, code);
    },
  }),
];
