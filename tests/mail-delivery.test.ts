import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { mailPreviews } from "../src/features.ts";
import { languages } from "../src/platform/i18n.ts";
import { createLog } from "../src/platform/log.ts";
import { linkIn, subscribe } from "./support/acts.ts";
import { checkDkim } from "./support/dkim.ts";
import { type SmtpSink, startSmtpSink } from "./support/smtp-sink.ts";
import { startTestApp, type TestApp } from "./support/test-app.ts";

const reader = "vera.van-dijk@voorbeeld.nl";
const theOnly = (sink: SmtpSink) => {
  expect(sink.received).toHaveLength(1);
  return sink.received[0]!;
};

/** The mail job as the queue keeps it; `wait`: seconds until its next try. */
async function mailJob(app: TestApp) {
  const { rows } = await sql<{ state: string; retries: number; wait: number; output: unknown }>`
    select state, retry_count as retries, output, extract(epoch from start_after - now())::float as wait
    from pgboss.job where name = 'confirmations.send'`.execute(app.ctx.db);
  expect(rows).toHaveLength(1);
  return rows[0]!;
}
/** Lets the time until the next try pass. */
const waitForNextTry = (app: TestApp) =>
  sql`update pgboss.job set start_after = now() where name = 'confirmations.send'`.execute(app.ctx.db);

test("while the mail server is down nothing is lost; once it is back the mail arrives exactly once", async () => {
  const sink = await startSmtpSink();
  const app = await startTestApp({ env: { SMTP_URL: sink.url } });
  await sink.stop();
  await subscribe(app, reader);

  const waits: number[] = [];
  for (let tries = 1; tries <= 5; tries++) {
    await app.work();
    const job = await mailJob(app);
    expect(job.state).toBe("retry");
    expect(await app.work(), "not before its time").toBe(0);
    waits.push(job.wait);
    await waitForNextTry(app);
  }
  expect(waits[0], "the first retry comes soon").toBeLessThan(60);
  expect(waits[4], "a later one is in less of a hurry").toBeGreaterThan(2 * waits[0]!);

  await sink.start();
  await app.work();
  expect((await mailJob(app)).state).toBe("completed");
  await app.work();
  const { envelope, mail } = theOnly(sink);
  expect(envelope.to).toEqual([reader]);
  const link = linkIn({ text: mail.text ?? "" }, "/bevestigen/");
  expect((await app.post(link, {})).status).toBe(303);
  await app.work();
  expect(sink.received.map(({ mail }) => mail.subject)[1]).toContain("Welkom");
});

test("a mail that has to be sent again has the same Message-ID each time", async () => {
  const sink = await startSmtpSink();
  const app = await startTestApp({ env: { SMTP_URL: sink.url } });
  sink.behave({ kind: "refuse", at: "data", code: 451 });
  await subscribe(app, reader);
  for (let tries = 1; tries <= 3; tries++) {
    await app.work();
    await waitForNextTry(app);
  }
  sink.behave({ kind: "accept" });
  await app.work();
  expect(sink.tries).toHaveLength(4);
  expect(new Set(sink.tries.map(({ mail }) => mail.messageId))).toEqual(
    new Set([theOnly(sink).mail.messageId]),
  );
  expect(theOnly(sink).mail.messageId).toMatch(/^<[\w.-]{20,}@localhost>$/);
});

test("an address that does not exist is not tried for days", async () => {
  const sink = await startSmtpSink();
  const app = await startTestApp({ env: { SMTP_URL: sink.url } });
  sink.behave({ kind: "refuse", at: "recipient", code: 550, says: `5.1.1 <${reader}>: no such user` });
  await subscribe(app, reader);
  await app.work();
  expect((await mailJob(app)).state).toBe("completed");
  expect(await app.work()).toBe(0);
});

