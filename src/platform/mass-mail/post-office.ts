import type { Config } from "../config.ts";
import { oneAddress } from "../mailer.ts";
import { createSigner } from "./dkim.ts";
import { addressOf } from "./fields.ts";
import type { Addressee, Message, PreparedLetter } from "./letter.ts";
import type { Outcome } from "./outcome.ts";
import { createSmtpLine, type SmtpLine, type stages } from "./smtp-line.ts";

export type { Outcome } from "./outcome.ts";

/** Sends messages made of prepared letters. */
export type PostOffice = {
  /**
   * Waits for a free connection, makes the message, and hands it to the server. Never rejects.
   *
   * @param beforeHandOver Awaited once the connection and the message are ready, right before anything of the message goes
   * out: until it has ended, the server certainly has nothing. When it rejects, nothing is sent ("deferred").
   */
  send: (
    letter: PreparedLetter,
    to: Addressee,
    beforeHandOver?: () => void | Promise<void>,
  ) => Promise<Outcome>;
  /** How many messages can be on their way at once. */
  connections: number;
  /** Lets running messages end, for ten seconds by default, then cuts them off. Who still waits is "deferred". */
  close: () => Promise<void>;
};

type Options = {
  /** As SMTP_URL. */
  url: string;
  connections: number;
  dkim: Config["mail"]["dkim"];
  /** How many signatures are made at once; default: one per processor. */
  threads?: number;
  /** How long the server may take. */
  stage?: typeof stages;
  /** How long messages on their way may take once the program ends, in milliseconds. */
  lastWait?: number;
};

/** A connection nobody uses is ended after this time, in milliseconds. */
const idleTime = 30_000;
type Desk = { line: SmtpLine; idle: NodeJS.Timeout | null };

/** @throws when the DKIM key cannot be used. Connects at the first message. */
export function createPostOffice(options: Options): PostOffice {
  const { url, connections, dkim, threads, stage, lastWait = 10_000 } = options;
  const signer = dkim && createSigner(dkim, threads);
  const free: Desk[] = [];
  const all: Desk[] = [];
  const waiting: ((desk: Desk | null) => void)[] = [];
  const running = new Set<Promise<Outcome>>();
  let closed = false;

  const take = (): Promise<Desk | null> | Desk | null => {
    if (closed) return null;
    const desk = free.pop() ?? (all.length < connections ? newDesk() : null);
    if (!desk) return new Promise((go) => waiting.push(go));
    if (desk.idle) clearTimeout(desk.idle);
    return desk;
  };

  const newDesk = (): Desk => {
    const desk: Desk = { line: createSmtpLine(url, stage), idle: null };
    all.push(desk);
    return desk;
  };

  const giveBack = async (desk: Desk) => {
    await desk.line.tidy();
    const next = waiting.shift();
    if (next) return next(desk);
    if (closed) return desk.line.quit();
    desk.idle = setTimeout(desk.line.quit, idleTime);
    desk.idle.unref();
    free.push(desk);
  };

  const deliver: PostOffice["send"] = async (letter, to, beforeHandOver) => {
    const desk = await take();
    if (!desk) return { kind: "deferred", code: "not made: closing" };
    try {
      return await overLine(desk.line, letter, to, beforeHandOver);
    } catch (error) {
      return { kind: "deferred", code: `not made: ${(error as Error).message}` };
    } finally {
      void giveBack(desk);
    }
  };

  const overLine = async (
    line: SmtpLine,
    letter: PreparedLetter,
    to: Addressee,
    beforeHandOver?: () => void | Promise<void>,
  ): Promise<Outcome> => {
    if (!oneAddress.test(to.to)) return { kind: "refused", code: "553 5.1.3" };
    const closedDoor = await line.open();
    if (closedDoor) return closedDoor;
    const message = letter.messageFor(to);
    const content = bytesOf(message, signer && (await signer(message)));
    const envelope = {
      from: to.returnPath,
      to: addressOf(to.to).replace(/^<|>$/g, ""),
      size: content.length,
    };
    await beforeHandOver?.();
    const { outcome, stale } = await line.send(envelope, content);
    if (!stale) return outcome;
    return (await line.open()) ?? (await line.send(envelope, content)).outcome;
  };

  return {
    connections,
    send: (...mail) => {
      const sending = deliver(...mail);
      running.add(sending);
      void sending.then(() => running.delete(sending));
      return sending;
    },
    close: async () => {
      closed = true;
      for (const go of waiting.splice(0)) go(null);
      for (const desk of free.splice(0)) {
        if (desk.idle) clearTimeout(desk.idle);
        desk.line.quit();
      }
      const cutOff = setTimeout(() => {
        for (const { line } of all) line.cut();
      }, lastWait);
      await Promise.all(running);
      clearTimeout(cutOff);
    },
  };
}

/** The message as it goes to the server, with its signature first. */
function bytesOf({ fields, body }: Message, signature: string | null): Buffer {
  const header = [...(signature ? [signature] : []), ...fields.map(({ raw }) => raw), "", ""].join("\r\n");
  return Buffer.concat([Buffer.from(header), ...body.map(({ raw }) => raw)]);
}
