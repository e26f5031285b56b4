import type { Config } from "../platform/config.ts";
import type { KeptMail } from "../platform/mailer.ts";
import { createPostOffice, type PostOffice } from "../platform/mass-mail/post-office.ts";

type Keep = (mail: KeptMail) => Promise<void>;

/** The post office over SMTP, or, for an installation without a mail server, into the built-in mailbox. */
export const openPostOffice = (config: Config, keep: Keep): PostOffice =>
  config.mail.transport.kind === "smtp"
    ? createPostOffice({
        url: config.mail.transport.url,
        connections: config.sending.connections,
        dkim: config.mail.dkim,
      })
    : mailboxOffice(config.sending.connections, keep);

const mailboxOffice = (connections: number, keep: Keep): PostOffice => ({
  connections,
  send: async (letter, to, beforeHandOver) => {
    try {
      await beforeHandOver?.();
      const { subject, html, text, headers } = letter.readAs(to.slots);
      const { messageId } = to;
      const id = messageId.slice(1, messageId.indexOf("@"));
      await keep({ id, to: to.to, messageId, subject, html, text, headers });
      return { kind: "sent", code: "250" };
    } catch (error) {
      return { kind: "deferred", code: `not made: ${(error as Error).message}` };
    }
  },
  close: async () => {},
});

/** A post office that is opened at its first mail. */
export function openedWhenNeeded(connections: number, open: () => PostOffice): PostOffice {
  let office: PostOffice | null = null;
  const opened = () => {
    office ??= open();
    return office;
  };
  return {
    connections,
    send: (...mail) => opened().send(...mail),
    close: async () => office?.close(),
  };
}