test("neither the log nor the queue ever holds an address, a name, a link or the password of the mail server", async () => {
  const lines: string[] = [];
  const log = createLog("debug", { write: (line) => void lines.push(line) });
  const sink = await startSmtpSink();
  const url = sink.url.replace("smtp://", "smtp://post:geheim-wachtwoord@");
  const app = await startTestApp({ log, env: { SMTP_URL: url } });
  await app.post("/nieuwsbrief", { email: reader, name: "Vera van Dijk", consent: "yes" });
  const says = `4.2.0 <${reader}>: try later`;
  for (const next of [
    { kind: "refuse", at: "login", code: 535, says: "5.7.8 post geheim-wachtwoord" },
    { kind: "refuse", at: "recipient", code: 450, says },
    { kind: "refuse", at: "data", code: 550, says: `5.7.1 ${reader} looks like spam` },
    { kind: "drop" },
  ] as const) {
    sink.behave(next);
    await app.work();
    await waitForNextTry(app);
  }
  await sink.stop();
  await app.work();
  const { state, output } = await mailJob(app);
  expect(state).toBe("retry");
  await waitForNextTry(app);
  sink.behave({ kind: "accept" });
  await sink.start();
  await app.work();
  const { mail } = theOnly(sink);
  const link = linkIn({ text: mail.text ?? "" }, "/bevestigen/");
  await app.post(link, {});
  await app.work();
  await app.get("/en/nergens");

  const logged = lines.join("");
  expect(logged).toContain("job failed");
  expect(logged).toContain("450 4.2.0");
  expect(logged).toContain("job done");
  const token = link.split("/").at(-1)!;
  for (const secret of [reader, "voorbeeld.nl", "Vera", "geheim-wachtwoord", token])
    expect(logged + JSON.stringify(output), secret).not.toContain(secret);
});

test("with a key every mail is signed, and the signature covers what a reader sees and the way out", async () => {
  const dir = mkdtempSync(join(tmpdir(), "archipel-dkim-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const keyFile = join(dir, "dkim.key");
  writeFileSync(keyFile, keys.privateKey.export({ type: "pkcs8", format: "pem" }));
  const sink = await startSmtpSink();
  const app = await startTestApp({
    env: {
      SMTP_URL: sink.url,
      MAIL_FROM: "post@archipel.example",
      DKIM_DOMAIN: "archipel.example",
      DKIM_SELECTOR: "archipel",
      DKIM_KEY_FILE: keyFile,
    },
  });
  const languageAndMail = languages.flatMap((language) =>
    mailPreviews.map(async ({ name, render }) => ({
      id: `${name}-${language}`,
      ...(await render(language)),
    })),
  );
  for (const mail of await Promise.all(languageAndMail))
    await app.ctx.mailer.send({
      ...mail,
      to: reader,
      fromName: "Op pad met de CXO, een initiatief met een naam die lang genoeg is om te breken en met één é",
      headers: {
        "List-Unsubscribe": `<https://archipel.example/afmelden/${"0".repeat(54)}>, <mailto:post@archipel.example>`,
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      },
    });
  expect(sink.received).toHaveLength(mailPreviews.length * languages.length);
  for (const { raw, mail } of sink.received) {
    const check = checkDkim(raw, keys.publicKey);
    expect(check, mail.subject).toMatchObject({ bodyHash: true, signature: true });
    expect(check?.tags).toMatchObject({ d: "archipel.example", s: "archipel", a: "rsa-sha256" });
    const covered = check?.tags.h?.split(":") ?? [];
    for (const name of [
      "from",
      "to",
      "subject",
      "date",
      "message-id",
      "list-unsubscribe",
      "list-unsubscribe-post",
    ])
      expect(covered).toContain(name);
  }

  const { raw } = sink.received[0]!;
  const changed = (from: RegExp, to: string) =>
    checkDkim(Buffer.from(raw.toString("latin1").replace(from, to), "latin1"), keys.publicKey);
  expect(changed(/^Subject: ./m, "Subject: X")?.signature, "the check itself can fail").toBe(false);
  expect(changed(/(\r\n\r\n[\s\S]*)CXO/, "$1Kwaad")?.bodyHash).toBe(false);
});

test("a DKIM key that cannot be read stops the program at its start, not its mail later", async () => {
  const sink = await startSmtpSink();
  const env = {
    SMTP_URL: sink.url,
    MAIL_FROM: "post@archipel.example",
    DKIM_DOMAIN: "archipel.example",
    DKIM_SELECTOR: "archipel",
    DKIM_KEY_FILE: "/nergens/dkim.key",
  };
  await expect(startTestApp({ env })).rejects.toThrow(/DKIM/);
});
