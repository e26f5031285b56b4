import { createHash } from "node:crypto";
import { createTransport } from "nodemailer";
import MailComposer from "nodemailer/lib/mail-composer";
import type { Config } from "./config.ts";
import { MailRefused, mailError } from "./mail-errors.ts";
import { createSigner, withSignature } from "./mass-mail/dkim.ts";

export { MailDeferred, MailRefused } from "./mail-errors.ts";

/** A composed mail for one person. `id` makes its Message-ID, the same at every try. */
export type Mail = {
  /** Letters, digits, "-", "_" and "."; unique for ever, so with the id of a row in it. */
  id: string;
  to: string;
  subject: string;
  html: string;
  text: string;
  fromName?: string;
  replyTo?: string;
  headers?: Record<string, string>;
  /**
   * "asked" (or left out): the addressee asked for it at this moment, or it is their work to read it. "told": the
   * program writes by itself, so it minds who wants no such mail.
   */
  occasion?: "asked" | "told";
};

export type Mailer = {
  /**
   * @throws MailRefused when no further try would help (a job ends with it), MailDeferred when a later try may.
   * Neither says the address.
   */
  send: (mail: Mail) => Promise<void>;
  close: () => void;
};

/** What a mail holds as the built-in mailbox keeps it. */
export type KeptMail = Mail & { messageId: string };

/** Whether an address gets no mail but what it asks for. */
type Unwanted = (address: string) => Promise<boolean>;

/**
 * How long a server may take, in milliseconds. All of a try stays below a job's five minutes, or the job would be
 * tried again beside itself.
 */
export const patience = { connect: 20_000, greeting: 20_000, silence: 60_000, whole: 240_000 };

/**
 * Sends what is wanted: a mail that tells goes nowhere when `unwanted` says so of its addressee, and counts as sent.
 *
 * @throws when the DKIM key cannot be used.
 */
export function createMailer(
  config: Config,
  keep: (mail: KeptMail) => Promise<void>,
  unwanted: Unwanted = async () => false,
): Mailer {
  const { send, close } = createTransportOf(config, keep);
  return {
    send: async (mail) => {
      if (mail.occasion !== "told" || !(await unwanted(mail.to))) await send(mail);
    },
    close,
  };
}

/**
 * Sends over SMTP, or keeps mails in the built-in mailbox. smtps:// is encrypted from the start; smtp:// as soon as
 * the server offers STARTTLS, and with "?requireTLS=true" never without. DKIM signs when a key is configured.
 *
 * @throws when the DKIM key cannot be used.
 */
function createTransportOf(config: Config, keep: (mail: KeptMail) => Promise<void>): Mailer {
  const { transport, from } = config.mail;
  const domain = domainOf(from);
  if (transport.kind === "mailbox")
    return {
      send: async (mail) => {
        const checked = check(mail);
        await keep({ ...checked, messageId: messageId(checked, domain) });
      },
      close: () => {},
    };

  const signer = config.mail.dkim && createSigner(config.mail.dkim);
  const smtp = createTransport({
    url: transport.url,
    pool: true,
    maxConnections: 4,
    maxRequeues: 0, // a broken connection is for the job queue, or a mail could go out twice
    idleTimeout: 30_000,
    connectionTimeout: patience.connect,
    dnsTimeout: patience.connect,
    greetingTimeout: patience.greeting,
    socketTimeout: patience.silence,
    ...enclosed,
  });
  return {
    send: async (mail) => {
      const checked = check(mail);
      const { html, attachments } = imagesAsParts(checked.html, domain);
      const envelope = { from, to: [checked.to] };
      const message = {
        ...enclosed,
        newline: "windows",
        envelope,
        from: { name: checked.fromName ?? "", address: from },
        to: { name: "", address: checked.to },
        ...(checked.replyTo && { replyTo: { name: "", address: checked.replyTo } }),
        subject: checked.subject,
        html,
        text: checked.text,
        attachments,
        messageId: messageId(checked, domain),
        headers: { "Auto-Submitted": "auto-generated", ...checked.headers },
      };
      const signal = AbortSignal.timeout(patience.whole);
      // Nodemailer signs with RSA only; newsletters and all other mails have one signer.
      const raw = signer && (await withSignature(signer, await new MailComposer(message).compile().build()));
      await smtp
        .sendMail(raw ? { ...enclosed, envelope, raw, signal } : { ...message, signal })
        .catch((error: unknown) => {
          throw mailError(error);
        });
    },
    close: () => smtp.close(),
  };
}

/** Nothing that a mail says makes the program read a file or ask another server. */
const enclosed = { disableFileAccess: true, disableUrlAccess: true };

/** Headers that put a mail under an earlier one (RFC 5322, section 3.6.4), by the `id` of that one. */
export function answersTo(config: Config, id: string): Record<string, string> {
  const earlier = `<${id}@${domainOf(config.mail.from)}>`;
  return { "In-Reply-To": earlier, References: earlier };
}

export const domainOf = (address: string) => address.slice(address.lastIndexOf("@") + 1);
const messageId = (mail: Mail, domain: string) => `<${mail.id}@${domain}>`;

/** One address and nothing else: no name, no list, no comment, no second "@". */
export const oneAddress = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+$/;

/** A mail whose headers stay its own: line breaks and control characters in them become spaces. */
function check(mail: Mail): Mail {
  if (!/^[\w.-]+$/.test(mail.id))
    throw new Error("The id of a mail holds a character that a Message-ID may not");
  if (!oneAddress.test(mail.to)) throw new MailRefused("The mail is not to one mail address");
  const { fromName, replyTo, headers, ...rest } = mail;
  return {
    ...rest,
    subject: oneLine(mail.subject),
    ...(fromName && { fromName: oneLine(fromName) }),
    ...(replyTo && oneAddress.test(replyTo) && { replyTo }),
    ...(headers && { headers: mapValues(headers, oneLine) }),
  };
}

export const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();
const mapValues = (values: Record<string, string>, change: (value: string) => string) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));

/** Images in data: URLs, which many mail programs do not show, as parts of the mail (RFC 2392). */
export function imagesAsParts(html: string, domain: string) {
  const parts = new Map<string, { cid: string; content: Buffer; contentType: string; filename: string }>();
  const changed = html.replace(/src="data:image\/png;base64,([^"]+)"/g, (_source, base64: string) => {
    const cid = `${createHash("sha256").update(base64).digest("hex").slice(0, 16)}@${domain}`;
    const content = Buffer.from(base64, "base64");
    parts.set(cid, { cid, content, contentType: "image/png", filename: `image-${parts.size + 1}.png` });
    return `src="cid:${cid}"`;
  });
  const attachments = [...parts.values()].map((part) => ({ ...part, contentDisposition: "inline" as const }));
  return { html: changed, attachments };
}
