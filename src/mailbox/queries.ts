import type { Ctx } from "../platform/context.ts";

const perPage = 25;

/** The mails of one page (from 1), newest first, and how many pages there are. */
export async function listMails(ctx: Ctx, page: number) {
  const { count } = await ctx.db
    .selectFrom("mailbox")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  const mails = await ctx.db
    .selectFrom("mailbox")
    .select(["id", "subject", "recipient", "from_name", "sent_at"])
    .orderBy("number", "desc")
    .limit(perPage)
    .offset((page - 1) * perPage)
    .execute();
  return { mails, pages: Math.max(1, Math.ceil(count / perPage)) };
}

export type MailSummary = Awaited<ReturnType<typeof listMails>>["mails"][number];

/** A mail in the mailbox, or undefined; `id` is a UUID. */
export const getMail = (ctx: Ctx, id: string) =>
  ctx.db.selectFrom("mailbox").selectAll().where("id", "=", id).executeTakeFirst();

export type MailboxMail = NonNullable<Awaited<ReturnType<typeof getMail>>>;
