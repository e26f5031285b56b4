import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { dkimVerify } from "mailauth/lib/dkim/verify.js";
import { expect, onTestFinished, test } from "vitest";
import { startSmtpSink } from "../../../tests/support/smtp-sink.ts";
import { prepareLetter, slot } from "./letter.ts";
import { createPostOffice } from "./post-office.ts";

const letter = prepareLetter({
  from: "post@archipel.example",
  fromName: "Op pad, mét de CXO",
  replyTo: "redactie@archipel.example",
  subject: `${slot("name")}, dit is nieuws`,
  html: `<h1>Dag ${slot("name")} </h1>\n\n   <p>Eén  =  twee\t</p>${slot("name")}\n\n`,
  text: `Dag ${slot("name")}  \n\n${slot("name")}\n\n\n`,
  headers: {
    "List-Id": "<nieuws.archipel.example>",
    "List-Unsubscribe": `<https://archipel.example/afmelden/${slot("token")}>`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  },
});

const keys = {
  "rsa-sha256": () => generateKeyPairSync("rsa", { modulusLength: 2048 }),
  "ed25519-sha256": () => generateKeyPairSync("ed25519"),
};

/** A new key in a file as DKIM_KEY_FILE, and the record that an operator puts into the DNS for it. */
function dkimWith(algorithm: keyof typeof keys) {
  const { privateKey, publicKey } = keys[algorithm]();
  const dir = mkdtempSync(join(tmpdir(), "archipel-dkim-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const keyFile = join(dir, "key.pem");
  writeFileSync(keyFile, privateKey.export({ format: "pem", type: "pkcs8" }));
  const der = publicKey.export({ format: "der", type: "spki" });
  // RFC 8463, section 4: of an Ed25519 key the 32 bytes alone
  const p = (algorithm === "ed25519-sha256" ? der.subarray(-32) : der).toString("base64");
  const record = `v=DKIM1; k=${algorithm.split("-")[0]}; p=${p}`;
  const resolver = async (name: string) => {
    expect(name).toBe("nieuws._domainkey.archipel.example");
    return [[record]];
  };
  return { dkim: { domain: "archipel.example", selector: "nieuws", keyFile }, resolver };
}

const name = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 200 }),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc
    .array(fc.constantFrom("é", "=", ".", " ", "\t", "\r\n", "\n", "🌊", "=20"), { maxLength: 60 })
    .map((parts) => parts.join("")),
);

test.each(["rsa-sha256", "ed25519-sha256"] as const)(
  "every message is validly signed with %s, whatever its values",
  async (algorithm) => {
    const sink = await startSmtpSink();
    const { dkim, resolver } = dkimWith(algorithm);
    const office = createPostOffice({ url: sink.url, connections: 4, dkim });
    onTestFinished(office.close);
    const names = fc.sample(name, 250);
    const outcomes = await Promise.all(
      names.map((name, at) =>
        office.send(letter, {
          to: at % 50 ? `lezer${at}@example.org` : `lézer${at}@example.org`,
          messageId: `<${at}@archipel.example>`,
          returnPath: "post@archipel.example",
          date: new Date(),
          slots: { name, token: "x".repeat(at) },
        }),
      ),
    );
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(["sent"]));
    expect(sink.received).toHaveLength(250);
    for (const { raw } of sink.received) {
      const { results } = await dkimVerify(raw, { resolver });
      expect(results).toHaveLength(1);
      expect(results[0]).toMatchObject({
        status: { result: "pass" },
        signingDomain: "archipel.example",
        selector: "nieuws",
        algo: algorithm,
        format: "relaxed/relaxed",
      });
      expect(results[0]?.signingHeaders?.keys).toMatch(
        /From: .*Reply-To: .*To: .*Subject: .*Date: .*Message-ID: .*List-Id: .*List-Unsubscribe: .*List-Unsubscribe-Post/is,
      );
    }
    const changed = Buffer.from(sink.received[0]!.raw.toString("latin1").replace("E=C3", "E=C4"), "latin1");
    expect((await dkimVerify(changed, { resolver })).results[0]?.status.result).not.toBe("pass");
  },
);

test("a key that cannot be used stops the program at its start, and says which setting", () => {
  const dir = mkdtempSync(join(tmpdir(), "archipel-dkim-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const keyFile = join(dir, "key.pem");
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const office = () =>
    createPostOffice({
      url: "smtp://127.0.0.1",
      connections: 1,
      dkim: { domain: "archipel.example", selector: "nieuws", keyFile },
    });
  expect(office).toThrow("DKIM_KEY_FILE");
  writeFileSync(keyFile, privateKey.export({ format: "pem", type: "pkcs8" }));
  expect(office).toThrow("DKIM_KEY_FILE");
});
