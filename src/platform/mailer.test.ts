import { expect, test } from "vitest";
import { type SmtpSink, startSmtpSink } from "../../tests/support/smtp-sink.ts";
import { parseConfig } from "./config.ts";
import { createMailer, type KeptMail, type Mail, MailDeferred, MailRefused } from "./mailer.ts";

const mail = (changes: Partial<Mail> = {}): Mail => ({
  id: "welcome-1",
  to: "vera@example.org",
  subject: "Welkom",
  html: `<p>Hallo Vera</p><img src="data:image/png;base64,iVBORw0KGgo=" alt="">`,
  text: "Hallo Vera",
  ...changes,
});

function mailerTo(url: string, env: Record<string, string> = {}) {
  const parsed = parseConfig({ NODE_ENV: "test", MAIL_FROM: "post@archipel.example", SMTP_URL: url, ...env });
  if (parsed.kind === "invalid") throw new Error(parsed.problems.join("\n"));
  const kept: KeptMail[] = [];
  const mailer = createMailer(parsed.config, async (one) => void kept.push(one));
  return { ...mailer, kept };
}

async function failure(sending: Promise<void>): Promise<Error> {
  const outcome = await sending.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(outcome instanceof Error))
    throw new Error("The mail was sent, or something that is no error was thrown");
  return outcome;
}

test("a mail arrives whole, says that a program sent it, and carries its picture with it", async () => {
  const sink = await startSmtpSink();
  const { send, close } = mailerTo(sink.url);
  const headers = {
    "List-Unsubscribe": "<https://archipel.example/afmelden/x>",
    "List-Id": "<n.archipel.example>",
  };
  await send(mail({ fromName: "Op pad, met de CXO", replyTo: "redactie@archipel.example", headers }));
  close();
  const [{ mail: got, envelope, header }] = sink.received as [SmtpSink["received"][0]];
  expect(envelope).toEqual({ from: "post@archipel.example", to: ["vera@example.org"] });
  expect(got.from).toEqual({ name: "Op pad, met de CXO", address: "post@archipel.example" });
  expect(got.to).toEqual([{ name: "", address: "vera@example.org" }]);
  expect(got.replyTo).toEqual([{ name: "", address: "redactie@archipel.example" }]);
  expect(got.messageId).toBe("<welcome-1@archipel.example>");
  expect(got.text?.trim()).toBe("Hallo Vera");
  expect(header("Auto-Submitted")).toBe("auto-generated");
  expect(header("List-Unsubscribe")).toBe("<https://archipel.example/afmelden/x>");
  expect(header("List-Id")).toBe("<n.archipel.example>");
  const [picture] = got.attachments;
  expect(picture?.disposition).toBe("inline");
  expect(got.html).toContain(`cid:${picture?.contentId?.replace(/[<>]/g, "")}`);
  expect(got.html).not.toContain("data:");
});

const attack = "Welkom\r\nBcc: kwaad@example.net\r\n\r\n<h1>Eigen tekst</h1>\n\u2028\0";

test.each([
  ["subject", { subject: attack }],
  ["sender's name", { fromName: attack }],
  ["other headers", { headers: { "List-Id": attack } }],
  ["address to answer", { replyTo: `vera@example.org${attack}` }],
  ["list of addresses to answer", { replyTo: "vera@example.org, kwaad@example.net" }],
])("a line break in the %s adds no header, text or reader", async (_where, changes) => {
  const sink = await startSmtpSink();
  const { send, close } = mailerTo(sink.url);
  await send(mail(changes));
  close();
  const [{ mail: got, envelope, raw }] = sink.received as [SmtpSink["received"][0]];
  expect(envelope.to).toEqual(["vera@example.org"]);
  expect(got.to).toEqual([{ name: "", address: "vera@example.org" }]);
  expect([got.cc, got.bcc]).toEqual([undefined, undefined]);
  expect(got.headers.map(({ key }) => key)).not.toContain("bcc");
  expect(got.text?.trim()).toBe("Hallo Vera");
  expect(raw.toString("latin1")).not.toMatch(/^<h1>Eigen/m);
});

