import { expect } from "vitest";
import { paths } from "../../src/paths.ts";
import type { TestApp } from "./test-app.ts";

/** Subscribes by the form, as a visitor without JavaScript. */
export const subscribe = (app: TestApp, email: string, path = paths("nl").newsletter, host?: string) =>
  app.post(path, { email, consent: "yes" }, host ? { host } : {});

/** The first link in a mail's text that holds `part`, as a path. */
export function linkIn(mail: { text: string }, part: string): string {
  const links = mail.text.match(/https?:\/\/\S+/g) ?? [];
  const found = links.find(
    (link) => new URL(link).pathname.includes(part) && !link.includes("dit-was-ik-niet"),
  );
  expect(found, `a link with ${part} in: ${mail.text}`).toBeDefined();
  return new URL(found!).pathname;
}

/** The link to say "this was not me". */
export function rejectLinkIn(mail: { text: string }): string {
  const found = mail.text.match(/https?:\/\/\S+dit-was-ik-niet/)?.[0];
  expect(found, "a link to reject").toBeDefined();
  return new URL(found!).pathname;
}

/** The button "alles hiervan deed ik", which a page with one act takes as its one button. */
export const allOfIt = { answer: "all" };

/** Subscribes and confirms by the mail. */
export async function subscribeAndConfirm(app: TestApp, email: string, path?: string): Promise<void> {
  await subscribe(app, email, path);
  await app.work();
  const mails = await app.mailbox(email);
  await app.post(linkIn(mails.at(-1)!, "/bevestigen/"), {});
  await app.work();
}
