import { z } from "zod";
import { defineJob, patientRetry } from "../platform/jobs.ts";
import { moderationMail, thanksMail } from "./mail.tsx";
import { askModerator, markMilestones, sendThanks } from "./operations.ts";
import { getMovementMail, getSignature } from "./queries.ts";

/** Every minute: looks whether a milestone was reached. */
export const lookForMilestones = defineJob({
  name: "signatures.milestones",
  data: z.object({}),
  cron: "* * * * *",
  run: async (ctx) => {
    const reached = await markMilestones(ctx);
    if (reached.length > 0) ctx.log.info({ reached }, "milestones of the manifesto");
  },
});

/** Forgets which network had which batch: with the half hour until the next run, within a day. */
export const forgetNetworks = defineJob({
  name: "signatures.forget-networks",
  data: z.object({}),
  cron: "*/30 * * * *",
  run: async (ctx) => {
    const before = new Date(ctx.now().getTime() - 23 * 3_600_000);
    await ctx.db.deleteFrom("signature_batches").where("made_at", "<=", before).execute();
  },
});

export const signatureJobs = [
  defineJob({
    ...sendThanks,
    retry: patientRetry,
    concurrency: 4,
    run: async (ctx, { id }) => {
      const [signature, movement] = [await getSignature(ctx, id), await getMovementMail(ctx)];
      if (signature && movement) await ctx.mailer.send(await thanksMail(ctx, signature, movement));
    },
  }),
  defineJob({
    ...askModerator,
    retry: patientRetry,
    run: async (ctx, { id }) => {
      const [signature, movement] = [await getSignature(ctx, id), await getMovementMail(ctx)];
      if (signature?.motivation_state !== "waiting" || !movement) return;
      await ctx.mailer.send(await moderationMail(ctx, signature, movement));
    },
  }),
  lookForMilestones,
  forgetNetworks,
];
