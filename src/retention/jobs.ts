import { type SqlBool, sql } from "kysely";
import { z } from "zod";
import { forgetErasures, unlinkWork } from "../mine/operations.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { defineJob } from "../platform/jobs.ts";
import { forgetOldSuppressions } from "../suppressions/operations.ts";

/** How long personal data stays, in years (privacy page). Tips go with their threads. */
const yearsKept = { tips: 2, endedSubscriptions: 2, offers: 2, proposals: 2, imports: 2, audit: 1 };

/** Mails that came back, and those in the built-in mailbox, in milliseconds: thirty days. */
const mailsKept = 30 * 86_400_000;

/** So many people are removed in one transaction. */
const batchSize = 1000;

/**
 * Every night: removes what is old, and people of whom nothing is left. What goes sooner has a job of its own: codes and
 * visits (mine), sessions and invitations (accounts), rows of files (imports), what waits for its yes (confirmations).
 * Who got which edition goes by deliveries, saves by writing.
 */
export const removeWhatIsOld = defineJob({
  name: "retention.remove",
  data: z.object({}),
  cron: "23 3 * * *",
  run: async (ctx) => {
    await removeOldActs(ctx);
    await removeOldWork(ctx);
    await removeWaysIn(ctx);
    const people = await removePeople(ctx);
    // After that, so that addresses of people who are gone are hidden in the same night.
    await forgetOldSuppressions(ctx);
    await forgetErasures(ctx);
    const month = new Date(ctx.now().getTime() - mailsKept);
    await ctx.db.deleteFrom("inbound_mails").where("received_at", "<", month).execute();
    await ctx.db.deleteFrom("mailbox").where("sent_at", "<", month).execute();
    ctx.log.info({ people }, "old personal data removed");
  },
});

function yearsAgo(ctx: Ctx, years: number): Date {
  const date = new Date(ctx.now());
  date.setUTCFullYear(date.getUTCFullYear() - years);
  return date;
}

/** What visitors did: tips, subscriptions that ended, with their consent, offers, proposals. */
async function removeOldActs(ctx: Ctx): Promise<void> {
  await ctx.db.deleteFrom("tips").where("confirmed_at", "<", yearsAgo(ctx, yearsKept.tips)).execute();
  await ctx.db
    .deleteFrom("subscriptions")
    .where("ended_at", "is not", null)
    .where(
      ({ fn }) => fn("greatest", ["ended_at", "kept_from"]),
      "<",
      yearsAgo(ctx, yearsKept.endedSubscriptions),
    )
    .execute();
  await ctx.db
    .deleteFrom("consents as c")
    .where("purpose", "like", "newsletter:%")
    .where(
      sql<SqlBool>`not exists (select from subscriptions as s
        where s.person_id = c.person_id and 'newsletter:' || s.newsletter_id = c.purpose)`,
    )
    .execute();
  // An offer that nobody answered is over with its links, a month after it was made.
  await ctx.db
    .deleteFrom("participations")
    .where(
      ({ fn }) => fn.coalesce("withdrawn_at", "answered_at", "offered_at"),
      "<",
      yearsAgo(ctx, yearsKept.offers),
    )
    .execute();
  await ctx.db
    .deleteFrom("proposals")
    .where(({ fn }) => fn.coalesce("decided_at", "proposed_at"), "<", yearsAgo(ctx, yearsKept.proposals))
    .execute();
}

/** What was noted of work: the log, and files that were read in of which nobody's consent comes any more. */
async function removeOldWork(ctx: Ctx): Promise<void> {
  await ctx.db.deleteFrom("audit").where("at", "<", yearsAgo(ctx, yearsKept.audit)).execute();
  await ctx.db
    .deleteFrom("imports as i")
    .where("made_at", "<", yearsAgo(ctx, yearsKept.imports))
    .where(sql<SqlBool>`not exists (select from consents where form_url = 'import:' || i.id)`)
    .where(sql<SqlBool>`not exists (select from signatures where batch = i.id)`)
    .execute();
}

/** Ways in to the workplace of who has no role there any more, and is not invited to one. */
async function removeWaysIn(ctx: Ctx): Promise<void> {
  for (const table of ["sessions", "passkeys", "oidc_identities"] as const)
    await sql`delete from ${sql.table(table)} as w
      where not exists (select from roles where person_id = w.person_id)
        and not exists (select from invitations as v join people as p on p.email = v.email
          where p.id = w.person_id)`.execute(ctx.db);
}

/** People of whom nothing is left; answers with how many they were. */
async function removePeople(ctx: Ctx): Promise<number> {
  let removed = 0;
  for (let found = 1; found > 0; removed += found) found = await removeSomePeople(ctx);
  return removed;
}

const removeSomePeople = (ctx: Ctx): Promise<number> =>
  inTransaction(ctx, async (ctx) => {
    const people = await ctx.db
      .selectFrom("people as p")
      .select("id")
      .where(sql<SqlBool>`not exists (select from tips where person_id = p.id)`)
      .where(sql<SqlBool>`not exists (select from subscriptions where person_id = p.id)`)
      .where(sql<SqlBool>`not exists (select from signatures where person_id = p.id)`)
      .where(sql<SqlBool>`not exists (select from participations where person_id = p.id)`)
      .where(sql<SqlBool>`not exists (select from proposals where person_id = p.id)`)
      .where(sql<SqlBool>`not exists (select from roles where person_id = p.id)`)
      .where(sql<SqlBool>`not exists (select from invitations where email = p.email)`)
      .limit(batchSize)
      .forUpdate()
      .execute();
    const ids = people.map(({ id }) => id);
    if (ids.length === 0) return 0;
    await unlinkWork(ctx, ids);
    await ctx.db.deleteFrom("people").where("id", "in", ids).execute();
    return ids.length;
  });
