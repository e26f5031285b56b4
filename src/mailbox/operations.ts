import type { Ctx } from "../platform/context.ts";
import type { KeptMail } from "../platform/mailer.ts";

export { forFrame, frameSandbox, framingHeaders, mailHtmlHeaders } from "./headers.ts";

/** Keeps a mail in the built-in mailbox. */
export async function keepInMailbox(ctx: Pick<Ctx, "db" | "now">, mail: KeptMail): Promise<void> {
  await ctx.db
    .insertInto("mailbox")
    .values({
      message_id: mail.messageId,
      recipient: mail.to,
      reply_to: mail.replyTo ?? null,
      from_name: mail.fromName ?? null,
      subject: mail.subject,
      html: mail.html,
      text: mail.text,
      headers: JSON.stringify(mail.headers ?? {}),
      sent_at: ctx.now(),
    })
    .execute();
}

/**
 * Forgets the kept mails to an address, and those about rows with these ids (a mail's Message-ID holds the id of its
 * row). Only an installation without a mail server keeps any.
 */
export async function forgetMails(ctx: Ctx, address: string, ids: string[]): Promise<void> {
  await ctx.db
    .deleteFrom("mailbox")
    .where(({ or, eb }) =>
      or([
        eb("recipient", "=", address),
        eb("reply_to", "=", address),
        ...ids.map((id) => eb("message_id", "like", `%${id}%`)),
      ]),
    )
    .execute();
}
