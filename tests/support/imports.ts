import { expect } from "vitest";
import { desk } from "../../src/desk-paths.ts";
import type { Colleague } from "./desk.ts";
import type { TestApp } from "./test-app.ts";

const to = desk("nl");
export const statement = {
  statement: "Zij meldden zich aan met het formulier op onze vorige site.",
  ...{ day: "31", month: "1", year: "2024", by: "Fatima el Amrani, redacteur" },
};

/** Uploads a file as a browser does. */
export const send = (
  app: TestApp,
  who: Colleague,
  file: string | Uint8Array<ArrayBuffer>,
  fields: Record<string, string>,
  name = "lijst.csv",
) => {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  form.append("file", new File([file], name, { type: "text/csv" }));
  return app.request(to.section("imports"), { method: "POST", body: form, headers: who.headers });
};

export const newsletterOf = async (app: TestApp, initiativeId: string | null) =>
  (
    await app.ctx.db
      .selectFrom("newsletters")
      .select("id")
      .where("initiative_id", initiativeId === null ? "is" : "=", initiativeId)
      .executeTakeFirstOrThrow()
  ).id;

/** What the lists of the form for the columns have chosen, by their names. */
export const guessedIn = (html: string): Record<string, string> =>
  Object.fromEntries(
    [...html.matchAll(/<select[^>]* name="((?:column|order|everybody)[^"]*)"[^>]*>(.*?)<\/select>/gs)].map(
      ([, name = "", options = ""]) => [name, /<option value="([^"]*)" selected/.exec(options)?.[1] ?? ""],
    ),
  );

/** Uploads a file, takes the columns as they were guessed, and has it checked. Returns the path of its page. */
export async function check(
  app: TestApp,
  who: Colleague,
  file: string | Uint8Array<ArrayBuffer>,
  fields: Record<string, string>,
  more: Record<string, string> = {},
) {
  const answer = await send(app, who, file, fields);
  expect(answer.status).toBe(303);
  const path = answer.headers.get("location") ?? "";
  const html = await (await who.get(path)).text();
  const guessed = guessedIn(html);
  expect(Object.keys(guessed)).not.toEqual([]);
  const matched = await who.post(`${path}/kolommen`, {
    ...guessed,
    ...statement,
    ...more,
  });
  expect(matched.status).toBe(303);
  await app.work();
  return path;
}

/** The numbers on the page of an import, by their names. */
export const countsIn = (html: string) =>
  Object.fromEntries(
    [...html.matchAll(/<dt>([^<]+)<\/dt><dd>([\d.]+)<\/dd>/g)].map(([, what, count]) => [what, count]),
  );

export const subscriptionOf = (app: TestApp, email: string) =>
  app.ctx.db
    .selectFrom("subscriptions as s")
    .innerJoin("people as p", "p.id", "s.person_id")
    .select(["s.since", "s.ended_at", "s.language", "p.name", "p.id"])
    .where("p.email", "=", email)
    .executeTakeFirst();

/** The same, and has it done. */
export async function run(
  app: TestApp,
  who: Colleague,
  ...given: [
    file: string | Uint8Array<ArrayBuffer>,
    fields: Record<string, string>,
    more?: Record<string, string>,
  ]
) {
  const path = await check(app, who, ...given);
  expect((await who.post(`${path}/uitvoeren`)).status).toBe(303);
  await app.work();
  return path;
}
