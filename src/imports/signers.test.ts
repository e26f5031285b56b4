import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type Colleague, signIn } from "../../tests/support/desk.ts";
import { check, countsIn, guessedIn, run, send, statement } from "../../tests/support/imports.ts";
import { startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";
import { markMilestones } from "../signatures/operations.ts";
import { listBatches } from "../signatures/queries.ts";

const to = desk("nl");
const fields = { kind: "signatures" };

describe("signatures that were given elsewhere", () => {
  let app: TestApp;
  let owner: Colleague;
  beforeAll(async () => {
    app = await startTestApp({ now: new Date("2026-12-01T09:00:00Z") });
    owner = await signIn(app, "owner");
    return app.stop;
  });
  const pageOf = async (path: string) => (await owner.get(path)).text();
  const exported = async () => (await owner.get(to.all("signatures", "export"))).text();
  const wallNames = async () =>
    [...(await (await app.get("/manifest/ondertekenaars")).text()).matchAll(/Muur [A-Z]\w+/g)].map(String);

  test("keep their moment of signing in lists, exports and the proof; what cannot be read is told", async () => {
    const file = new Uint8Array(readFileSync(join(import.meta.dirname, "corpus/15-sign.csv")));
    const path = await check(app, owner, file, fields, { shows: "yes" });
    const html = await pageOf(path);
    expect(countsIn(html)).toEqual({ Goed: "2", Fout: "2" });
    expect(html).toContain(
      "1 rij: Deze zichtbaarheid kennen we niet. Gebruik: naam, functie of geteld. Kolom “Zichtbaar”: “misschien”.",
    );
    expect(html).toContain("1 rij: De naam ontbreekt of klopt niet. Kolom “Naam”: “”.");
    await owner.post(`${path}/uitvoeren`);
    await app.work();
    const rows = (await exported()).split("\r\n").slice(1, -1);
    expect(rows.map((row) => row.split(";").filter((_, at) => [0, 5, 7].includes(at)))).toEqual([
      ['"Be Ce"', '"Telt alleen mee"', '"2024-01-31T13:00:00+01:00"'],
      ['"Ad Ab"', '"Met naam"', '"2024-01-31T12:00:00+01:00"'],
    ]);
    const list = await pageOf(to.section("signatures"));
    expect(list).toContain("31 januari 2024 om 12:00");
    const stated = await app.ctx.db
      .selectFrom("consents as c")
      .innerJoin("people as p", "p.id", "c.person_id")
      .select(["p.email", "c.stated"])
      .orderBy("p.email")
      .where("c.purpose", "=", "signature")
      .execute();
    expect(stated, "the file has no moment of the second").toEqual([
      { email: "si1@voorbeeld.nl", stated: false },
      { email: "si2@voorbeeld.nl", stated: true },
    ]);
  });

  test("stand on the wall and in the milestones where they were given, whenever they were read in", async () => {
    await app.given.signature({ name: "Muur Nu" });
    const rows = [
      "naam;e-mail;zichtbaarheid;getekend op",
      "Muur Midden;midden@muur.example;naam;2025-06-01",
      "Muur Oud;oud@muur.example;naam;2019-06-01",
      "Muur Later;later@muur.example;naam;2026-06-01",
    ];
    await run(app, owner, rows.join("\n"), fields, { shows: "yes" });
    app.advance(1000);
    await app.given.signature({ name: "Muur Straks" });
    expect(await wallNames()).toEqual(["Muur Straks", "Muur Nu", "Muur Later", "Muur Midden", "Muur Oud"]);
    const many = Array.from(
      { length: 120 },
      (_, at) =>
        `Veel ${at};veel-${at}@muur.example;geteld;${String(1 + (at % 28)).padStart(2, "0")}-02-2020`,
    );
    await run(app, owner, [rows[0], ...many].join("\n"), fields);
    expect(await markMilestones(app.ctx)).toEqual([100]);
    const [milestone] = await app.ctx.db.selectFrom("milestones").select("reached_at").execute();
    expect(milestone?.reached_at.toISOString().slice(0, 7)).toBe("2020-02");
    const counts = (await listBatches(app.ctx, 7)).map(({ count }) => count);
    expect(counts, "an operator finds what was read in lately").toContain(120);
  });

  test("are none of who took it back, never confirmed, or stands in another row that cannot be read", async () => {
    const path = await run(
      app,
      owner,
      [
        ...[
          "naam;e-mail;status",
          "Ja Ja;ja@stand.example;bevestigd",
          "Ta Ta;terug@stand.example;ingetrokken",
        ],
        ...["Wa Wa;wacht@stand.example;pending", "Twee Twee;twee@stand.example;bevestigd"],
        "Twee Twee;twee@stand.example;nietes",
      ].join("\n"),
      fields,
    );
    const html = await pageOf(path);
    expect(countsIn(html)).toEqual({ Ingelezen: "1", Fout: "4" });
    expect(html).toContain(
      "2 rijen: Deze persoon zei nee, of heeft nooit bevestigd. Kolom “status”: “ingetrokken”.",
    );
  });

  test("a no to something else has to be called so, and keeps nobody from signing", async () => {
    const file = "naam;e-mail;nieuwsbrief?\nNee Nee;nieuws@stand.example;nee\n";
    const sent = await send(app, owner, file, fields);
    const path = sent.headers.get("location") ?? "";
    const form = { ...guessedIn(await pageOf(path)), ...statement };
    const stopped = await owner.post(`${path}/kolommen`, form);
    expect(stopped.status).toBe(422);
    const html = await stopped.text();
    expect(html).toContain("In de kolom “nieuwsbrief?” staat bij 1 rij iets als “nee” of “afgemeld”");
    expect(html).toContain("<title>1 foutmelding");
    await owner.post(`${path}/kolommen`, { ...form, "column-2": "nothing" });
    await app.work();
    expect(countsIn(await pageOf(path))).toEqual({ Goed: "1" });
  });
});
