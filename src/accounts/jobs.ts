import { z } from "zod";
import { findOpenCode, findPerson } from "../people/queries.ts";
import { defineJob, patientRetry } from "../platform/jobs.ts";
import { sendNewAddressCode, tellMoved } from "./account.ts";
import { sendInvitation } from "./invitations.ts";
import { invitationMail, movedMail, newAddressMail, signInMail } from "./mail.tsx";
import { findWorker, movementName } from "./queries.ts";
import { sendSignInCode } from "./sign-in.ts";
import { findInvitation } from "./team-queries.ts";

export const accountJobs = [
  defineJob({
    ...sendSignInCode,
    retry: patientRetry,
    concurrency: 4,
    run: async (ctx, { id }) => {
      const code = await findOpenCode(ctx, "sign-in", id);
      // Whoever has no role gets no mail: nobody's mailbox is filled with codes of a door they never asked for.
      if (code && (await findWorker(ctx, code.email))) await ctx.mailer.send(await signInMail(ctx, code));
    },
  }),
  defineJob({
    ...sendNewAddressCode,
    retry: patientRetry,
    concurrency: 2,
    run: async (ctx, { id }) => {
      const code = await findOpenCode(ctx, "new-address", id);
      if (!code) return;
      const inUse = (await findPerson(ctx, code.email)) !== undefined;
      await ctx.mailer.send(await newAddressMail(ctx, code, inUse));
    },
  }),
  defineJob({
    ...tellMoved,
    retry: patientRetry,
    run: async (ctx, moved) => {
      const siteName = await movementName(ctx, moved.language);
      await ctx.mailer.send(await movedMail(ctx, { ...moved, siteName }));
    },
  }),
  defineJob({
    ...sendInvitation,
    retry: patientRetry,
    concurrency: 2,
    run: async (ctx, { id }) => {
      const invitation = await findInvitation(ctx, id);
      if (invitation) await ctx.mailer.send(await invitationMail(ctx, invitation));
    },
  }),
  /** Every hour: what nobody can use any more. */
  defineJob({
    name: "accounts.forget",
    data: z.object({}),
    cron: "17 * * * *",
    run: async (ctx) => {
      const now = ctx.now();
      await ctx.db.deleteFrom("sessions").where("expires_at", "<=", now).execute();
      await ctx.db.deleteFrom("passkey_challenges").where("expires_at", "<=", now).execute();
      await ctx.db.deleteFrom("invitations").where("expires_at", "<=", now).execute();
    },
  }),
];
