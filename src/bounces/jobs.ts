import { z } from "zod";
import { defineJob } from "../platform/jobs.ts";
import { fetchMails } from "./fetching.ts";
import { markUnreadable, takeIn, takeInMail } from "./operations.ts";

/** Every three minutes: what is in the mailbox of bounces. A mailbox that cannot be read is for the next look. */
export const lookInMailbox = defineJob({
  name: "bounces.fetch",
  data: z.object({}),
  cron: "*/3 * * * *",
  retry: { retryLimit: 0 },
  run: fetchMails,
});

export const bounceJobs = [
  lookInMailbox,
  defineJob({
    ...takeInMail,
    retry: { retryLimit: 3, retryDelay: 30, retryBackoff: true },
    run: async (ctx, { id }) => {
      await takeIn(ctx, id);
    },
    onGivenUp: async (ctx, { id }) => {
      await markUnreadable(ctx, id);
    },
  }),
];
