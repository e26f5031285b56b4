import { expect, test } from "vitest";
import { newsletterOf } from "../../tests/support/sending.ts";
import { startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { paths } from "../paths.ts";
import { rememberPerson } from "../people/operations.ts";
import { languages } from "../platform/i18n.ts";
import { unsubscribeToken } from "./operations.ts";

let counter = 0;

/** Somebody who gets the newsletter, and the token in each mail of it. */
async function subscriber({ ctx }: TestApp) {
  const { db } = ctx;
  const newsletter_id = await newsletterOf(db);
  const personId = await rememberPerson(ctx, {
    email: `lezer-${++counter}@voorbeeld.nl`,
    name: null,
    language: "nl",
  });
  const { id } = await db
    .insertInto("subscriptions")
    .values({ newsletter_id, person_id: personId, language: "nl", since: ctx.now() })
    .returning("id")
    .executeTakeFirstOrThrow();
  const hasLeft = async () => {
    const row = await db
      .selectFrom("subscriptions")
      .select("ended_at")
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
    return row.ended_at !== null;
  };
  return { token: unsubscribeToken(ctx, id), hasLeft, id };
}

/** How mail providers post: with and without a body, from wherever their own pages are. */
const posts: RequestInit[] = [
  { headers: { origin: "null" } },
  { headers: { origin: "https://mail.provider.example", accept: "text/html" } },
  {
    headers: {
      origin: "null",
      "sec-fetch-site": "cross-site",
      accept: "text/html,application/xhtml+xml,*/*;q=0.8",
    },
  },
  { headers: { accept: "application/json" }, body: "List-Unsubscribe=One-Click" },
  { headers: { accept: "text/html", "content-type": "text/plain" }, body: "List-Unsubscribe=One-Click" },
  { headers: { accept: "text/html" }, body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }) },
  { headers: { accept: "text/html", "content-type": "application/json" }, body: "{" },
  { headers: { accept: "text/html", "content-type": "multipart/form-data; boundary=x" }, body: "broken" },
  { headers: { accept: "text/html", "content-type": "application/x-www-form-urlencoded", origin: "null" } },
  { headers: { accept: "" } },
];
const tails = ["", "/", "=", ")", ").", "%3D", "%0D%0A", ">", "//", "/)"];

test("one click ends a subscription, whoever's site posts it, whatever it accepts and took along (RFC 8058)", async () => {
  const app = await startTestApp();
  for (const [at, post] of posts.entries())
    for (const language of languages)
      for (const host of ["localhost", "cxo.localhost", "elders.example"]) {
        const { token, hasLeft } = await subscriber(app);
        const tail = tails[(at + counter) % tails.length];
        const path = paths(language).unsubscribe(token) + tail;
        const answer = await app.request(path, { method: "POST", host, ...post });
        expect([path, post, host, answer.status, answer.headers.get("location")]).toEqual([
          path,
          post,
          host,
          200,
          null,
        ]);
        expect(await hasLeft()).toBe(true);
        const again = await app.request(path, { method: "POST", host, ...post });
        expect(again.status, "a second time").toBe(200);
      }
}, 60_000);

test("every tail behind the token, and a link of a mail with the delivery in it", async () => {
  const app = await startTestApp();
  for (const tail of tails)
    for (const through of ["", ".0123456789abcdef0123456789abcdef"]) {
      const { token, hasLeft } = await subscriber(app);
      const answer = await app.request(paths("nl").unsubscribe(token + through) + tail, {
        method: "POST",
        headers: { origin: "null" },
      });
      expect([tail, answer.status, await hasLeft()]).toEqual([tail, 200, true]);
    }
});

test("the button on the page leads to the page; who looks ends nothing; another token is no proof", async () => {
  const app = await startTestApp();
  const { token, hasLeft, id } = await subscriber(app);
  const path = paths("nl").unsubscribe(token);
  for (const one of [path, `${path}/`, `${path}=`]) await app.get(one);
  await app.request(path, { method: "HEAD" });
  expect(await hasLeft()).toBe(false);
  const other = await app.request(paths("nl").unsubscribe(`${token.slice(0, -2)}xx`), { method: "POST" });
  expect([other.status, await hasLeft()]).toEqual([404, false]);
  const headers = { accept: "text/html", origin: app.origin, "sec-fetch-site": "same-origin" };
  const button = await app.post(path, {}, { headers });
  expect([button.status, button.headers.get("location")]).toEqual([303, path]);
  expect(await hasLeft()).toBe(true);
  const provider = await app.post(path, {}, { headers: { accept: "text/html", origin: "null" } });
  expect(await provider.text()).toContain("Je bent afgemeld");

  await app.ctx.db.deleteFrom("subscriptions").where("id", "=", id).execute();
  const erased = await app.request(path, { method: "POST" });
  expect(erased.status, "who was erased gets nothing any more").toBe(200);
  const form = await app.post(paths("nl").preferences("x"), {}, { headers: { origin: "null" } });
  expect(form.status, "other forms stay this site's own").toBe(403);
});
