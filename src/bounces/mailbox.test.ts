import { expect, test } from "vitest";
import { imapPassword, startImapServer, trustTestCertificate } from "../../tests/support/imap-server.ts";
import { personsText } from "../../tests/support/returned.ts";
import { openMailbox } from "./mailbox.ts";

/** Which of the ways to a mailbox are safe enough for its password. */

async function subjectsAt(url: string): Promise<string[]> {
  const mailbox = await openMailbox(url);
  try {
    const mails = await mailbox.oldest(10, 0);
    return mails.map(({ raw }) => /^Subject: (.*)\r$/m.exec(raw.toString())?.[1] ?? "");
  } finally {
    await mailbox.close();
  }
}

async function given(tls: "never" | "offered" | "always") {
  const server = await startImapServer({ tls });
  server.deliver(personsText("terug@archipel.example", "Hier"));
  return server;
}

test("elsewhere, without STARTTLS, the password stays here", async () => {
  const server = await given("never");
  await expect(openMailbox(server.urlFromElsewhere())).rejects.toThrow(/^no-tls$/);
  expect(server.connections()).toBe(1);
  expect(server.received()).toMatch(/CAPABILITY/i);
  expect(server.received()).not.toMatch(/LOGIN|AUTHENTICATE/i);
  expect(server.received()).not.toContain(imapPassword);
});

test("elsewhere, with STARTTLS, it goes over TLS, and only to who holds a certificate for that name", async () => {
  const server = await given("offered");
  await expect(openMailbox(server.urlFromElsewhere())).rejects.toThrow(/CERT/);
  expect(server.received()).not.toMatch(/LOGIN|AUTHENTICATE/i);
  trustTestCertificate();
  expect(await subjectsAt(server.urlFromElsewhere())).toEqual(["Hier"]);
  expect(server.received()).toMatch(/STARTTLS/i);
  expect(server.received()).not.toMatch(/LOGIN|AUTHENTICATE/i);
});

test("imaps:// speaks TLS from the start, and only to who holds a certificate for that name", async () => {
  const server = await given("always");
  await expect(openMailbox(server.url())).rejects.toThrow(/CERT/);
  trustTestCertificate();
  expect(await subjectsAt(server.url())).toEqual(["Hier"]);
  expect(server.received()).not.toMatch(/CAPABILITY|LOGIN/i);
});

test("on this machine plain is plain, also when the server offers TLS with a certificate for another name", async () => {
  for (const tls of ["never", "offered"] as const)
    expect(await subjectsAt((await given(tls)).url())).toEqual(["Hier"]);
});
