import { randomUUID } from "node:crypto";
import { storeMail } from "../../src/bounces/operations.ts";
import { messageIdOf, returnPathOf } from "../../src/deliveries/verp.ts";
import { unsubscribeAddressOf } from "../../src/newsletters/operations.ts";
import type { TestApp } from "./test-app.ts";

/** A delivery of a new edition to a subscriber that the mail server took just now. */
export async function givenDelivery(app: TestApp, email: string) {
  const { db } = app.ctx;
  const subscription = await db
    .selectFrom("subscriptions as s")
    .innerJoin("people as p", "p.id", "s.person_id")
    .select(["s.id", "s.newsletter_id", "s.person_id", "s.language"])
    .where("p.email", "=", email)
    .orderBy("s.since", "desc")
    .executeTakeFirstOrThrow();
  const now = app.ctx.now();
  const slug = `editie-${randomUUID().slice(0, 8)}`;
  const edition = await db
    .insertInto("editions")
    .values({
      newsletter_id: subscription.newsletter_id,
      slug,
      title: '{"nl":"Editie"}',
      state: "sent",
      created_at: now,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const { id } = await db
    .insertInto("deliveries")
    .values({
      edition_id: edition.id,
      person_id: subscription.person_id,
      subscription_id: subscription.id,
      language: subscription.language,
      domain: email.slice(email.indexOf("@") + 1),
      state: "sent",
      due_at: now,
      done_at: now,
      code: "250 2.0.0",
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const marks = {
    returnPath: returnPathOf(app.ctx, id),
    unsubscribe: unsubscribeAddressOf(app.ctx, subscription.id),
    messageId: messageIdOf(app.ctx, id),
  };
  return { id, email, editionId: edition.id, personId: subscription.person_id, marks };
}

export type GivenDelivery = Awaited<ReturnType<typeof givenDelivery>>;

/** A mail to a person came back for good: its delivery, the bounce as it was stored, and the suppression. */
export async function letMailComeBack(app: TestApp, email: string) {
  app.advance(60_000); // after the person's last confirmation
  const delivery = await givenDelivery(app, email);
  const raw = bounceText({ to: delivery.marks.returnPath, recipient: email, status: "5.1.1" });
  await storeMail(app.ctx, { raw, size: raw.length });
  await app.work();
  return { ...delivery, text: raw.toString() };
}

type Report = { to: string; recipient: string; status: string; diagnostic?: string; original?: string };

/** A bounce as Postfix writes it. */
export const bounceText = ({ to, recipient, status, diagnostic, original }: Report): Buffer =>
  Buffer.from(
    [
      "Return-Path: <>",
      `Delivered-To: ${to}`,
      "From: MAILER-DAEMON@mx.example (Mail Delivery System)",
      `To: ${to}`,
      "Subject: Undelivered Mail Returned to Sender",
      `Message-ID: <${randomUUID()}@mx.example>`,
      "MIME-Version: 1.0",
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
      "",
      "--b",
      "Content-Type: text/plain",
      "",
      "Your message could not be delivered.",
      "--b",
      "Content-Type: message/delivery-status",
      "",
      "Reporting-MTA: dns; mx.example",
      "",
      `Final-Recipient: rfc822; ${recipient}`,
      "Action: failed",
      `Status: ${status}`,
      `Diagnostic-Code: smtp; ${diagnostic ?? `550 ${status}`}`,
      "",
      ...(original ? ["--b", "Content-Type: text/rfc822-headers", "", original, ""] : []),
      "--b--",
      "",
    ].join("\r\n"),
  );

/** A complaint (RFC 5965) about the mail with this Message-ID. */
export const complaintText = (messageId: string): Buffer =>
  Buffer.from(
    [
      "From: feedback@arf.example",
      "To: terug@archipel.example",
      "Subject: FW: Nieuws",
      `Message-ID: <${randomUUID()}@arf.example>`,
      "MIME-Version: 1.0",
      'Content-Type: multipart/report; report-type=feedback-report; boundary="b"',
      "",
      "--b",
      "Content-Type: message/feedback-report",
      "",
      "Feedback-Type: abuse",
      "User-Agent: Loop/1.0",
      "Version: 1",
      "",
      "--b",
      "Content-Type: message/rfc822",
      "",
      "Subject: Nieuws",
      `Message-ID: ${messageId}`,
      "",
      "Dag!",
      "--b--",
      "",
    ].join("\r\n"),
  );

/** A mail by a person. */
export const personsText = (to: string, subject: string, text = ""): Buffer =>
  Buffer.from(
    [
      `From: jan@example.net`,
      `To: ${to}`,
      `Subject: ${subject}`,
      `Message-ID: <${randomUUID()}@example.net>`,
      "",
      text,
    ].join("\r\n"),
  );
