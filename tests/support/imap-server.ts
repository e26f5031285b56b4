import { readFileSync } from "node:fs";
import type { AddressInfo, Socket } from "node:net";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import hoodiecrow from "hoodiecrow-imap";
import fetchHandlers from "hoodiecrow-imap/lib/commands/handlers/fetch.js";
import { onTestFinished } from "vitest";

export const imapUser = "terug@archipel.example";
export const imapPassword = "geheim/van@de:brug";

/** Key and certificate in one. */
const pem = readFileSync(join(import.meta.dirname, "only-for-tests.pem"), "utf8");

/** From now on, until the end of the test, the certificate of these servers is one that the program trusts. */
export function trustTestCertificate(): void {
  const before = getCACertificates("default");
  setDefaultCACertificates([...before, pem.slice(pem.indexOf("-----BEGIN CERTIFICATE"))]);
  onTestFinished(() => setDefaultCACertificates(before));
}

/**
 * An IMAP server in memory on a port of its own, with one user and the mailboxes INBOX and Bounces. `tls`: whether it
 * speaks TLS from the start, offers STARTTLS, or neither.
 */
export async function startImapServer({ tls = "never" }: { tls?: "never" | "offered" | "always" } = {}) {
  const imap = hoodiecrow({
    plugins: ["UIDPLUS", "LITERALPLUS", "UNSELECT", "ENABLE", ...(tls === "offered" ? ["STARTTLS"] : [])],
    secureConnection: tls === "always",
    credentials: { key: pem, cert: pem },
    users: { [imapUser]: { password: imapPassword } },
    storage: { INBOX: {}, "": { folders: { Bounces: {} } } },
  });
  const sockets = new Set<Socket>();
  let connections = 0;
  let received = "";
  let port = 0;
  imap.server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    connections++;
    socket.setNoDelay(true); // it writes an answer in pieces
    socket.on("data", (bytes) => {
      received += bytes.toString("latin1");
    });
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  });
  const start = () => new Promise<void>((done) => imap.listen(port, "127.0.0.1", done));
  await start();
  port = (imap.server.address() as AddressInfo).port;
  const stop = async () => {
    for (const socket of sockets) socket.destroy();
    if (imap.server.listening) await new Promise((done) => imap.server.close(done));
  };
  onTestFinished(stop);

  const expunge = imap.getCommandHandler("UID EXPUNGE");
  return {
    url: (password = imapPassword, mailbox = "INBOX") =>
      `${tls === "always" ? "imaps" : "imap"}://${encodeURIComponent(imapUser)}:${encodeURIComponent(password)}` +
      `@127.0.0.1:${port}/${mailbox}`,
    /** Its address by a name that reaches this machine, and does not say so. */
    urlFromElsewhere: () =>
      `imap://${encodeURIComponent(imapUser)}:${encodeURIComponent(imapPassword)}@0.0.0.0:${port}/INBOX`,
    deliver: (raw: Buffer, mailbox = "INBOX") =>
      imap.appendMessage(mailbox, [], null, raw.toString("latin1")),
    /** How many mails are there. */
    count: (mailbox = "INBOX") => imap.getMailbox(mailbox).messages.length,
    connections: () => connections,
    /** All that came over the wire before TLS. */
    received: () => received,
    /** What the server does when mails are to be removed: as it should, break off, or say yes and keep them. */
    whenRemoving: (how: "removes" | "breaks off" | "keeps") => {
      imap.setCommandHandler("UID EXPUNGE", (connection, parsed, data, done) => {
        if (how === "removes") return expunge(connection, parsed, data, done);
        if (how === "breaks off") return connection.socket.destroy();
        const attributes = [{ type: "TEXT", value: "done" }];
        connection.send({ tag: parsed.tag, command: "OK", attributes }, "UID EXPUNGE", parsed);
        done();
      });
    },
    /** From now on it gives nothing of mails with this word. */
    withhold: (word: string) => {
      const read = fetchHandlers["BODY.PEEK"];
      imap.fetchHandlers["BODY.PEEK"] = (connection, message, query) =>
        message.raw.includes(word) ? "" : read?.(connection, message, query);
    },
    /** Breaks all connections and takes no new ones. */
    stop,
    start,
  };
}
