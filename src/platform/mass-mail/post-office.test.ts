import { setTimeout as sleep } from "node:timers/promises";
import { SMTPServer } from "smtp-server";
import { expect, onTestFinished, test } from "vitest";
import { type Script, startScriptedSmtp } from "../../../tests/support/scripted-smtp.ts";
import { startSmtpSink } from "../../../tests/support/smtp-sink.ts";
import { type Addressee, prepareLetter, slot } from "./letter.ts";
import { createPostOffice } from "./post-office.ts";

const letter = prepareLetter({
  from: "post@archipel.example",
  fromName: "Op pad",
  subject: `Dag ${slot("name")}`,
  html: `<p>Dag ${slot("name")}</p>${"<p>Wat er gebeurde</p>\n".repeat(400)}`,
  text: `Dag ${slot("name")}`,
  headers: {},
});

const to = (number: number): Addressee => ({
  to: `lezer${number}@example.org`,
  messageId: `<${number}@archipel.example>`,
  returnPath: `post+${number}@archipel.example`,
  date: new Date("2026-11-22T10:00:00Z"),
  slots: { name: `Lezer ${number}` },
});

function officeAt(url: string, connections = 1) {
  const office = createPostOffice({ url, connections, dkim: null });
  onTestFinished(office.close);
  return office;
}

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at);

test("each gets their own message, once, over no more connections than allowed", async () => {
  const sink = await startSmtpSink();
  const office = officeAt(sink.url, 3);
  const outcomes = await Promise.all(numbers(40).map((number) => office.send(letter, to(number))));
  expect(outcomes).toEqual(numbers(40).map(() => ({ kind: "sent", code: "250" })));
  expect(sink.received).toHaveLength(40);
  for (const { envelope, mail } of sink.received) {
    const number = Number(/\d+/.exec(envelope.to[0] ?? "")?.[0]);
    expect(envelope).toEqual({ from: `post+${number}@archipel.example`, to: [`lezer${number}@example.org`] });
    expect(mail).toMatchObject({ messageId: `<${number}@archipel.example>`, subject: `Dag Lezer ${number}` });
    expect(mail.text?.trim()).toBe(`Dag Lezer ${number}`);
  }
  expect(new Set(sink.received.map(({ mail }) => mail.messageId))).toHaveLength(40);
});

test.each([
  ["recipient", 550, "5.1.1 no such user lezer1@example.org", { kind: "refused", code: "550 5.1.1" }],
  ["recipient", 553, "no", { kind: "refused", code: "553" }],
  ["data", 554, "5.7.1 spam", { kind: "refused", code: "554 5.7.1" }],
  ["recipient", 450, "4.2.0 greylisted lezer1@example.org", { kind: "deferred", code: "450 4.2.0" }],
  ["recipient", 421, "4.7.0 too many", { kind: "deferred", code: "421 4.7.0" }],
  ["data", 452, "4.3.1 full", { kind: "deferred", code: "452 4.3.1" }],
  ["login", 535, "5.7.8 wrong password geheim", { kind: "away", code: "535 5.7.8" }],
] as const)(
  "refused at the %s with %i: the code without the address, and the next goes through",
  async (at, code, says, expected) => {
    const sink = await startSmtpSink();
    const office = officeAt(at === "login" ? sink.url.replace("://", "://post:geheim@") : sink.url);
    sink.behave({ kind: "refuse", at, code, says });
    expect(await office.send(letter, to(1))).toEqual(expected);
    sink.behave({ kind: "accept" });
    expect(await office.send(letter, to(1))).toMatchObject({ kind: "sent" });
    expect(sink.received).toHaveLength(1);
  },
);

test("a server that takes the message and never answers leaves it uncertain, and the next goes through", async () => {
  const sink = await startSmtpSink();
  const office = officeAt(`${sink.url}/?socketTimeout=300`);
  sink.behave({ kind: "stall" });
  expect(await office.send(letter, to(1))).toEqual({ kind: "uncertain", code: "ETIMEDOUT" });
  sink.behave({ kind: "accept" });
  expect(await office.send(letter, to(1))).toMatchObject({ kind: "sent" });
});

test("a server that thinks long about the content is waited for: sooner would make a second copy", async () => {
  const sink = await startSmtpSink();
  const stage = { commands: 300, content: 20_000 };
  const office = createPostOffice({ url: sink.url, connections: 1, dkim: null, stage });
  onTestFinished(office.close);
  sink.behave({ kind: "stall" });
  const sending = office.send(letter, to(1));
  while (sink.tries.length === 0) await sleep(10);
  await sleep(600);
  sink.answerStalled();
  expect(await sending).toEqual({ kind: "sent", code: "250" });
  expect(sink.tries).toHaveLength(1);
  const silent = await startScriptedSmtp({ answer: (verb) => (verb === "RCPT" ? null : undefined) });
  const other = createPostOffice({ url: silent.url, connections: 1, dkim: null, stage });
  onTestFinished(other.close);
  expect(await other.send(letter, to(2))).toEqual({ kind: "deferred", code: "ETIMEDOUT" });
});

