import { ImapFlow } from "imapflow";

/** A mail at the server: its number there, its first bytes, and how many there are. */
export type WaitingMail = { uid: number; raw: Buffer; size: number };

/** The mailbox that bounces come to, opened for reading and removing. */
export type Mailbox = {
  /** The oldest mails that are there, `count` at most, after the first `skip`. */
  oldest: (count: number, skip: number) => Promise<WaitingMail[]>;
  /** Removes mails for good. @throws when the server does not. */
  remove: (uids: number[]) => Promise<void>;
  close: () => Promise<void>;
};

/** The mailbox could not be read. Its text is a code and nothing else, so it may be logged. */
export class MailboxFailed extends Error {
  override name = "MailboxFailed";
}

/** Bytes of a mail that are kept: reports stand at its beginning. */
export const keptBytes = 256 * 1024;

/** Milliseconds; all of a look stays below a job's five minutes. */
const patience = { connectionTimeout: 20_000, greetingTimeout: 20_000, socketTimeout: 45_000 };

const ports = { "imap:": 143, "imaps:": 993 };
const ofThisMachine = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * Opens the mailbox of an IMAP_URL. Without TLS from the start it insists on STARTTLS, except on this machine, where
 * plain is meant: a certificate there is seldom one for "localhost".
 *
 * @throws MailboxFailed when the server cannot be reached, refuses the login or has no such mailbox.
 */
export async function openMailbox(imapUrl: string): Promise<Mailbox> {
  const url = new URL(imapUrl);
  const secure = url.protocol === "imaps:";
  const client = new ImapFlow({
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: Number(url.port) || ports[secure ? "imaps:" : "imap:"],
    secure,
    ...(!secure && { doSTARTTLS: !ofThisMachine.test(url.hostname) }),
    auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    logger: false, // its log holds what passes over the wire
    disableAutoIdle: true,
    maxLiteralSize: 4 * keptBytes,
    ...patience,
  });
  client.on("error", () => {}); // the command that was running says it
  const path = decodeURIComponent(url.pathname.slice(1)) || "INBOX";
  const close = async () => client.close();
  const attempt = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      throw failed(error);
    }
  };
  try {
    await attempt(() => client.connect());
    await attempt(() => client.mailboxOpen(path));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    oldest: (count, skip) => attempt(() => read(client, count, skip)),
    remove: (uids) =>
      attempt(async () => {
        if (!(await client.messageDelete(uids, { uid: true }))) throw new MailboxFailed("delete-refused");
      }),
    close: async () => {
      await client.logout().catch(() => {});
      await close();
    },
  };
}

async function read(client: ImapFlow, count: number, skip: number): Promise<WaitingMail[]> {
  const there = client.mailbox ? client.mailbox.exists : 0;
  if (there <= skip) return [];
  const listed = await client.fetchAll(`${skip + 1}:${Math.min(skip + count, there)}`, {
    uid: true,
    size: true,
  });
  const mails: WaitingMail[] = [];
  for (const { uid, size = 0 } of listed) {
    const found = await client.fetchOne(
      String(uid),
      { source: { start: 0, maxLength: keptBytes } },
      { uid: true },
    );
    const source = found ? found.source : undefined;
    const raw = (source ?? Buffer.alloc(0)).subarray(0, keptBytes);
    mails.push({ uid, raw, size: Math.max(size, raw.length) });
  }
  return mails;
}

/** What went wrong as a code: a server's own words may hold the user's name. */
function failed(error: unknown): MailboxFailed {
  if (error instanceof MailboxFailed) return error;
  const { authenticationFailed, tlsFailed, code, responseStatus } = (error ?? {}) as Record<string, unknown>;
  if (authenticationFailed) return new MailboxFailed("login-refused");
  if (responseStatus === "NO" || responseStatus === "BAD") return new MailboxFailed("command-refused");
  if (tlsFailed && !code) return new MailboxFailed("no-tls"); // it offers none, and the password stays here
  return new MailboxFailed(
    [code, responseStatus].find((one) => typeof one === "string")?.toString() ?? "unknown",
  );
}
