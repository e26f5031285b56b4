import type { Ctx } from "../platform/context.ts";

/** Trouble of less than six hours, in milliseconds, is for the log: the next look may go well again. */
const patience = 6 * 3_600_000;

/** Keeps whether a look into the mailbox went well (null) or why not (a code). */
export async function noteLook(ctx: Ctx, code: string | null): Promise<void> {
  const now = ctx.now();
  await ctx.db
    .insertInto("mailbox_looks")
    .values(
      code === null
        ? { read_at: now, failing_since: null, code }
        : { read_at: null, failing_since: now, code },
    )
    .onConflict((conflict) =>
      conflict.column("only_one").doUpdateSet(({ ref, fn }) => ({
        read_at: fn.coalesce("excluded.read_at", "mailbox_looks.read_at"),
        failing_since:
          code === null ? null : fn.coalesce("mailbox_looks.failing_since", "excluded.failing_since"),
        code: ref("excluded.code"),
      })),
    )
    .execute();
}

const lookOf = (ctx: Ctx) =>
  ctx.db.selectFrom("mailbox_looks").select(["read_at", "failing_since", "code"]).executeTakeFirst();

/** When the mailbox was last read; null when it never was, or there is none. */
export async function getMailboxReadAt(ctx: Ctx): Promise<Date | null> {
  return ctx.config.mail.imap === null ? null : ((await lookOf(ctx))?.read_at ?? null);
}

export type MailboxTrouble = { since: Date; code: string | null };

/**
 * Since when nobody reads what comes back, once that is six hours, with the reason as a code; a look that never came
 * (no worker runs) has none. Null when all is well, or there is no mailbox to read.
 */
export async function findMailboxTrouble(ctx: Ctx): Promise<MailboxTrouble | null> {
  if (ctx.config.mail.imap === null) return null;
  const look = await lookOf(ctx);
  const since = look?.read_at ?? look?.failing_since;
  if (!look || !since || ctx.now().getTime() - since.getTime() < patience) return null;
  return { since, code: look.code };
}
