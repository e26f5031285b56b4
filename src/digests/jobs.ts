import { z } from "zod";
import { defineJob } from "../platform/jobs.ts";
import { makeDigests } from "./operations.ts";

/** Every hour, not only when a period ends: who stood still on Monday morning makes up for it. */
export const lookForDueDigests = defineJob({
  name: "digests.make",
  data: z.object({}),
  cron: "0 * * * *",
  run: (ctx) => makeDigests(ctx),
});
