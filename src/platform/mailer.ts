import { readFileSync } from "node:fs";
import { createTransport } from "nodemailer";
import type { Config } from "./config.ts";

/** A composed mail for one person. `id` makes its Message-ID, the same at every try. */
export type Mail = {
  id: string;
  to: string;
  subject: string;
  html: string;
  text: string;
  fromName?: string;
  replyTo?: string;
  headers?: Record<string, string>;
};

export type Mailer = {
  /** @throws when the server does not take it; the job that sends it is retried. */
  send: (mail: Mail) => Promise<void>;
  close: () => void;
};

/** What a mail holds as the built-in mailbox keeps it. */
export type KeptMail = Mail & { messageId: string };

/** The domain of an address. */
const domainOf = (address: string) => address.slice(address.lastIndexOf("@") + 1);

/** Sends over SMTP (DKIM-signed when a key is configured), or keeps mails in the built-in mailbox. */
export function createMailer(config: Config, keep: (mail: KeptMail) => Promise<void>): Mailer {
  const { transport, from, dkim } = config.mail;
  const messageId = (mail: Mail) => `<${mail.id}@${domainOf(from)}>`;
  if (transport.kind === "mailbox")
    return { send: (mail) => keep({ ...mail, messageId: messageId(mail) }), close: () => {} };

  const smtp = createTransport({
    url: transport.url,
    pool: true,
    maxConnections: 4,
    connectionTimeout: 20_000,
    socketTimeout: 60_000,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(dkim && {
      dkim: {
        domainName: dkim.domain,
        keySelector: dkim.selector,
        privateKey: readFileSync(dkim.keyFile, "utf8"),
      },
    }),
  });
  return {
    send: async (mail) => {
      await smtp.sendMail({
        from: mail.fromName ? { name: mail.fromName, address: from } : from,
        sender: undefined,
        envelope: { from, to: mail.to },
        to: mail.to,
        replyTo: mail.replyTo,
        subject: mail.subject,
        html: mail.html,
        text: mail.text,
        messageId: messageId(mail),
        headers: { "Auto-Submitted": "auto-generated", ...mail.headers },
      });
    },
    close: () => smtp.close(),
  };
}
