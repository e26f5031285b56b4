import { expect } from "vitest";
import type { Role } from "../../src/accounts/table.ts";
import { desk } from "../../src/desk-paths.ts";
import { rememberPerson } from "../../src/people/operations.ts";
import { linkIn } from "./acts.ts";
import { elsewhere } from "./mine.ts";
import type { TestApp } from "./test-app.ts";

const to = desk("nl");

/** Somebody who may work here, and has not signed in. */
export async function worker(app: TestApp, email: string, role: Role, initiativeId: string | null = null) {
  const personId = await rememberPerson(app.ctx, { email, name: "An Jansen", language: "nl" });
  await app.ctx.db
    .insertInto("roles")
    .values({ person_id: personId, role, initiative_id: initiativeId, given_at: app.ctx.now() })
    .execute();
  return personId;
}

/** What a browser sends along with a form of this very site. */
export const own = (cookie?: string | null) => ({
  "sec-fetch-site": "same-origin",
  ...elsewhere(),
  ...(cookie && { cookie }),
});

/** Asks for a code; answers with the path of the page to type it on. */
export async function askSignInCode(app: TestApp, email: string, next?: string): Promise<string> {
  const fields = { email, ...(next !== undefined && { next }) };
  const answer = await app.post(to.signInPart("code"), fields, { headers: own() });
  expect(answer.status).toBe(303);
  return answer.headers.get("location") ?? "";
}

/** The code and the link of the newest mail to an address. */
export async function signInMailTo(app: TestApp, email: string) {
  await app.work();
  const mail = (await app.mailbox(email)).at(-1);
  expect(mail?.text).toContain("Je code is");
  return {
    mail: mail!,
    code: mail!.text.match(/\b\d{6}\b/)?.[0] ?? "",
    link: linkIn(mail!, "/aanmelden/link/"),
  };
}

/** The workplace's cookie that an answer sets, as a browser sends it back; null where it sets none. */
export function sessionIn(answer: Response): string | null {
  const set = answer.headers.getSetCookie().find((one) => one.includes("archipel-beheer="));
  const [pair = ""] = set?.split(";") ?? [];
  return pair && !pair.endsWith("=") ? pair : null;
}

/** Types a code on its page. */
export const typeCode = (app: TestApp, page: string, code: string, cookie?: string | null) => {
  const next = new URL(page, app.origin).searchParams.get("next");
  return app.post(page.split("?")[0]!, { code, ...(next && { next }) }, { headers: own(cookie) });
};

/** Whether a cookie opens the workplace. */
export async function works(app: TestApp, cookie: string | null): Promise<boolean> {
  const answer = await app.request(to.section("account"), { headers: cookie ? { cookie } : {} });
  return answer.status === 200;
}
