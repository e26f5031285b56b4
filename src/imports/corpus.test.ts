import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Colleague, signIn } from "../../tests/support/desk.ts";
import { guessedIn, newsletterOf, send, statement } from "../../tests/support/imports.ts";
import { startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { clockTime } from "../platform/clock-time.ts";

/** What should come of each address: how it stands and since when, or what is said about its row. */
type Expected = Record<string, string>;

/** Of a file that stops the check: what is said, and what one answers then. */
type Stop = { told: string; answers: Record<string, string> };

const stops: Record<string, Stop> = {
  "28-unknown-column": {
    told: "In de kolom “Kolom 7” staat bij 2 rijen iets als “nee” of “afgemeld”",
    answers: { "column-2": "status" },
  },
  "29-remarks": {
    told: "In de kolom “Opmerkingen” staat bij 1 rij iets als “nee” of “afgemeld”",
    answers: { "column-2": "nothing" },
  },
  "31-headless": { told: "In de kolom “3” staat bij 1 rij iets", answers: { "column-2": "status" } },
  "32-bits": { told: "In de kolom “x9” staat bij 1 rij iets", answers: { "column-2": "status" } },
  "36-letters": { told: "In de kolom “Gezien” staat bij 1 rij iets", answers: { "column-3": "nothing" } },
  "37-tags": {
    told: "In de kolom “Tags” staat bij 1 rij iets",
    answers: { "column-2": "status" },
  },
  "33-both-orders": {
    told: "Kies wat vooraan staat in de datums van “Aangemeld op”",
    answers: { "order-2": "month-first" },
  },
};

const unclear =
  "Hetzelfde adres staat ook in een rij die we niet kunnen lezen of die misschien nee zegt. Verbeter eerst die rij.";

const subscribers: Record<string, Expected> = {
  "01-mailchimp-subscribed": {
    mc1: "active 2015-03-16T14:40:47+01:00",
    mc2: "active 2016-04-18T13:51:14+02:00",
  },
  "02-mailchimp-unsubscribed": {
    mu1: "ended 2023-03-16T14:40:47+01:00",
    mu2: "ended 2024-04-18T14:00:32+02:00",
  },
  "03-mailchimp-cleaned": { mw1: "ended now, hard" },
  "04-nonsubscribed_email_audience_export": { mn1: "ended now" },
  "05-mailchimp-older": {
    mo1: "active 2019-03-14T09:05:00+01:00",
    mo2: "ended now",
    mo3: "ended 2020-05-06T11:00:00+02:00",
    mo4: "ended now",
    mo5: "Deze stand kennen we niet, of deze persoon heeft nooit bevestigd. Kolom “Status”: “Pending”.",
    mo6: "ended now, hard",
  },
  "06-mailerlite-unsubscribed": {
    mm1: "active 2023-05-04T12:00:00+02:00",
    mm2: "ended 2024-06-05T08:30:00+02:00",
    mm3: "Deze stand kennen we niet, of deze persoon heeft nooit bevestigd. Kolom “Status”: “unconfirmed”.",
    mm4: "ended now, complaint",
  },
  "07-mailerlite": {
    ml1: "active 2024-01-31T10:00:00+01:00",
    ml2: "Deze datum bestaat niet. Kolom “Subscribed”: “2024-02-31 10:00:00”.",
  },
  "08-brevo": { br1: "active 2024-01-31T10:00:00+01:00", br2: "ended now", br3: "ended now" },
  "09-brevo-blocklisted": {
    bb1: "active 2024-01-31T10:00:00+01:00",
    bb2: "ended now",
    bb3: "ended now",
    bb4: "active 2024-01-31T10:00:00+01:00",
  },
  "10-spotler": {
    sp1: "active 2024-01-31T10:00:00+01:00",
    sp2: "ended now",
    sp3: "ended 2024-03-01T12:00:00+01:00",
  },
  "11-laposta": {
    la1: "active 2024-01-31T10:00:00+01:00",
    la2: "ended 2024-04-03T09:00:00+02:00",
    la3: "Deze stand kennen we niet, of deze persoon heeft nooit bevestigd. Kolom “Status”: “Onbevestigd”.",
    la4: "ended now, hard",
  },
  "12-activecampaign": {
    ac1: "active 2024-01-31T05:00:00+01:00",
    ac2: "ended 2024-02-03T05:00:00+01:00",
    ac3: "ended now, hard",
    ac4: "Deze stand kennen we niet, of deze persoon heeft nooit bevestigd. Kolom “Status”: “Unconfirmed”.",
    ac5: "Deze stand kennen we niet, of deze persoon heeft nooit bevestigd. Kolom “Status”: “3”.",
  },
  "13-googlesheets-us": {
    gs1: "active 2024-01-31T10:00:00+01:00",
    gs2: "active 2024-01-05T10:00:00+01:00",
    gs3: "ended now",
  },
  "14-googlesheets-nl": {
    gn1: "active 2024-01-31T10:00:00+01:00",
    gn2: "active 2024-01-05T10:00:00+01:00",
    gn3: "ended now",
  },
  "16-hubspot": {
    hs1: "active 2024-01-31T10:00:00+01:00",
    hs2: "ended now",
    hs3: "ended now",
    hs4: "ended now, hard",
    hs5: "ended now",
  },
  "17-sendgrid-suppression_unsubscribes": { sg1: "ended now", sg2: "ended now" },
  "18-mailjet": {
    mj1: "active 2024-01-31T11:00:00+01:00",
    mj2: "ended 2024-02-03T11:00:00+01:00",
    mj3: "ended now",
  },
  "19-convertkit": {
    ck1: "active 2024-01-31T11:00:00+01:00",
    ck2: "ended now",
    ck3: "ended now, hard",
    ck4: "ended now, complaint",
    ck5: "ended now",
  },
  "20-dates": {
    ...Object.fromEntries(
      ["d1", "d2", "d3", "d6", "d7"].map((who) => [who, "active 2024-01-31T12:00:00+01:00"]),
    ),
    d4: "active 2024-01-31T10:00:00+01:00",
    d5: "active 2024-01-05T10:00:00+01:00",
    d8: "active 2024-01-31T11:00:00+01:00",
    d9: "Dit is geen datum. Kolom “Datum”: “gisteren”.",
    d10: "Deze datum moet nog komen. Kolom “Datum”: “31-01-2030”.",
    d11: "active 2024-01-31T10:00:00+01:00",
    d12: "active 2024-01-31T23:30:00+01:00",
  },
  "21-substack": {
    ss1: "active 2024-01-31T11:00:00+01:00",
    ss2: "active 2024-01-31T11:00:00+01:00",
    ss3: "ended now",
  },
  "22-ghost": {
    gh1: "active 2024-01-31T11:00:00+01:00",
    gh2: "ended now",
    gh3: "ended 2024-06-01T12:00:00+02:00",
  },
  "23-listmonk": { lm1: "active 2024-01-31T11:00:00.123+01:00", lm2: "ended now", lm3: "ended now" },
  "24-excel-nl": {
    ex1: "active 2024-01-31T12:00:00+01:00",
    ex2: "ended now",
    ex3: "ended now",
    ex4: "ended now, hard",
    ex5: "active 2024-01-02T12:00:00+01:00",
  },
  "25-libreoffice": { lo1: "active 2024-01-31T12:00:00+01:00", lo2: "ended now" },
  "26-pipes": { p1: "active stated", p2: "ended now" },
  "27-twice": {
    tw1: "ended now",
    tw2: unclear,
    tw3: "ended now, complaint",
    tw4: unclear,
    tw5: "active 2024-01-31T12:00:00+01:00",
  },
  "28-unknown-column": { un1: "active stated", un2: "ended now", un3: "ended now" },
  "29-remarks": { re1: "active stated", re2: "active stated" },
  "30-own-export": {
    actief1: "active 2024-02-01T13:00:00+01:00",
    gestopt1: "ended 2026-12-01T00:06:02.069+01:00",
    geenmail1: "ended 2026-10-31T00:06:02.069+01:00, hard",
  },
  "31-headless": { hl1: "active stated", hl2: "ended now" },
  "32-bits": { bi1: "active stated", bi2: "ended now" },
  "33-both-orders": {
    bo1: "active 2024-01-02T12:00:00+01:00",
    bo2: "active 2024-03-04T12:00:00+01:00",
  },
  "35-boxes": {
    bx1: "active stated",
    bx2: "Deze persoon gaf geen antwoord op de vraag om toestemming. Kolom “Nieuwsbrief” is leeg.",
    bx3: "ended now",
    bx4: "ended now",
  },
  "36-letters": { le1: "active stated", le2: "ended now" },
  "37-tags": {
    ta1: "Deze stand kennen we niet, of deze persoon heeft nooit bevestigd. Kolom “Tags”: “vip”.",
    ta2: "ended now",
  },
  "34-by-the-neighbour": {
    nb1: "active 2024-02-13T12:00:00+01:00",
    nb2: "ended 2024-03-01T12:00:00+01:00",
  },
};

const folder = join(import.meta.dirname, "corpus");

describe("the exports of other programs", () => {
  let app: TestApp;
  let owner: Colleague;
  let newsletter: string;
  beforeAll(async () => {
    app = await startTestApp({ now: new Date("2026-12-01T09:00:00Z") });
    owner = await signIn(app, "owner");
    newsletter = await newsletterOf(app, null);
  });
  afterAll(() => app.stop());

  test("are all in the table", () => {
    const files = readdirSync(folder).map((name) => name.replace(".csv", ""));
    expect(files.toSorted()).toEqual([...Object.keys(subscribers), "15-sign"].toSorted());
  });

  /** How an address stands, and since when that is. */
  async function standingOf(email: string): Promise<string | undefined> {
    const one = await app.ctx.db
      .selectFrom("subscriptions as s")
      .innerJoin("people as p", "p.id", "s.person_id")
      .leftJoin("suppressions as x", "x.address", "p.email")
      .leftJoin("consents as c", "c.person_id", "p.id")
      .select(["s.since", "s.ended_at", "x.reason", "c.stated", "c.given_at"])
      .where("p.email", "=", email)
      .executeTakeFirst();
    if (!one) return undefined;
    const silent = one.reason ? `, ${one.reason}` : "";
    if (one.ended_at) {
      const isNow = one.ended_at.getTime() === app.ctx.now().getTime();
      return `ended ${isNow ? "now" : clockTime(one.ended_at)}${silent}`;
    }
    if (!one.stated) expect(one.given_at, "the proof is of that moment").toEqual(one.since);
    return `active ${one.stated ? "stated" : clockTime(one.since)}${silent}`;
  }

  test.each(Object.entries(subscribers))(
    "%s: nobody who said no becomes active, no date is invented",
    async (file, expected) => {
      const bytes = new Uint8Array(readFileSync(join(folder, `${file}.csv`)));
      const answer = await send(app, owner, bytes, { kind: "subscribers", newsletter }, `${file}.csv`);
      const path = answer.headers.get("location") ?? "";
      const form = { ...guessedIn(await (await owner.get(path)).text()), ...statement };
      const first = await owner.post(`${path}/kolommen`, form);
      const stop = stops[file];
      expect(first.status).toBe(stop ? 422 : 303);
      if (stop) {
        expect((await first.text()).replaceAll("&quot;", '"')).toContain(stop.told);
        expect((await owner.post(`${path}/kolommen`, { ...form, ...stop.answers })).status).toBe(303);
      }
      await app.work();
      const errors = await (await owner.get(`${path}/fouten.csv`)).text();
      await owner.post(`${path}/uitvoeren`);
      await app.work();
      const came: Expected = {};
      for (const who of Object.keys(expected)) {
        const told = new RegExp(`^"\\d+";"([^"]*)";.*"${who}@voorbeeld.nl"`, "m").exec(errors)?.[1];
        came[who] = (await standingOf(`${who}@voorbeeld.nl`)) ?? told ?? "nowhere";
      }
      expect(came).toEqual(expected);
    },
  );
});
