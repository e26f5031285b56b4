import type { Ctx } from "../platform/context.ts";
import { noteLook } from "./looks.ts";
import { type Mailbox, MailboxFailed, openMailbox, type WaitingMail } from "./mailbox.ts";
import { storeMail } from "./operations.ts";

/** Mails read at once: 5 MB at most. */
const batch = 20;

/** Milliseconds of one look, below the three minutes to the next. */
const longestLook = 120_000;

/**
 * Brings what is in the mailbox into the database, oldest first, until it is empty or two minutes have passed. A mail
 * is removed at the server only after it was stored; a process killed in between finds it again, and knows it.
 */
export async function fetchMails(ctx: Ctx): Promise<void> {
  const { imap } = ctx.config.mail;
  if (!imap) return;
  try {
    const mailbox = await openMailbox(imap);
    try {
      const fetched = await empty(ctx, mailbox);
      if (fetched > 0) ctx.log.info({ fetched }, "mailbox read");
      await noteLook(ctx, null);
    } finally {
      await mailbox.close();
    }
  } catch (error) {
    if (!(error instanceof MailboxFailed)) throw error;
    ctx.log.warn({ code: error.message }, "mailbox not read");
    await noteLook(ctx, error.message);
  }
}

async function empty(ctx: Ctx, mailbox: Mailbox): Promise<number> {
  const until = performance.now() + longestLook;
  let fetched = 0;
  let skip = 0;
  let removed = new Set<number>();
  while (performance.now() < until) {
    const mails = await mailbox.oldest(batch, skip);
    if (mails.length === 0) break;
    // A server that says yes and keeps them: do not read the same for two minutes.
    if (mails.some(({ uid }) => removed.has(uid))) throw new MailboxFailed("delete-without-effect");
    const given = mails.filter(hasContent);
    for (const mail of given) await storeMail(ctx, mail);
    removed = new Set(given.map(({ uid }) => uid));
    if (given.length > 0) await mailbox.remove([...removed]);
    const withheld = mails.length - given.length;
    if (withheld > 0) ctx.log.warn({ withheld }, "the mailbox withholds the content of mails");
    skip += withheld;
    fetched += given.length;
  }
  return fetched;
}

/** A mail of which the server gives nothing stays there, or it would be lost. */
const hasContent = ({ raw, size }: WaitingMail) => raw.length > 0 || size === 0;
