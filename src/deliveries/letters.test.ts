import { expect, onTestFinished, test } from "vitest";
import { edition, finished, newsletterOf, subscribers } from "../../tests/support/sending.ts";
import { startSmtpSink } from "../../tests/support/smtp-sink.ts";
import { startTestApp } from "../../tests/support/test-app.ts";
import { startSendingLoop } from "./loop.ts";

const mailbox = {
  MAIL_FROM: "nieuws@archipel.example",
  BOUNCE_ADDRESS: "terug@archipel.example",
  IMAP_URL: "imaps://terug:geheim@archipel.example",
};

/** The header by which a reader of an initiative with a host of its own leaves. */
async function wayOut(env: Record<string, string>) {
  const sink = await startSmtpSink();
  const app = await startTestApp({ env: { SMTP_URL: sink.url, ...env } });
  const { db } = app.ctx;
  const slug = "op-pad-met-de-cxo";
  await db.updateTable("initiatives").set({ host: "cxo.example" }).where("slug", "=", slug).execute();
  const newsletterId = await newsletterOf(db, slug);
  await subscribers(db, newsletterId, 1);
  const id = await edition(db, { newsletterId });
  onTestFinished(startSendingLoop(app.ctx, 50).stop);
  await finished(db, id);
  const [mail] = sink.received;
  return { app, mail: mail!, header: mail!.header("list-unsubscribe") ?? "" };
}

test("one click leaves also when the initiative has given its host name up", async () => {
  const { app, mail, header } = await wayOut({});
  expect(mail.mail.text).toMatch(/cxo\.example:\d+\/afmelden\//);
  const link = /^<([^>]+)>$/.exec(header)?.[1] ?? "";
  expect(link).toMatch(new RegExp(`^${app.origin}/afmelden/`));
  await app.ctx.db.updateTable("initiatives").set({ host: null }).execute();
  const answer = await app.post(new URL(link).pathname, { "List-Unsubscribe": "One-Click" });
  expect([answer.status, await answer.text()]).toEqual([200, "ended"]);
});

test("leaving by mail is offered only where somebody reads that mail", async () => {
  expect((await wayOut({})).header).not.toContain("mailto:");
  expect((await wayOut(mailbox)).header).toMatch(
    />,\s*<mailto:terug\+\S+@archipel\.example\?subject=unsubscribe>$/,
  );
});
