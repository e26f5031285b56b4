import { expect } from "vitest";
import { paths } from "../../src/paths.ts";
import { linkIn } from "./acts.ts";
import type { TestApp } from "./test-app.ts";

/** What an app needs for the helpers here: each visitor in a network of their own, so that no limit is met. */
export const ownNetworks = { TRUST_PROXY: "1" };

let networks = 0;
/** A network that nobody else is in. */
export const elsewhere = () => ({
  "x-forwarded-for": `198.51.${100 + (networks >> 8)}.${networks++ & 255}`,
});

/** Asks for a code; answers with the path of the page to type it on. */
export async function askCode(app: TestApp, email: string, language: "nl" | "en" = "nl"): Promise<string> {
  const path = paths(language).minePart("code");
  const answer = await app.post(path, { email }, { headers: elsewhere() });
  expect(answer.status).toBe(303);
  return answer.headers.get("location") ?? "";
}

/** The code and the link of the newest mail to an address. */
export async function codeMail(app: TestApp, email: string) {
  await app.work();
  const mail = (await app.mailbox(email)).at(-1);
  expect(mail?.text).toContain("Je code is");
  const code = mail!.text.match(/\b\d{6}\b/)?.[0] ?? "";
  return { mail: mail!, code, link: linkIn(mail!, "/mijn/openen/") };
}

/** The cookie that an answer sets, as a browser sends it back; null where it sets none. */
export function cookieIn(answer: Response): string | null {
  const [cookie] = answer.headers.getSetCookie();
  const [pair = ""] = cookie?.split(";") ?? [];
  return pair.endsWith("=") || !pair ? null : pair;
}

/** Opens /mijn by the code in the mail, and answers with the cookie of the visit. */
export async function openMine(app: TestApp, email: string): Promise<string> {
  const page = await askCode(app, email);
  const { code } = await codeMail(app, email);
  const opened = await app.post(page, { code }, { headers: elsewhere() });
  expect(opened.headers.get("location")).toBe(paths("nl").mine);
  const cookie = cookieIn(opened);
  expect(cookie).not.toBeNull();
  return cookie ?? "";
}

/** Reads a page with the cookie of a visit. */
export const readAs = (app: TestApp, cookie: string, path: string) =>
  app.request(path, { headers: { cookie } });

/** Sends a form with the cookie of a visit. */
export const postAs = (app: TestApp, cookie: string, path: string, fields: Record<string, string> = {}) =>
  app.post(path, fields, { headers: { cookie, ...elsewhere() } });