test.each<[string, Script, string, string]>([
  ["no greeting", { greeting: null }, "away", "ETIMEDOUT"],
  ["a greeting that sends away for now", { greeting: "421 4.3.2 later" }, "away", "421 4.3.2"],
  ["a greeting that sends away for good", { greeting: "554 5.7.1 no" }, "away", "554 5.7.1"],
  ["an end before the greeting", { greeting: "close" }, "away", "ECONNECTION"],
  [
    "a refused sender",
    { answer: (verb) => (verb === "MAIL" ? "550 5.7.1 no" : undefined) },
    "away",
    "550 5.7.1",
  ],
  [
    "421 to the sender",
    { answer: (verb) => (verb === "MAIL" ? "421 4.3.2 later" : undefined) },
    "deferred",
    "421 4.3.2",
  ],
  [
    "421 to DATA",
    { answer: (verb) => (verb === "DATA" ? "421 4.3.2 later" : undefined) },
    "deferred",
    "421 4.3.2",
  ],
  [
    "DATA refused",
    { answer: (verb) => (verb === "DATA" ? "554 5.5.1 no" : undefined) },
    "refused",
    "554 5.5.1",
  ],
  ["no answer to DATA", { answer: (verb) => (verb === "DATA" ? null : undefined) }, "deferred", "ETIMEDOUT"],
  [
    "an end at DATA",
    { answer: (verb) => (verb === "DATA" ? "close" : undefined) },
    "deferred",
    "ECONNECTION",
  ],
  [
    "421 to the content",
    { answer: (verb) => (verb === "CONTENT" ? "421 4.3.2 no" : undefined) },
    "deferred",
    "421 4.3.2",
  ],
  [
    "an end after the content",
    { answer: (verb) => (verb === "CONTENT" ? "close" : undefined) },
    "uncertain",
    "ECONNECTION",
  ],
  ["an end in the content", { breakAfter: 2000 }, "uncertain", ""],
])("%s", async (_what, script, kind, code) => {
  for (const extensions of [["PIPELINING"], ["8BITMIME"]]) {
    const server = await startScriptedSmtp({ ...script, extensions });
    const office = officeAt(`${server.url}/?socketTimeout=300&greetingTimeout=300`);
    const outcome = await office.send(letter, to(1));
    expect(outcome.kind).toBe(kind);
    expect(outcome.code).toContain(code);
  }
});

test("a server that is gone is away, and is found again", async () => {
  const sink = await startSmtpSink();
  const office = officeAt(sink.url);
  expect((await office.send(letter, to(1))).kind).toBe("sent");
  await sink.stop();
  expect(await office.send(letter, to(2))).toEqual({ kind: "away", code: "ECONNREFUSED" });
  await sink.start();
  expect((await office.send(letter, to(2))).kind).toBe("sent");
});

test("a connection is used again, a hundred times at most, and after a refusal", async () => {
  let refuse = false;
  const server = await startScriptedSmtp({
    answer: (verb) => (refuse && verb === "RCPT" ? "550 5.1.1 no" : undefined),
  });
  const office = officeAt(server.url);
  for (const number of numbers(99)) await office.send(letter, to(number));
  refuse = true;
  expect((await office.send(letter, to(99))).kind).toBe("refused");
  expect(server.connections).toHaveLength(1);
  refuse = false;
  expect((await office.send(letter, to(100))).kind).toBe("sent");
  expect(server.connections.map(({ messages }) => messages)).toEqual([99, 1]);
  const other = await startScriptedSmtp({
    answer: (verb, line) => (verb === "RCPT" && line.includes("lezer1@") ? "450 4.2.1 later" : undefined),
  });
  const second = officeAt(other.url);
  expect((await second.send(letter, to(1))).kind).toBe("deferred");
  expect((await second.send(letter, to(2))).kind).toBe("sent");
  expect(other.connections).toHaveLength(1);
  expect(other.connections[0]?.verbs).toContain("RSET");
});

