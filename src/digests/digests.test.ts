import { expect, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
import { newsletterOf } from "../../tests/support/sending.ts";
import { days, hours, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";
import type { EditionContent } from "../editions/table.ts";
import { amsterdamDay } from "../platform/i18n.ts";
import { wallTimeAt } from "../writing/operations.ts";
import { lookForDueDigests } from "./jobs.ts";
import { makeDigest } from "./operations.ts";
import type { Rhythm } from "./periods.ts";

const look = (app: TestApp) => lookForDueDigests.run(app.ctx, {});

async function drafts(app: TestApp) {
  const rows = await app.ctx.db
    .selectFrom("editions as e")
    .innerJoin("documents as d", (join) =>
      join.on("d.kind", "=", "edition").on((eb) => eb("d.key", "=", eb.cast<string>("e.id", "text"))),
    )
    .select(["e.id", "e.title", "e.state", "e.automatic", "e.created_at", "d.content", "d.initiative_id"])
    .orderBy("e.created_at")
    .execute();
  return rows.map((row) => ({ ...row, content: row.content as EditionContent }));
}

/** An app with an island "haven" whose newsletter has a digest. */
async function begin(now: string, digest: Rhythm) {
  const app = await startTestApp({ starter: "none", now: new Date(now) });
  const island = await app.given.initiative({ slug: "haven", name: "Haven" });
  const newsletterId = await newsletterOf(app.ctx.db, "haven");
  await app.ctx.db.updateTable("newsletters").set({ digest }).where("id", "=", newsletterId).execute();
  const update = (more: { title?: string; english?: { title: string; body: string } } = {}) =>
    app.given.update({ initiativeId: island.id, ...more });
  return { app, island, newsletterId, update };
}

/** Runs the clock by six hours and looks each time, as the hourly job does more often, until a day. */
async function runUntil(app: TestApp, day: string, each: (today: string) => Promise<unknown>) {
  let seen = "";
  while (amsterdamDay(app.ctx.now()) < day) {
    const today = amsterdamDay(app.ctx.now());
    if (today !== seen) await each(today);
    seen = today;
    await look(app);
    app.advance(hours(6));
  }
}

test("a year of weeks: 52 drafts, each with the updates of its week once, at seven on Monday in summer and winter", async () => {
  const { app, update } = await begin("2026-01-05T08:00:00Z", "weekly");
  const published: string[] = [];
  await runUntil(app, "2027-01-04", async (today) => {
    if (new Date(today).getUTCDay() === 3) published.push((await update()).id);
  });
  app.advance(hours(9));
  await look(app);
  const made = await drafts(app);
  expect(made).toHaveLength(52);
  const inDrafts = made.flatMap(({ content }) => content.blocks.map(({ update }) => update));
  expect(inDrafts).toEqual(published);
  for (const { created_at, state, automatic } of made) {
    expect([state, automatic, created_at.getUTCDay()]).toEqual(["draft", true, 1]);
    expect(wallTimeAt(created_at).hour).toBeGreaterThanOrEqual(7);
    expect(wallTimeAt(created_at).hour).toBeLessThan(13);
  }
  expect(made[0]?.title.nl).toBe("Updates van 5 januari 2026 tot en met 11 januari 2026");
}, 240_000);

test("a year of months: 12 drafts named by their month", async () => {
  const { app, update } = await begin("2026-01-01T07:00:00Z", "monthly");
  await runUntil(app, "2027-01-01", async (today) => today.endsWith("-15") && update());
  app.advance(hours(9));
  await look(app);
  const made = await drafts(app);
  expect(made).toHaveLength(12);
  expect(made.map(({ title }) => title.nl).slice(1, 3)).toEqual([
    "Updates van februari 2026",
    "Updates van maart 2026",
  ]);
}, 240_000);

test("a period ends at seven on the Dutch clock, to the minute, also in the week that the clock goes forward", async () => {
  const { app, newsletterId, update } = await begin("2026-03-23T06:00:00Z", "weekly"); // Monday, 7:00 in winter
  expect(await makeDigest(app.ctx, newsletterId)).toEqual({ kind: "begun" });
  app.advance(hours(1));
  const { id } = await update();
  app.advance(days(7) - hours(2) - 60_000); // Monday, 6:59 in summer
  expect(await makeDigest(app.ctx, newsletterId)).toEqual({ kind: "not-yet" });
  app.advance(60_000);
  expect(await makeDigest(app.ctx, newsletterId)).toMatchObject({ kind: "made" });
  expect((await drafts(app))[0]?.content.blocks).toEqual([{ update: id }]);
});

test("standing still for weeks gives one draft for the whole gap; a week without updates gives none", async () => {
  const { app, update } = await begin("2026-06-01T08:00:00Z", "weekly");
  await look(app);
  app.advance(days(7));
  await look(app);
  expect(await drafts(app), "no updates").toEqual([]);
  const first = await update();
  app.advance(days(16));
  const second = await update();
  app.advance(days(5)); // Monday 29 June
  await look(app);
  await look(app);
  const made = await drafts(app);
  expect(made).toHaveLength(1);
  expect(made[0]?.title.nl).toBe("Updates van 8 juni 2026 tot en met 28 juni 2026");
  expect(made[0]?.content.blocks).toEqual([{ update: second.id }, { update: first.id }]);
});

test("several processes at once make one; what dies half way left nothing, and it is made after", async () => {
  const { app, newsletterId, update } = await begin("2026-06-01T08:00:00Z", "weekly");
  const beside = await startTestApp({ beside: { database: app.database }, now: app.ctx.now() });
  await look(app);
  await update();
  app.advance(days(7));
  beside.advance(days(7));
  const dies = app.ctx.db.transaction().execute(async (db) => {
    await makeDigest({ ...app.ctx, db, jobs: app.ctx.jobs.within(db) }, newsletterId);
    throw new Error("killed");
  });
  await expect(dies).rejects.toThrow("killed");
  expect(await drafts(app)).toEqual([]);
  await Promise.all([app, beside, app, beside, app].map(look));
  expect(await drafts(app)).toHaveLength(1);
  const again = await startTestApp({ beside: { database: app.database }, now: app.ctx.now() });
  await look(again);
  expect(await drafts(app)).toHaveLength(1);
});

test("a draft is in English too where an update is; the rest of a full week stays on the site", async () => {
  const { app, island, update } = await begin("2026-06-01T08:00:00Z", "weekly");
  await look(app);
  await app.given.manyUpdates({ initiativeId: island.id, count: 24 });
  app.advance(days(1));
  await update({ title: "Feest", english: { title: "Party", body: "Hello" } });
  app.advance(days(6));
  await look(app);
  // Of the 24, an hour apart back from Monday ten o'clock, three are of this week.
  const [made] = await drafts(app);
  expect(made?.content.subject.en).toBe("Updates from 1 June 2026 to 7 June 2026");
  expect(made?.content.intro.en).toContain("there were");
  expect(made?.content.blocks.length).toBeGreaterThan(1);
  await app.ctx.db.updateTable("updates").set({ published_at: app.ctx.now() }).execute();
  app.advance(days(7));
  await look(app);
  const second = (await drafts(app))[1];
  expect(second?.content.blocks).toHaveLength(20);
  expect(second?.content.intro.nl).toContain("Nog 5 andere updates");
});

test("turned off and on again it begins anew", async () => {
  const { app, newsletterId, update } = await begin("2026-06-01T08:00:00Z", "weekly");
  const turn = (digest: Rhythm | "none") =>
    app.ctx.db.updateTable("newsletters").set({ digest }).where("id", "=", newsletterId).execute();
  await look(app);
  await turn("none");
  await update();
  app.advance(days(70));
  await look(app);
  await turn("weekly");
  await look(app);
  expect(await drafts(app)).toEqual([]);
});

test("a draft waits on the first page of whoever may send it, and is never sent by itself", async () => {
  const { app, island, update } = await begin("2026-06-01T08:00:00Z", "weekly");
  await look(app);
  await update();
  app.advance(days(7));
  await look(app);
  const [{ id } = { id: "" }] = await drafts(app);
  const link = desk("nl").one("editions", id);
  const home = async (role: "lead" | "island-editor", initiativeId: string) =>
    (await (await signIn(app, role, { initiativeId })).get(desk("nl").home)).text();
  expect(await home("lead", island.id)).toContain(link);
  expect(await home("island-editor", island.id)).not.toContain(link);
  const other = await app.given.initiative();
  expect(await home("lead", other.id)).not.toContain(link);
  app.advance(days(30));
  await app.work();
  expect((await drafts(app)).find((one) => one.id === id)?.state).toBe("draft");
});
