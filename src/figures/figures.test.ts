import { expect, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
import { startTestApp } from "../../tests/support/test-app.ts";
import { givenOffer } from "../../tests/support/work.ts";
import { desk } from "../desk-paths.ts";
import { rememberPerson } from "../people/operations.ts";
import { countOffers, countSignatures, countSubscribers, countUpdates } from "./queries.ts";

const to = desk("nl");
const now = new Date("2026-11-15T12:00:00Z");

test("months are Amsterdam's: the first hour of a month in summer time counts for that month", async () => {
  const app = await startTestApp({ starter: "none", now });
  const island = await app.given.initiative();
  // 00:30 on 1 July in Amsterdam is still June in UTC.
  await app.given.update({ initiativeId: island.id, publishedAt: new Date("2026-06-30T22:30:00Z") });
  await app.given.update({ initiativeId: island.id, publishedAt: new Date("2026-06-30T21:30:00Z") });
  const series = await countUpdates(app.ctx, { initiativeId: null });
  expect(series).toHaveLength(13);
  expect(series[0]?.month).toBe("2025-11-01");
  expect(series.filter(({ count }) => count > 0)).toEqual([
    { month: "2026-06-01", count: 1 },
    { month: "2026-07-01", count: 1 },
  ]);
});

test("subscribers and signatures add up month by month, also from before the chart begins", async () => {
  const app = await startTestApp({ starter: "none", now });
  const island = await app.given.initiative();
  const newsletter = await app.ctx.db.selectFrom("newsletters").select("id").executeTakeFirstOrThrow();
  const days = [
    ["2020-01-01", null],
    ["2026-09-10", "2026-10-10"],
    ["2026-10-20", null],
  ] as const;
  for (const [since, ended] of days) {
    const email = `${since}@example.org`;
    const person_id = await rememberPerson(app.ctx, { email, name: null, language: "nl" });
    await app.ctx.db
      .insertInto("subscriptions")
      .values({
        ...{ newsletter_id: newsletter.id, person_id, language: "nl" },
        ...{ since: new Date(since), ended_at: ended && new Date(ended) },
      })
      .execute();
  }
  const counts = (await countSubscribers(app.ctx, { initiativeId: island.id })).map(({ count }) => count);
  expect(counts.slice(0, 2)).toEqual([1, 1]);
  expect(counts.slice(-3)).toEqual([2, 2, 2]);
  const other = await app.given.initiative();
  expect((await countSubscribers(app.ctx, { initiativeId: other.id })).at(-1)?.count).toBe(0);
  expect((await countSignatures(app.ctx)).at(-1)?.count).toBe(0);
});

test("a lead sees own figures only; what is shown is what was counted", async () => {
  const app = await startTestApp({ now });
  const own = await app.given.initiative({ name: "Straatwijs" });
  const other = await app.given.initiative({ name: "Ander eiland" });
  await givenOffer(app, own.id);
  await app.given.answeredOffer({ initiativeId: own.id, days: 4 });
  expect(await countOffers(app.ctx, { initiativeId: own.id })).toMatchObject({
    all: 2,
    accepted: 1,
    days: 4,
  });
  const lead = await signIn(app, "lead", { initiativeId: own.id });
  const home = await lead.get(to.section("figures"));
  expect(home.headers.get("location")).toBe(to.one("figures", own.id));
  const page = await (await lead.get(to.one("figures", own.id))).text();
  expect(page).toContain("Cijfers van Straatwijs");
  expect(page).toContain("4 dagen");
  expect(page).toContain("Abonnees aan het eind van de maand");
  expect((await lead.get(to.one("figures", other.id))).status).toBe(403);
  const owner = await (await (await signIn(app, "owner")).get(to.section("figures"))).text();
  expect(owner).toContain("Ander eiland");
  expect(owner).toContain("Alle ondertekeningen, per maand opgeteld");
  expect(owner, "who gets two newsletters is one subscriber, not two").not.toContain("Abonnees aan het eind");
  expect(owner).toContain("Wie twee nieuwsbrieven krijgt, telt twee keer.");
});
