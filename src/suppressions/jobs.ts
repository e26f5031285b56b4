import { z } from "zod";
import { defineJob, patientRetry } from "../platform/jobs.ts";
import { tellHeld } from "./fuse.ts";
import { lookAtHolds } from "./holds.ts";
import { heldMail } from "./mail.ts";
import { findHold, listOwners } from "./queries.ts";

/** Every ten minutes: providers that are held and whose sample is due, or in. */
export const lookAtHeldProviders = defineJob({
  name: "suppressions.look-at-holds",
  data: z.object({}),
  cron: "*/10 * * * *",
  retry: { retryLimit: 0 },
  run: lookAtHolds,
});

export const suppressionJobs = [
  lookAtHeldProviders,
  defineJob({
    ...tellHeld,
    retry: patientRetry,
    run: async (ctx, { id }) => {
      const hold = await findHold(ctx, id);
      if (!hold || hold.opened_at) return;
      for (const owner of await listOwners(ctx)) await ctx.mailer.send(await heldMail(ctx, hold, owner));
    },
  }),
];