test.each([
  "vera@example.org,kwaad@example.net",
  "vera@example.org;kwaad@example.net",
  "Vera <vera@example.org>",
  "vera@example.org\r\nRCPT TO:<kwaad@example.net>",
  "vera@example.org kwaad@example.net",
  '"vera"@example.org',
  "vera",
  "",
])("a mail goes to one address, so not to %j", async (to) => {
  const sink = await startSmtpSink();
  const { send, close } = mailerTo(sink.url);
  expect(await failure(send(mail({ to })))).toBeInstanceOf(MailRefused);
  close();
  expect(sink.tries).toEqual([]);
  const { send: sendHere, kept } = mailerTo("");
  expect(await failure(sendHere(mail({ to })))).toBeInstanceOf(MailRefused);
  expect(kept).toEqual([]);
});

test("the built-in mailbox gets the same mail, with its Message-ID and clean headers", async () => {
  const { send, kept } = mailerTo("");
  await send(mail({ subject: attack, fromName: "Op\npad" }));
  expect(kept).toHaveLength(1);
  expect(kept[0]).toMatchObject({ messageId: "<welcome-1@archipel.example>", fromName: "Op pad" });
  expect(kept[0]?.subject).not.toMatch(/[\r\n\0\u2028]/);
});

test.each([
  ["the address does not exist", "recipient", 550, "5.1.1 <vera@example.org>: no such user", MailRefused],
  ["the mailbox is closed", "recipient", 550, "Mailbox of vera@example.org unavailable", MailRefused],
  [
    "the address turns out wrong after the text",
    "data",
    550,
    "5.1.1 no such user vera@example.org",
    MailRefused,
  ],
  ["the mailbox is full for now", "recipient", 452, "4.2.2 vera@example.org is over quota", MailDeferred],
  ["the server asks to come back", "recipient", 450, "4.2.0 greylisted vera@example.org", MailDeferred],
  [
    "the server does not know us",
    "recipient",
    554,
    "5.7.1 <vera@example.org>: relay access denied",
    MailDeferred,
  ],
  ["the server holds it for spam", "data", 554, "5.7.1 vera@example.org rejected by policy", MailDeferred],
  ["the server has a fault", "data", 451, "4.3.0 try later vera@example.org", MailDeferred],
] as const)(
  "when %s, the error says whether a retry helps, and not who",
  async (_why, at, code, says, kind) => {
    const sink = await startSmtpSink();
    sink.behave({ kind: "refuse", at, code, says });
    const { send, close } = mailerTo(sink.url);
    const error = await failure(send(mail()));
    close();
    expect(error).toBeInstanceOf(kind);
    expect(error.message).toContain(String(code));
    expect(JSON.stringify([error.message, error.stack, { ...error }])).not.toContain("vera");
    expect(error.cause).toBeUndefined();
  },
);

test("a refused login is for the operator to mend, so the mail waits", async () => {
  const sink = await startSmtpSink();
  sink.behave({ kind: "refuse", at: "login", code: 535, says: "5.7.8 wrong password geheim" });
  const { send, close } = mailerTo(sink.url.replace("://", "://post:geheim@"));
  const error = await failure(send(mail()));
  expect(error).toBeInstanceOf(MailDeferred);
  expect(error.message).toMatch(/535 .*at AUTH/);
  expect(JSON.stringify([error.message, error.stack])).not.toContain("geheim");
  sink.behave({ kind: "accept" });
  await send(mail());
  close();
  expect(sink.received).toHaveLength(1);
});

test("a server that stalls, breaks off or is gone delays the mail, and the next mail goes through", async () => {
  const sink = await startSmtpSink();
  const { send, close } = mailerTo(`${sink.url}/?socketTimeout=300`);
  sink.behave({ kind: "stall" });
  expect((await failure(send(mail()))).message).toContain("ETIMEDOUT");
  sink.behave({ kind: "drop" });
  expect(await failure(send(mail()))).toBeInstanceOf(MailDeferred);
  await sink.stop();
  expect((await failure(send(mail()))).message).toContain("ECONNREFUSED");
  sink.behave({ kind: "accept" });
  await sink.start();
  await send(mail());
  close();
  expect(sink.received).toHaveLength(1);
  expect(new Set(sink.tries.map(({ mail }) => mail.messageId))).toEqual(
    new Set(["<welcome-1@archipel.example>"]),
  );
});

test("a mail without an id that fits a Message-ID is a mistake of the program", async () => {
  expect((await failure(mailerTo("").send(mail({ id: "a b>" })))).message).toContain("Message-ID");
});
