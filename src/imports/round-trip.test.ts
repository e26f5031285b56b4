import { sql } from "kysely";
import { expect, test } from "vitest";
import { subscribeAndConfirm } from "../../tests/support/acts.ts";
import { type Colleague, signIn } from "../../tests/support/desk.ts";
import { countsIn, newsletterOf, run } from "../../tests/support/imports.ts";
import { startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";
import type { Language } from "../platform/i18n.ts";

const now = new Date("2026-12-01T09:00:00Z");
const later = new Date("2026-12-05T09:00:00Z");

/** A list as somebody downloads it: the bytes, and its rows in an order of their own. */
async function download(who: Colleague, list: "subscribers" | "signatures", language: Language) {
  const answer = await who.get(desk(language).all(list, "export"));
  expect(answer.status).toBe(200);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const text = new TextDecoder().decode(bytes);
  const [head, ...rows] = text.trimEnd().split("\r\n");
  return { bytes, text, rows: [head, ...rows.toSorted()] };
}

/** Somebody on the newsletter in every way that there is. */
async function givenSubscribers(app: TestApp) {
  const newsletter = await newsletterOf(app, null);
  const people: {
    who: string;
    name?: string;
    language?: Language;
    since: string;
    ended?: string;
    paused?: string;
    silent?: [reason: "hard" | "soft" | "complaint", since: string];
    stated?: boolean;
  }[] = [
    { who: "actief", name: "Anna Dijk", since: "2024-02-01T12:00:00.123Z" },
    { who: "english", name: "Bob", language: "en", since: "2024-07-01T12:00:00Z" },
    { who: "formule", name: "=SOM(1;2)", since: "2024-02-01T12:00:00Z" },
    { who: "quote", name: 'Jan "de Boer"; Piet', since: "2024-02-01T12:00:00Z" },
    { who: "naamloos", since: "2015-02-01T12:00:00Z" },
    // Twice 02:30 on the clock, and the end of a year in another one in UTC.
    { who: "zomertijd", since: "2025-10-26T00:30:00Z" },
    { who: "wintertijd", since: "2025-10-26T01:30:00Z" },
    { who: "jaarwisseling", since: "2025-12-31T23:30:00Z" },
    { who: "gestopt", name: "Bram Kok", since: "2024-02-15T10:00:00Z", ended: "2026-11-29T23:06:02.069Z" },
    { who: "pauze", since: "2024-02-15T10:00:00Z", paused: "2027-02-01T08:00:00Z" },
    { who: "weg", since: "2024-03-15T10:00:00Z", silent: ["hard", "2026-10-30T23:06:02.069Z"] },
    { who: "stil", since: "2024-03-15T10:00:00Z", silent: ["soft", "2026-10-30T23:06:02.069Z"] },
    { who: "spam", since: "2024-03-15T10:00:00Z", silent: ["complaint", "2026-10-30T23:06:02.069Z"] },
    {
      ...{ who: "beide", since: "2024-03-15T10:00:00Z", ended: "2026-11-01T10:00:00Z" },
      silent: ["hard", "2026-10-30T23:06:02.069Z"],
    },
    { who: "verklaard", since: "2024-01-31T12:00:00Z", stated: true },
  ];
  for (const one of people) {
    const email = `${one.who}@rondreis.example`;
    const { id } = await app.ctx.db
      .insertInto("people")
      .values({ email, name: one.name ?? null, language: one.language ?? "nl", confirmed_at: now })
      .returning("id")
      .executeTakeFirstOrThrow();
    await app.ctx.db
      .insertInto("subscriptions")
      .values({
        ...{ newsletter_id: newsletter, person_id: id, language: one.language ?? "nl" },
        ...{ since: new Date(one.since), ended_at: one.ended ? new Date(one.ended) : null },
        paused_until: one.paused ? new Date(one.paused) : null,
      })
      .execute();
    await app.ctx.db
      .insertInto("consents")
      .values({
        ...{
          person_id: id,
          purpose: `newsletter:${newsletter}`,
          text_version: "1",
          form_url: "/nieuwsbrief",
        },
        text: `Stuur mij de nieuwsbrief; ik kan me altijd afmelden (${one.who}).`,
        ...{ given_at: new Date(Date.parse(one.since) - 61_000), stated: one.stated ?? false },
        confirmed_at: new Date(one.since),
      })
      .execute();
    if (one.silent)
      await app.ctx.db
        .insertInto("suppressions")
        .values({ address: email, reason: one.silent[0], since: new Date(one.silent[1]) })
        .execute();
  }
  await subscribeAndConfirm(app, "zelf@rondreis.example");
  return people.length + 1;
}

test.each(["nl", "en"] as const)(
  "subscribers: what a list exports (%s) is the same list elsewhere",
  async (language) => {
    const here = await startTestApp({ now });
    const count = await givenSubscribers(here);
    const exported = await download(await signIn(here, "owner"), "subscribers", language);
    expect(exported.rows).toHaveLength(1 + count);

    const there = await startTestApp({ now: later });
    const owner = await signIn(there, "owner");
    const path = await run(there, owner, exported.bytes, {
      ...{ kind: "subscribers", newsletter: await newsletterOf(there, null) },
    });
    expect(countsIn(await (await owner.get(path)).text())).toEqual({ Ingelezen: String(count) });
    expect((await download(owner, "subscribers", language)).rows).toEqual(exported.rows);
    expect(await there.mailbox(), "nobody gets mail").toEqual([]);
    for (const state of ["active", "silent", "ended"]) {
      const listed = async (app: TestApp) =>
        (
          await (
            await (await signIn(app, "owner")).get(`${desk("nl").section("subscribers")}?state=${state}`)
          ).text()
        )
          .match(/[\w-]+@rondreis\.example<\/a>/g)
          ?.toSorted();
      expect(await listed(there), state).toEqual(await listed(here));
    }
  },
);

async function givenSignatures(app: TestApp) {
  const { personId } = await app.given.signature({
    name: "Zoë de Boer",
    role: "adviseur",
    organisation: "Gemeente Ede",
  });
  await app.given.signature({
    name: "Karel",
    organisation: "Gemeente Urk",
    appearance: "role",
    role: "raadslid",
  });
  await app.given.signature({ name: "Geteld", appearance: "counted" });
  await app.given.signature({ name: "Mo", motivation: "Omdat het kan; =altijd" });
  const months = [
    "2023-03-31T22:30:00Z",
    "2025-05-01T08:00:00Z",
    "2026-02-01T08:00:00Z",
    "2025-10-26T01:30:00Z",
  ];
  const rows = await app.ctx.db
    .selectFrom("signatures")
    .select(["id", "person_id"])
    .orderBy("number")
    .execute();
  for (const [at, { id, person_id }] of rows.entries()) {
    const signed = new Date(months[at]!);
    await app.ctx.db
      .insertInto("consents")
      .values({
        ...{ person_id, purpose: "signature", text_version: "1", form_url: "/manifest", stated: at === 2 },
        text: `Mijn naam mag op de site.\nUitschrijven kan altijd (${at}).`,
        ...{ given_at: new Date(signed.getTime() - 90_000), confirmed_at: signed },
      })
      .execute();
    await app.ctx.db
      .updateTable("signatures")
      .set({ signed_at: new Date(signed.getTime() - 90_000), confirmed_at: signed })
      .where("id", "=", id)
      .execute();
  }
  await sql`update signatures set motivation_state = 'shown' where motivation is not null`.execute(
    app.ctx.db,
  );
  return personId;
}

test.each(["nl", "en"] as const)(
  "signatures keep moment, appearance and motivation (%s)",
  async (language) => {
    const here = await startTestApp({ now });
    await givenSignatures(here);
    const owner = await signIn(here, "owner");
    const exported = await download(owner, "signatures", language);
    const figures = async (who: Colleague) =>
      /id="signatures[\s\S]*?<\/figure>/.exec(
        await (await who.get(desk("nl").section("figures"))).text(),
      )?.[0];

    const there = await startTestApp({ now });
    const other = await signIn(there, "owner");
    await run(there, other, exported.bytes, { kind: "signatures" }, { shows: "yes" });
    expect((await download(other, "signatures", language)).rows).toEqual(exported.rows);
    expect(await figures(owner)).toBeTruthy();
    expect(await figures(other), "the months of the figures").toBe(await figures(owner));
    const wall = await (await there.get("/manifest/ondertekenaars")).text();
    for (const shown of ["Zoë de Boer", "raadslid", "Omdat het kan; =altijd"]) expect(wall).toContain(shown);
    for (const hidden of ["Karel", "Geteld"]) expect(wall).not.toContain(hidden);
  },
);