test("a connection that the server ended meanwhile is opened anew for the next message", async () => {
  const server = await startScriptedSmtp({});
  const office = officeAt(server.url);
  expect((await office.send(letter, to(1))).kind).toBe("sent");
  server.hangUp();
  await sleep(50);
  expect((await office.send(letter, to(2))).kind).toBe("sent");
  const strict = await startScriptedSmtp({
    answer: (verb, _line, count) => (verb === "MAIL" && count > 2 ? "421 4.7.0 enough" : undefined),
  });
  const patient = officeAt(strict.url);
  for (const number of numbers(5)) expect((await patient.send(letter, to(number))).kind).toBe("sent");
  expect(strict.connections.map(({ messages }) => messages)).toEqual([2, 2, 1]);
});

test("what is to happen before the hand-over has happened before anything goes out, and stops it by failing", async () => {
  const server = await startScriptedSmtp({});
  const office = officeAt(server.url);
  let verbs: string[] | undefined;
  const outcome = await office.send(letter, to(1), async () => {
    await sleep(50);
    verbs = [...(server.connections[0]?.verbs ?? [])];
  });
  expect(outcome.kind).toBe("sent");
  expect(verbs).toEqual(["EHLO"]);
  const stopped = await office.send(letter, to(2), () => Promise.reject(new Error("the database is away")));
  expect(stopped.kind).toBe("deferred");
  expect(server.connections[0]?.verbs.filter((verb) => verb === "MAIL")).toHaveLength(1);
});

test("what cannot be made into a message is deferred, not sent halfway", async () => {
  const sink = await startSmtpSink();
  const office = officeAt(sink.url);
  expect(await office.send(letter, { ...to(1), slots: {} })).toEqual({
    kind: "deferred",
    code: 'not made: No value for the slot "name"',
  });
  expect((await office.send(letter, { ...to(1), returnPath: "post@archipel.example>\r\nDATA" })).kind).toBe(
    "deferred",
  );
  expect((await office.send(letter, { ...to(1), to: "a@example.org,b@example.org" })).kind).toBe("refused");
  expect((await office.send(letter, to(1))).kind).toBe("sent");
  expect(sink.tries).toHaveLength(1);
});

test("an address beyond ASCII needs a server that takes it (RFC 6531)", async () => {
  const modern = await startScriptedSmtp({ extensions: ["SMTPUTF8", "8BITMIME"] });
  expect((await officeAt(modern.url).send(letter, { ...to(1), to: "véra@example.org" })).kind).toBe("sent");
  const old = await startScriptedSmtp({ extensions: ["8BITMIME"] });
  expect(await officeAt(old.url).send(letter, { ...to(1), to: "véra@example.org" })).toEqual({
    kind: "refused",
    code: "553 5.6.7",
  });
  expect((await officeAt(old.url).send(letter, { ...to(1), to: "vera@vóórbeeld.example" })).kind).toBe(
    "sent",
  );
  expect(old.connections[1]?.lines).toContain("RCPT TO:<vera@xn--vrbeeld-l0aa.example>");
});

test("STARTTLS is used when offered, and never done without when required", async () => {
  const secured: boolean[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 1,
    onData: (stream, session, done) => {
      secured.push(session.secure);
      stream.on("end", () => done()).resume();
    },
  });
  server.on("error", () => {});
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => new Promise<void>((done) => server.close(done)));
  const { port } = server.server.address() as { port: number };
  const url = `smtp://127.0.0.1:${port}`;
  const trusting = await officeAt(`${url}/?tls.rejectUnauthorized=false`).send(letter, to(1));
  expect([trusting.kind, secured]).toEqual(["sent", [true]]);
  const careful = await officeAt(url).send(letter, to(1));
  expect([careful.kind, secured]).toEqual(["away", [true]]);
  const plain = await startSmtpSink();
  expect((await officeAt(`${plain.url}/?requireTLS=true`).send(letter, to(1))).kind).toBe("away");
});

test("at the end, what runs is finished, what waits is told, and nothing hangs", async () => {
  const sink = await startSmtpSink();
  const office = createPostOffice({ url: sink.url, connections: 2, dkim: null });
  const sending = numbers(6).map((number) => office.send(letter, to(number)));
  await office.close();
  const kinds = (await Promise.all(sending)).map(({ kind }) => kind);
  expect(kinds).toEqual(["sent", "sent", "deferred", "deferred", "deferred", "deferred"]);
  expect(await office.send(letter, to(9))).toEqual({ kind: "deferred", code: "not made: closing" });
});

test("a message that gets no answer is cut off at the end, and uncertain", async () => {
  const server = await startScriptedSmtp({ answer: (verb) => (verb === "CONTENT" ? null : undefined) });
  const office = createPostOffice({ url: server.url, connections: 1, dkim: null, lastWait: 200 });
  const sending = office.send(letter, to(1));
  while (!server.connections[0]?.verbs.includes("CONTENT")) await sleep(10);
  await office.close();
  expect((await sending).kind).toBe("uncertain");
});
