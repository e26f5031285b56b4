import { sql } from "kysely";
import { z } from "zod";
import { defineJob } from "../platform/jobs.ts";

/** How long personal data stays, in years (privacy page): tips, and subscriptions that ended. */
export const yearsKept = { tips: 2, endedSubscriptions: 2 };

/** Every night: removes tips and ended subscriptions that are old, and people of whom nothing is left. */
export const removeWhatIsOld = defineJob({
  name: "retention.remove",
  data: z.object({}),
  cron: "23 3 * * *",
  run: async (ctx) => {
    const before = (years: number) => {
      const date = new Date(ctx.now());
      date.setUTCFullYear(date.getUTCFullYear() - years);
      return date;
    };
    await ctx.db.deleteFrom("tips").where("confirmed_at", "<", before(yearsKept.tips)).execute();
    await ctx.db
      .deleteFrom("subscriptions")
      .where("ended_at", "<", before(yearsKept.endedSubscriptions))
      .execute();
    const { numDeletedRows } = await ctx.db
      .deleteFrom("people as p")
      .where(sql<boolean>`not exists (select from tips where person_id = p.id)`)
      .where(sql<boolean>`not exists (select from subscriptions where person_id = p.id)`)
      .where(sql<boolean>`not exists (select from signatures where person_id = p.id)`)
      .where(sql<boolean>`not exists (select from participations where person_id = p.id)`)
      .executeTakeFirst();
    ctx.log.info({ people: Number(numDeletedRows) }, "old personal data removed");
  },
});
