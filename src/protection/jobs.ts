import { z } from "zod";
import { defineJob } from "../platform/jobs.ts";

/** Forgets counts whose window is over: with the longest window of 23 hours, nothing stays more than a day. */
export const forgetLimits = defineJob({
  name: "protection.forget-limits",
  data: z.object({}),
  cron: "*/30 * * * *",
  run: async (ctx) => {
    await ctx.db.deleteFrom("limits").where("expire", "<=", ctx.now().getTime()).execute();
  },
});
