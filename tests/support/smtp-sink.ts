import type { Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";
import { onTestFinished } from "vitest";

export type ReceivedMail = {
  envelope: { from: string; to: string[] };
  /** As it came over the wire. */
  raw: Buffer;
  mail: Email;
  /** The value of a header, by its name in any case. */
  header: (name: string) => string | undefined;
};

/** What the server does with the next mails. */
export type Behaviour =
  | { kind: "accept" }
  /** Answers a code such as 450 or 550, to a name and password, to the recipient or to the whole mail. */
  | { kind: "refuse"; at: "login" | "recipient" | "data"; code: number; says?: string }
  /** Takes the whole mail and never answers. */
  | { kind: "stall" }
  /** Breaks the connection in the middle of the mail. */
  | { kind: "drop" };

export type SmtpSink = Awaited<ReturnType<typeof startSmtpSink>>;

/** A real mail server on a free port, that keeps what it receives. It stops with the test. */
export async function startSmtpSink() {
  const received: ReceivedMail[] = [];
  const tries: ReceivedMail[] = [];
  let behaviourTo: (address: string) => Behaviour = () => ({ kind: "accept" });
  let stalled: (() => void)[] = [];
  let running: { server: SMTPServer; sockets: Set<Socket> } | null = null;
  let port = 0;

  const refusal = ({ code, says }: { code: number; says?: string }) =>
    Object.assign(new Error(says ?? "Not now"), { responseCode: code });

  const refusalAt = (place: "login" | "recipient", address: string) => {
    const now = behaviourTo(address);
    return now.kind === "refuse" && now.at === place ? refusal(now) : null;
  };

  async function start(): Promise<void> {
    const sockets = new Set<Socket>();
    const server = new SMTPServer({
      authOptional: true,
      allowInsecureAuth: true,
      disabledCommands: ["STARTTLS"],
      disableReverseLookup: true,
      closeTimeout: 1,
      onAuth: ({ username }, _session, answer) => {
        const refused = refusalAt("login", "");
        if (refused) answer(refused);
        else answer(null, { user: username });
      },
      onRcptTo: ({ address }, _session, answer) => answer(refusalAt("recipient", address)),
      onData: (stream, session, answer) => {
        const now = behaviourTo(session.envelope.rcptTo[0]?.address ?? "");
        if (now.kind === "drop") {
          // Only once some of it has come: before that the client knows that nothing was taken.
          stream.once("data", () => {
            for (const socket of sockets) socket.destroy();
          });
          return;
        }
        const { mailFrom, rcptTo } = session.envelope;
        const envelope = { from: mailFrom ? mailFrom.address : "", to: rcptTo.map((to) => to.address) };
        const take = async () => {
          const raw = await buffer(stream);
          const mail = await PostalMime.parse(raw);
          const header = (name: string) => mail.headers.find(({ key }) => key === name.toLowerCase())?.value;
          tries.push({ envelope, raw, mail, header });
          const accept = () => {
            received.push({ envelope, raw, mail, header });
            answer(null);
          };
          if (now.kind === "stall") stalled.push(accept);
          else if (now.kind === "refuse") answer(refusal(now));
          else accept();
        };
        take().catch(() => answer(refusal({ code: 451 })));
      },
    });
    server.on("error", () => {}); // a connection that the client or "drop" broke
    server.server.on("connection", (socket: Socket) => {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
    });
    await new Promise<void>((done, fail) => {
      server.server.once("error", fail);
      server.listen(port, "127.0.0.1", done);
    });
    port = (server.server.address() as { port: number }).port;
    running = { server, sockets };
  }

  async function stop(): Promise<void> {
    const was = running;
    running = null;
    if (!was) return;
    for (const socket of was.sockets) socket.destroy();
    await new Promise<void>((done) => was.server.close(done));
  }

  await start();
  onTestFinished(stop);
  return {
    url: `smtp://127.0.0.1:${port}`,
    /** Mails that were taken, oldest first. */
    received,
    /** Mails of which the whole text came in, taken or not. */
    tries,
    /** From now on; a function says it per recipient. */
    behave: (next: Behaviour | ((address: string) => Behaviour)) => {
      behaviourTo = typeof next === "function" ? next : () => next;
    },
    /** Takes and answers the mails that were stalled. */
    answerStalled: () => {
      for (const accept of stalled.splice(0)) accept();
    },
    /** Forgets the mails that were stalled: they are never answered. */
    forgetStalled: () => {
      stalled = [];
    },
    stop,
    /** Starts again on the same port. */
    start,
  };
}
