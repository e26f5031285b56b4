import type { AddressInfo, Socket } from "node:net";
import hoodiecrow from "hoodiecrow-imap";
import fetchHandlers from "hoodiecrow-imap/lib/commands/handlers/fetch.js";
import { onTestFinished } from "vitest";

export const imapUser = "terug@archipel.example";
export const imapPassword = "geheim/van@de:brug";

/** An IMAP server in memory on a port of its own, with one user and the mailboxes INBOX and Bounces. */
export async function startImapServer() {
  const imap = hoodiecrow({
    plugins: ["UIDPLUS", "LITERALPLUS", "UNSELECT", "ENABLE"],
    users: { [imapUser]: { password: imapPassword } },
    storage: { INBOX: {}, "": { folders: { Bounces: {} } } },
  });
  const sockets = new Set<Socket>();
  let logins = 0;
  let port = 0;
  imap.server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    logins++;
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
      `imap://${encodeURIComponent(imapUser)}:${encodeURIComponent(password)}@127.0.0.1:${port}/${mailbox}`,
    deliver: (raw: Buffer, mailbox = "INBOX") =>
      imap.appendMessage(mailbox, [], null, raw.toString("latin1")),
    /** How many mails are there. */
    count: (mailbox = "INBOX") => imap.getMailbox(mailbox).messages.length,
    connections: () => logins,
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
