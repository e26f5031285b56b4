import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dkimVerify } from "mailauth/lib/dkim/verify.js";
import { expect, onTestFinished, test } from "vitest";
import { startSmtpSink } from "../../tests/support/smtp-sink.ts";
import { parseConfig } from "./config.ts";
import { answersTo, createMailer, type Mail } from "./mailer.ts";

const keys = {
  rsa: () => generateKeyPairSync("rsa", { modulusLength: 2048 }),
  ed25519: () => generateKeyPairSync("ed25519"),
  ec: () => generateKeyPairSync("ec", { namedCurve: "P-256" }),
};

function configWith(privateKey: KeyObject, smtpUrl: string) {
  const dir = mkdtempSync(join(tmpdir(), "archipel-dkim-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const keyFile = join(dir, "key.pem");
  writeFileSync(keyFile, privateKey.export({ format: "pem", type: "pkcs8" }));
  const parsed = parseConfig({
    MAIL_FROM: "post@archipel.example",
    SMTP_URL: smtpUrl,
    DKIM_DOMAIN: "archipel.example",
    DKIM_SELECTOR: "post",
    DKIM_KEY_FILE: keyFile,
  });
  if (parsed.kind === "invalid") throw new Error(parsed.problems.join("\n"));
  return parsed.config;
}

const mails: Record<string, Omit<Mail, "id" | "to">> = {
  "a code": { subject: "Je code is 123456", html: "<p>123456</p>", text: "123456" },
  "spaces, tabs, dots and bare line feeds": {
    subject: "Twee  spaties",
    html: "<p>Een  \t </p>  \n.\n..\n   \n<p>einde</p>\n\n\n",
    text: " . \nTwee  spaties  \n\t\n.\n\n\n",
  },
  "more than ASCII, long lines and a picture": {
    subject: "Zeeën van eilanden, en een onderwerp dat zo lang is dat het op meer dan één regel moet staan",
    html: `<p>${"Eén lang verhaal. ".repeat(90)}</p><img src="data:image/png;base64,iVBORw0KGgo=" alt="">`,
    text: `${"Eén lang verhaal. ".repeat(90)}\r\nVan hier`,
    fromName: "Op pad, mét de CXO",
    replyTo: "redactie@archipel.example",
  },
};

test.each(["rsa", "ed25519"] as const)(
  "confirmations, codes and answers are validly signed, with a key of the kind %s",
  async (kind) => {
    const { privateKey, publicKey } = keys[kind]();
    const sink = await startSmtpSink();
    const config = configWith(privateKey, sink.url);
    const mailer = createMailer(config, async () => {});
    const headers = answersTo(config, "tip-1");
    for (const [name, mail] of Object.entries(mails))
      await mailer.send({
        ...mail,
        id: `mail-${name.length}`,
        to: "vera@example.org",
        headers,
      });
    mailer.close();
    const der = publicKey.export({ format: "der", type: "spki" });
    // RFC 8463, section 4: of an Ed25519 key the 32 bytes alone
    const p = (kind === "rsa" ? der : der.subarray(-32)).toString("base64");
    const resolver = async () => [[`v=DKIM1; k=${kind}; p=${p}`]];
    expect(sink.received).toHaveLength(3);
    for (const [at, { raw, mail, header, envelope }] of sink.received.entries()) {
      const { results } = await dkimVerify(raw, { resolver });
      expect(
        results.map(({ status }) => status.result),
        Object.keys(mails)[at],
      ).toEqual(["pass"]);
      expect(envelope).toEqual({ from: "post@archipel.example", to: ["vera@example.org"] });
      expect(mail.messageId).toBe(`<mail-${Object.keys(mails)[at]?.length}@archipel.example>`);
      expect(mail.subject).toBe(Object.values(mails)[at]?.subject);
      expect(header("in-reply-to")).toBe("<tip-1@archipel.example>");
      expect(header("references")).toBe("<tip-1@archipel.example>");
      expect(header("auto-submitted")).toBe("auto-generated");
      expect(header("dkim-signature")).toContain(`a=${kind}-sha256`);
    }
    expect(sink.received[2]?.mail.text?.trim()).toMatch(/^Eén lang verhaal\. .*Van hier$/s);
    expect(sink.received[2]?.mail.attachments).toHaveLength(1);
  },
);

test("a key that no signature can be made with stops the program at its start", async () => {
  const config = configWith(keys.ec().privateKey, "smtp://127.0.0.1:1");
  expect(() => createMailer(config, async () => {})).toThrow(/DKIM_KEY_FILE .*: it is a key for ec/);
});
