import { sql } from "kysely";
import { expect, test } from "vitest";
import { subscribe, subscribeAndConfirm } from "../../tests/support/acts.ts";
import { givenEdition } from "../../tests/support/editions.ts";
import { edition, newsletterOf } from "../../tests/support/sending.ts";
import { days, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { readyLetter } from "../deliveries/letters.ts";
import { countAudience } from "../deliveries/queries.ts";
import { eraseEverything } from "../mine/operations.ts";
import { paths } from "../paths.ts";
import { preferencesToken, subscribe as subscribeByAct } from "./operations.ts";

const to = paths("nl");
const an = "an@voorbeeld.nl";

/** An app with one subscriber of the movement's newsletter, and the path of her preferences from the welcome. */
async function begin(now?: Date) {
  const app = await startTestApp(now ? { now } : {});
  await subscribeAndConfirm(app, an);
  const welcome = (await app.mailbox(an)).at(-1)!;
  const link = welcome.text.match(/https?:\/\/\S+\/voorkeuren\/\S+/)?.[0] ?? "";
  return { app, path: new URL(link).pathname };
}

const subscriptions = (app: TestApp) =>
  app.ctx.db
    .selectFrom("subscriptions as s")
    .leftJoin("newsletters as n", "n.id", "s.newsletter_id")
    .leftJoin("initiatives as i", "i.id", "n.initiative_id")
    .select(["i.slug", "s.language", "s.ended_at", "s.paused_until"])
    .orderBy("s.since")
    .execute();

test("who follows the link sees what they get; looking changes nothing and leaks nothing", async () => {
  const { app, path } = await begin();
  const before = await subscriptions(app);
  const answer = await app.get(path);
  const page = await answer.text();
  expect(answer.status).toBe(200);
  expect(page).toContain("Deze nieuwsbrieven krijg je");
  expect(page).toContain("a…@voorbeeld.nl");
  expect(page).not.toContain(an);
  expect(page).toContain('name="robots" content="noindex');
  expect(answer.headers.get("cache-control")).toBe("no-store");
  // No other site gets to know the address. "no-referrer" would make older browsers send the form as a stranger's.
  expect(answer.headers.get("referrer-policy")).toBe("same-origin");
  await app.get(`${path}?done=ended&do=end`);
  expect(await subscriptions(app)).toEqual(before);
  expect((await app.get(`${path.slice(0, -1)}x`)).status).toBe(404);
  expect((await app.post(`${path.slice(0, -1)}x`, { do: "end" })).status).toBe(404);
  expect(await subscriptions(app)).toEqual(before);
  const foreign = await app.post(path, { do: "end" }, { headers: { origin: "https://elders.example" } });
  expect(foreign.status).toBe(403);
  expect(await subscriptions(app)).toEqual(before);
});

test("adding one keeps the proof and asks for no further mail; unticking ends; the language changes", async () => {
  const { app, path } = await begin();
  const movement = await newsletterOf(app.ctx.db);
  const cxo = await newsletterOf(app.ctx.db, "op-pad-met-de-cxo");
  const saved = await app.post(path, {
    ...{ do: "save", [`had-${movement}`]: "yes", [`get-${movement}`]: "yes" },
    ...{ [`language-${movement}`]: "en", [`get-${cxo}`]: "yes" },
  });
  expect([saved.status, saved.headers.get("location")]).toEqual([303, `${path}?done=saved`]);
  expect(await subscriptions(app)).toEqual([
    { slug: null, language: "en", ended_at: null, paused_until: null },
    { slug: "op-pad-met-de-cxo", language: "nl", ended_at: null, paused_until: null },
  ]);
  const proof = await app.ctx.db
    .selectFrom("consents")
    .select(["text", "form_url"])
    .where("purpose", "=", `newsletter:${cxo}`)
    .execute();
  expect(proof).toEqual([
    {
      text: "Zet ik een vinkje, dan wil ik die nieuwsbrief krijgen en mag mijn mailadres daarvoor bewaard blijven",
      form_url: `${app.origin}${to.preferences("")}`,
    },
  ]);
  await app.work();
  const mails = await app.mailbox(an);
  expect(mails.map(({ subject }) => subject).filter((subject) => subject.includes("Welkom"))).toHaveLength(2);
  expect(mails).toHaveLength(3);

  // Again and again it is one welcome; an old form does not end what was added since.
  for (let again = 0; again < 3; again++) {
    await app.post(path, { do: "save", [`had-${cxo}`]: "yes", [`had-${movement}`]: "yes" });
    await app.post(path, { do: "save", [`get-${cxo}`]: "yes" });
  }
  await app.work();
  expect(await app.mailbox(an)).toHaveLength(3);
  await app.post(path, { do: "save" });
  expect((await subscriptions(app)).map(({ slug, ended_at }) => [slug, ended_at !== null])).toEqual(
    expect.arrayContaining([
      [null, true],
      ["op-pad-met-de-cxo", false],
    ]),
  );
  await app.post(path, { do: "save", [`get-${crypto.randomUUID()}`]: "yes", [`language-${cxo}`]: "xx" });
  expect(await subscriptions(app)).toHaveLength(2);
});

test("a pause of a month keeps editions away, can be undone, and ends by itself", async () => {
  const { app, path } = await begin(new Date("2026-01-31T10:00:00Z"));
  const newsletter = await newsletterOf(app.ctx.db);
  const audience = async () => (await countAudience(app.ctx, newsletter, {})).audience;
  expect(await audience()).toBe(1);
  await app.post(path, { do: "pause" });
  expect(await audience()).toBe(0);
  expect(await (await app.get(path)).text()).toContain("Je krijgt geen nieuwsbrieven tot 28 februari 2026.");
  await app.post(path, { do: "resume" });
  expect(await audience()).toBe(1);
  await app.post(path, { do: "pause" });
  app.advance(days(27));
  expect(await audience()).toBe(0);
  app.advance(days(1));
  expect(await audience()).toBe(1);
  expect(await (await app.get(path)).text()).toContain("Even pauze");
});

test("a newsletter that is added during a pause waits along, until the pause is ended", async () => {
  const { app, path } = await begin(new Date("2026-01-31T10:00:00Z"));
  const movement = await newsletterOf(app.ctx.db);
  const cxo = await newsletterOf(app.ctx.db, "op-pad-met-de-cxo");
  const audience = async () => (await countAudience(app.ctx, cxo, {})).audience;
  await app.post(path, { do: "pause" });
  app.advance(days(3));
  const fields = {
    do: "save",
    [`had-${movement}`]: "yes",
    [`get-${movement}`]: "yes",
    [`get-${cxo}`]: "yes",
  };
  await app.post(path, fields);
  expect(await (await app.get(path)).text()).toContain("Je krijgt geen nieuwsbrieven tot 28 februari 2026.");
  expect(await audience()).toBe(0);
  app.advance(days(25));
  expect(await audience()).toBe(1);
});

test("who subscribes again during a pause hears of it; who confirms it gets that newsletter at once", async () => {
  const { app, path } = await begin(new Date("2026-01-31T10:00:00Z"));
  const movement = await newsletterOf(app.ctx.db);
  const cxo = await newsletterOf(app.ctx.db, "op-pad-met-de-cxo");
  const pause = async () => {
    await app.post(path, { do: "pause" });
    app.advance(days(1));
  };
  const forms = async () => {
    await subscribe(app, an, to.newsletter);
    await app.work();
    return (await app.mailbox(an)).at(-1)?.text.replace(/\s+/g, " ");
  };
  await pause();
  const told = await forms();
  expect(told).toContain("al, maar je nam een pauze tot 28 februari 2026.");
  expect(told).toContain(app.origin + path);
  expect(told).not.toContain("/bevestigen/");

  // The link of a mail from before the pause is still good for its 21 days.
  const apply = (newsletterId: string) =>
    subscribeByAct.apply(
      app.ctx,
      { newsletterId, consent: { version: "1", text: "Ja" } },
      { ...by, givenAt: app.ctx.now(), confirmedAt: app.ctx.now() },
    );
  const { id: personId } = await app.ctx.db.selectFrom("people").select("id").executeTakeFirstOrThrow();
  const by = { personId, email: an, name: null, language: "nl" as const, formUrl: app.origin };
  await app.post(path, {
    do: "save",
    [`had-${movement}`]: "yes",
    [`get-${movement}`]: "yes",
    [`get-${cxo}`]: "yes",
  });
  await apply(cxo);
  expect((await countAudience(app.ctx, cxo, {})).audience).toBe(1);
  expect((await countAudience(app.ctx, movement, {})).audience).toBe(0);
  const { rows: names } = await sql<{ name: string }>`
    select name ->> 'nl' as name from newsletters where id = ${movement}`.execute(app.ctx.db);
  const page = await (await app.get(path)).text();
  expect(page).toContain(`Je krijgt “${names[0]?.name}” niet tot 28 februari 2026.`);
});

test("stopping ends all; the link keeps working for who comes back, until nothing is kept of them", async () => {
  const { app, path } = await begin();
  await app.post(path, { do: "end" });
  expect((await subscriptions(app)).every(({ ended_at }) => ended_at !== null)).toBe(true);
  expect(await (await app.get(`${path}?done=ended`)).text()).toContain("Je bent overal voor afgemeld.");
  const newsletter = await newsletterOf(app.ctx.db);
  await app.post(path, { do: "save", [`get-${newsletter}`]: "yes" });
  expect((await subscriptions(app)).map(({ ended_at }) => ended_at)).toEqual([null]);
  const { id } = await app.ctx.db.selectFrom("people").select("id").executeTakeFirstOrThrow();
  await eraseEverything(app.ctx, id);
  expect((await app.get(path)).status).toBe(404);
});

test("the welcome holds the newsletter's own words and the newest edition", async () => {
  const app = await startTestApp();
  await app.ctx.db
    .updateTable("newsletters")
    .set({ welcome: JSON.stringify({ nl: "Welkom aan boord, <schipper>!" }) })
    .where("initiative_id", "is", null)
    .execute();
  await givenEdition(app, { slug: "eerder" });
  app.advance(days(1));
  await givenEdition(app, { slug: "nieuwste", subject: "Zomer op zee" });
  await givenEdition(app, { slug: "concept", state: "draft", startedAt: null });
  await subscribeAndConfirm(app, an);
  const { text, html } = (await app.mailbox(an)).at(-1)!;
  expect(text).toContain("Welkom aan boord, <schipper>!");
  expect(html).toContain("Welkom aan boord, &lt;schipper&gt;!");
  expect(text).toContain("Zomer op zee");
  expect(text).toContain(`${app.origin}/nieuwsbrief/nieuwste`);
});

test("each mail of an edition leads to its reader's own preferences", async () => {
  const { app, path } = await begin();
  const id = await edition(app.ctx.db, { newsletterId: await newsletterOf(app.ctx.db), languages: ["nl"] });
  const { addressed } = await readyLetter(app.ctx, id, "nl");
  const { id: subscription_id } = await app.ctx.db
    .selectFrom("subscriptions")
    .select("id")
    .executeTakeFirstOrThrow();
  const one = { id: crypto.randomUUID(), edition_id: id, claimed_by: 1, subscription_id };
  const { slots } = addressed({
    ...one,
    language: "nl",
    tries: 0,
    doubts: 0,
    first_tried_at: null,
    email: an,
    name: null,
  });
  expect(slots.preferences).toBe(`${app.origin}${path}.${one.id.replaceAll("-", "")}`);
});

test("who leaves through the page of an edition's mail is counted as leaving through that edition", async () => {
  const { app } = await begin();
  const newsletterId = await newsletterOf(app.ctx.db);
  const id = await edition(app.ctx.db, { newsletterId, languages: ["nl"] });
  const cxo = await newsletterOf(app.ctx.db, "op-pad-met-de-cxo");
  const [reader] = await app.ctx.db.selectFrom("subscriptions").select(["id", "person_id"]).execute();
  const delivery = await app.ctx.db
    .insertInto("deliveries")
    .values({
      ...{ edition_id: id, person_id: reader!.person_id, subscription_id: reader!.id, state: "sent" },
      ...{ language: "nl", domain: "voorbeeld.nl", due_at: app.ctx.now(), done_at: app.ctx.now() },
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const path = to.preferences(preferencesToken(app.ctx, reader!.id, delivery.id));
  const left = async () => {
    await app.work();
    const row = await app.ctx.db
      .selectFrom("deliveries")
      .select("unsubscribed_at")
      .where("id", "=", delivery.id)
      .executeTakeFirstOrThrow();
    return row.unsubscribed_at !== null;
  };
  expect(await (await app.get(path)).text()).toContain("Deze nieuwsbrieven krijg je");
  // Another newsletter that ends there did not end by this edition.
  await app.post(path, {
    do: "save",
    [`had-${newsletterId}`]: "yes",
    [`get-${newsletterId}`]: "yes",
    [`get-${cxo}`]: "yes",
  });
  await app.post(path, {
    do: "save",
    [`had-${newsletterId}`]: "yes",
    [`get-${newsletterId}`]: "yes",
    [`had-${cxo}`]: "yes",
  });
  expect(await left()).toBe(false);
  await app.post(path, { do: "end" });
  expect(await left()).toBe(true);
});
