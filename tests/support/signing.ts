import { expect } from "vitest";
import { paths } from "../../src/paths.ts";
import { allOfIt, linkIn } from "./acts.ts";
import type { TestApp } from "./test-app.ts";

const to = paths("nl");

/** The fields of the form under the manifesto, filled in sensibly. */
export const signFields = (fields: Record<string, string> = {}): Record<string, string> => ({
  name: "Sanne de Vries",
  email: "sanne@voorbeeld.nl",
  appearance: "name",
  version: "1",
  ...fields,
});

/** Signs by the form, as a visitor without JavaScript. */
export const sign = (app: TestApp, fields: Record<string, string> = {}, init: RequestInit = {}) =>
  app.post(to.sign, signFields(fields), init);

/** Signs and confirms by the mail; answers with the path of the page after that. */
export async function signAndConfirm(app: TestApp, fields: Record<string, string> = {}): Promise<string> {
  const wanted = signFields(fields);
  const sent = await sign(app, wanted);
  expect(sent.headers.get("location")).toBe(to.checkMail);
  await app.work();
  const mail = (await app.mailbox(wanted.email)).at(-1);
  const confirmed = await app.post(linkIn(mail!, "/bevestigen/"), allOfIt);
  expect(confirmed.status).toBe(303);
  await app.work();
  return confirmed.headers.get("location") ?? "";
}
