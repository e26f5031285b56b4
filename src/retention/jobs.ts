import { sql } from "kysely";
import { z } from "zod";
import { defineJob } from "../platform/jobs.ts";
import { forgetOldSuppressions } from "../suppressions/operations.ts";

/** How long personal data stays, in years (privacy page): tips, subscriptions that ended, offers that are settled. */
const yearsKept = { tips: 2, endedSubscriptions: 2, offers: 2, proposals: 2, audit: 1 };

/** Mails that came back, in milliseconds: thirty days. */
const inboundMailsKept = 30 * 86_400_000;

/**
 * Every night: removes tips, ended subscriptions (with their consent) and offers that are old, and people of whom
 * nothing is left. Codes and visits of /mijn go sooner, in a job of their own.
 */
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
    await ctx.db
      .deleteFrom("consents as c")
      .where("purpose", "like", "newsletter:%")
      .where(
        sql<boolean>`not exists (select from subscriptions as s
          where s.person_id = c.person_id and 'newsletter:' || s.newsletter_id = c.purpose)`,
      )
      .execute();
    // An offer that nobody answered is over with its links, a month after it was made.
    await ctx.db
      .deleteFrom("participations")
      .where(
        ({ fn }) => fn.coalesce("withdrawn_at", "answered_at", "offered_at"),
        "<",
        before(yearsKept.offers),
      )
      .execute();
    await ctx.db
      .deleteFrom("proposals")
      .where(({ fn }) => fn.coalesce("decided_at", "proposed_at"), "<", before(yearsKept.proposals))
      .execute();
    await ctx.db.deleteFrom("audit").where("at", "<", before(yearsKept.audit)).execute();
    const { numDeletedRows } = await ctx.db
      .deleteFrom("people as p")
      .where(sql<boolean>`not exists (select from tips where person_id = p.id)`)
      .where(sql<boolean>`not exists (select from subscriptions where person_id = p.id)`)
      .where(sql<boolean>`not exists (select from signatures where person_id = p.id)`)
      .where(sql<boolean>`not exists (select from participations where person_id = p.id)`)
      .where(sql<boolean>`not exists (select from proposals where person_id = p.id)`)
      .where(sql<boolean>`not exists (select from roles where person_id = p.id)`)
      .where(sql<boolean>`not exists (select from invitations where email = p.email)`)
      .executeTakeFirst();
    // After that, so that addresses of people who are gone are hidden in the same night.
    await forgetOldSuppressions(ctx);
    const month = new Date(ctx.now().getTime() - inboundMailsKept);
    await ctx.db.deleteFrom("inbound_mails").where("received_at", "<", month).execute();
    ctx.log.info({ people: Number(numDeletedRows) }, "old personal data removed");
  },
});
