import { Readable } from "node:stream";
import { parseConnectionUrl } from "nodemailer/lib/shared";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import DataStream from "nodemailer/lib/smtp-connection/data-stream";
import { patience } from "../mailer.ts";
import { awayOf, codeOf, type Outcome, outcomeOf } from "./outcome.ts";

export type Envelope = { from: string; to: string; size: number };

/** One connection to the server at a time, opened when needed and used for several messages. */
export type SmtpLine = {
  /** Connects and logs in unless that is done. Null when it is ready, or why not. */
  open: () => Promise<Outcome | null>;
  /** Sends over the open connection. `stale`: nothing went out, because the server had ended a connection used before. */
  send: (envelope: Envelope, message: Buffer) => Promise<{ outcome: Outcome; stale: boolean }>;
  /** After a message: makes the connection ready for the next, or ends it. */
  tidy: () => Promise<void>;
  /** Ends the connection politely. */
  quit: () => void;
  /** Ends the connection at once; a message on it gets its outcome. */
  cut: () => void;
};

/**
 * How long the server may take, in milliseconds (RFC 5321, section 4.5.3.2): with the commands before the content, five
 * minutes for all of them; with its answer to the whole content, ten minutes. Who asks again sooner makes a second copy,
 * because the server is still busy with the first.
 */
export const stages = { commands: 300_000, content: 600_000 };

/** Messages over one connection; many servers end one after a hundred. */
const messagesPerConnection = 100;

/**
 * The message, read when the server has asked for it. No line of it begins with a dot and every line ends with CRLF, so
 * nodemailer's look at each byte for these (a third of all the work of a mail) is left out.
 */
class Content extends Readable {
  asked = false;
  readonly #message: Buffer;
  readonly #whenAsked: () => void;
  constructor(message: Buffer, whenAsked: () => void) {
    super({ highWaterMark: message.length + 1 });
    this.#message = message;
    this.#whenAsked = whenAsked;
  }
  override _read(): void {
    this.asked = true;
    this.#whenAsked();
    this.push(this.#message);
    this.push(null);
  }
  override pipe<Destination extends NodeJS.WritableStream>(destination: Destination): Destination {
    if (destination instanceof DataStream)
      destination._transform = (chunk, _encoding, done) => {
        destination.lastByte = chunk.at(-1) ?? false;
        done(null, chunk);
      };
    return super.pipe(destination);
  }
}

/** `url` as SMTP_URL: smtps:// encrypted from the start, smtp:// as soon as the server offers STARTTLS. */
export function createSmtpLine(url: string, stage = stages): SmtpLine {
  const { auth, ...fromUrl } = parseConnectionUrl(url);
  const options = {
    connectionTimeout: patience.connect,
    dnsTimeout: patience.connect,
    greetingTimeout: patience.greeting,
    socketTimeout: stage.content + patience.silence,
    ...fromUrl,
  };
  let connection: SMTPConnection | null = null;
  let used = 0;
  let untidy = false;
  let takesUtf8 = false;

  const live = () => (connection && !connection.destroyed ? connection : null);

  const cut = () => {
    const broken = connection;
    connection = null;
    broken?.close();
  };

  const quit = () => {
    const leaving = live();
    connection = null;
    if (!leaving) return;
    leaving.quit();
    setTimeout(() => leaving.close(), 2_000).unref();
  };

  /** Waits for a step of the connection, and no longer than the connection is there. */
  const step = <Result>(
    on: SMTPConnection,
    begin: (done: (error: unknown, result?: Result) => void) => void,
  ) =>
    new Promise<{ error: unknown } | { result: Result }>((settle) => {
      const done = (error: unknown, result?: Result) => {
        on.off("error", done);
        on.off("end", ended);
        settle(error ? { error } : { result: result as Result });
      };
      // "end" comes before the error that tells why
      const ended = () => setImmediate(done, { code: "ECONNECTION" });
      on.once("error", done);
      on.once("end", ended);
      begin(done);
    });

  const open = async (): Promise<Outcome | null> => {
    if (live()) return null;
    const fresh = new SMTPConnection(options);
    connection = fresh;
    used = 0;
    untidy = false;
    fresh.on("error", () => {}); // also when nobody waits for it
    const connected = await step(fresh, (done) => fresh.connect(done));
    if ("error" in connected) {
      cut();
      return awayOf(connected.error);
    }
    takesUtf8 = /[ -]SMTPUTF8\b/i.test(fresh.lastServerResponse || "");
    if (auth && fresh.allowsAuth) {
      const loggedIn = await step(fresh, (done) => fresh.login(auth, done));
      if ("error" in loggedIn) {
        cut();
        return awayOf(loggedIn.error);
      }
    }
    return null;
  };

  const send: SmtpLine["send"] = async (envelope, message) => {
    const on = live();
    if (!on) return { outcome: { kind: "deferred", code: "ECONNECTION" }, stale: used > 0 };
    // RFC 6531, section 3.2: who cannot be written to over this server
    if (!takesUtf8 && /[^ -~]/.test(envelope.to + envelope.from))
      return { outcome: { kind: "refused", code: "553 5.6.7" }, stale: false };
    const reused = used++ > 0;
    let tooLong: NodeJS.Timeout | undefined;
    let content: Content | undefined;
    const sent = await step<{ response: string }>(on, (done) => {
      const waitFor = (milliseconds: number) => {
        clearTimeout(tooLong);
        tooLong = setTimeout(() => {
          done({ code: "ETIMEDOUT" });
          cut();
        }, milliseconds);
      };
      waitFor(stage.commands);
      content = new Content(message, () => waitFor(stage.content));
      on.send({ ...envelope }, content, done);
    });
    clearTimeout(tooLong);
    const asked = content?.asked === true;
    if ("result" in sent)
      return { outcome: { kind: "sent", code: codeOf(sent.result.response) }, stale: false };
    const outcome = outcomeOf(sent.error, asked);
    untidy = true;
    const endedByServer = connection === on && on.destroyed && outcome.code !== "ETIMEDOUT";
    return { outcome, stale: reused && endedByServer && !asked };
  };

  const tidy = async () => {
    const on = live();
    if (!on) return;
    if (used >= messagesPerConnection) return quit();
    if (!untidy) return;
    untidy = false;
    const reset = await step(on, (done) => on.reset(done));
    if ("error" in reset) cut();
  };

  return { open, send, tidy, quit, cut };
}
