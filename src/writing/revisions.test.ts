import { expect, test } from "vitest";
import { type Colleague, signIn } from "../../tests/support/desk.ts";
import { days, minutes } from "../../tests/support/test-app.ts";
import { autosave, twoWriters as begun, form, openedPage } from "../../tests/support/two-writers.ts";
import { paths } from "../paths.ts";
import { thinOutRevisions } from "./jobs.ts";

test("what a page saves by itself within ten minutes is one revision; publishing is one of its own", async () => {
  const { app, anna, bram, path, revisions } = await begun();
  const [annas, brams] = [openedPage(), openedPage()];
  let version = 1;
  const save = async (who: Colleague, text: string) => {
    const from = (who === anna ? annas : brams).next();
    const answer = await autosave(app, who, path, { version: String(version), ...from, ...form(text) });
    expect(answer.status).toBe(200);
    version = (await answer.json()).version;
  };
  await save(anna, "een");
  app.advance(minutes(4));
  await save(anna, "twee");
  app.advance(minutes(4));
  await save(anna, "drie");
  expect(version).toBe(4);
  expect(await revisions()).toEqual([
    ["began", "Anna"],
    ["saved", "Anna"],
  ]);
  app.advance(minutes(4));
  await save(anna, "vier, na tien minuten");
  await save(bram, "vijf, iemand anders");
  await anna.post(`${path}/publiceren`);
  expect(await revisions()).toEqual([
    ["began", "Anna"],
    ["saved", "Anna"],
    ["saved", "Anna"],
    ["saved", "Bram"],
    ["published", "Anna"],
  ]);
});

test("what somebody saved with a button stays among the versions, however soon they save again", async () => {
  const { app, anna, path, kept } = await begun();
  const page = openedPage();
  const save = (version: number, text: string) =>
    anna.post(`${path}/bewaren`, { version: String(version), ...page.next(), ...form(text) });
  await save(1, "Een.");
  await save(2, "Twee.");
  await autosave(app, anna, path, { version: "3", ...page.next(), ...form("Drie") });
  await autosave(app, anna, path, { version: "4", ...page.next(), ...form("Drie.") });
  await save(5, "Drie."); // the button, after the page had saved just that by itself
  await autosave(app, anna, path, { version: "5", ...page.next(), ...form("Vier.") });
  expect((await kept()).versions).toEqual(["", "Een.", "Twee.", "Drie.", "Vier."]);
});

test("one person on a phone and a laptop: what the other device saved stays among the versions", async () => {
  const { app, anna, path, kept } = await begun();
  const [phone, laptop] = [openedPage(), openedPage()];
  const save = (from: Record<string, string>, version: number, text: string) =>
    autosave(app, anna, path, { version: String(version), ...from, ...form(text) });
  expect((await save(phone.next(), 1, "Van de telefoon.")).status).toBe(200);
  expect((await save(laptop.next(), 1, "Van de laptop.")).status, "she hears of the other").toBe(409);
  expect((await save(laptop.next(), 2, "Van de laptop.")).status, "and chooses her laptop's").toBe(200);
  expect((await save(phone.next(), 2, "Van de telefoon, en meer.")).status).toBe(409);
  expect((await kept()).versions).toEqual(["", "Van de telefoon.", "Van de laptop."]);
});

test("a text that is emptied, at once or bit by bit, stays among the versions", async () => {
  const { app, anna, path, kept } = await begun();
  const page = openedPage();
  let version = 1;
  const save = async (text: string) => {
    const sent = { version: String(version), ...page.next(), ...form(text) };
    version = (await (await autosave(app, anna, path, sent)).json()).version;
  };
  const sentences = Array.from({ length: 12 }, (_, at) => `Op dag ${at + 1} dronken wij thee in de tuin.`);
  await save(sentences.slice(0, 6).join(" "));
  await save(sentences.join(" "));
  await save("");
  expect((await kept()).versions, "a text that grew is one version").toEqual(["", sentences.join(" "), ""]);
  await save(sentences.join(" "));
  for (let left = 11; left >= 0; left--) await save(sentences.slice(0, left).join(" "));
  const { versions } = await kept();
  expect(versions.length).toBeLessThan(8);
  expect(versions.slice(2).some((text) => text.includes("dag 5"))).toBe(true);
});

test("saving the same again changes nothing, not even the version", async () => {
  const { app, anna, path, revisions } = await begun();
  const first = await (await autosave(app, anna, path, { version: "1", ...form("een") })).json();
  expect(first).toMatchObject({ kind: "saved", version: 2 });
  const again = await (await autosave(app, anna, path, { version: "1", ...form("een") })).json();
  expect(again).toMatchObject({ kind: "saved", version: 2 });
  expect(await revisions()).toHaveLength(2);
});

test("two revisions are compared word by word, and an old one is put back into the working copy", async () => {
  const { anna, path, revisions, app } = await begun();
  await anna.post(`${path}/bewaren`, { version: "1", ...form("Wij dronken thee in Ede.") });
  app.advance(minutes(20));
  await anna.post(`${path}/bewaren`, { version: "2", ...form("Wij dronken koffie in Ede.") });
  const list = await (await anna.get(`${path}/versies`)).text();
  expect(list).toContain("door Anna");
  const compared = await (await anna.get(`${path}/vergelijken?van=3&naar=2`)).text();
  expect(compared).toContain("Wij dronken <del>thee</del><ins>koffie</ins> in Ede.");
  expect(compared).toContain("Tekst, Nederlands");
  expect((await anna.get(`${path}/vergelijken?van=3&naar=9`)).status).toBe(404);

  const restored = await anna.post(`${path}/terugzetten`, { number: "2" });
  expect(restored.status).toBe(303);
  const page = await (await anna.get(restored.headers.get("location")!)).text();
  expect(page).toContain("Wij dronken thee in Ede.");
  expect(page).toContain('data-version="4"');
  expect((await revisions()).at(-1)).toEqual(["restored", "Anna"]);
  const noted = await app.ctx.db.selectFrom("audit").select("action").execute();
  expect(noted.map(({ action }) => action)).toContain("writing.restore");
});

test("two editors at once: the second hears who changed what, and loses nothing", async () => {
  const { app, anna, bram, path } = await begun();
  await anna.post(`${path}/bewaren`, { version: "1", ...form("Begin.") });
  await bram.post(`${path}/bewaren`, { version: "2", ...form("Het begin van Bram.") });

  const byItself = await autosave(app, anna, path, {
    version: "2",
    ...form("Begin.", { "summary.nl": "Anna." }),
  });
  expect(byItself.status).toBe(409);
  expect(await byItself.json()).toMatchObject({
    kind: "conflict",
    by: "Bram",
    version: 3,
    changed: [{ field: "body.nl", label: "Tekst, Nederlands", theirs: "Het begin van Bram." }],
  });

  const answer = await anna.post(`${path}/bewaren`, { version: "2", ...form("Het begin van Anna.") });
  expect(answer.status).toBe(409);
  const page = await answer.text();
  expect(page).toContain("Bram bewaarde intussen ook");
  expect(page).toContain("Het begin van <del>Bram</del><ins>Anna</ins>.");
  expect(page, "her text is in the form").toMatch(/<textarea[^>]*body\.nl[^>]*>Het begin van Anna\.</);
  expect(page).toContain('name="version" value="3"');
  expect(page).toContain("Nog niet bewaard");
  const still = await (await bram.get(path)).text();
  expect(still, "nothing was overwritten").toContain("Het begin van Bram.");

  const mine = await anna.post(`${path}/bewaren`, { version: "3", ...form("Het begin van Anna.") });
  expect(mine.status).toBe(303);
  const versions = await app.ctx.db.selectFrom("revisions").select("content").execute();
  expect(JSON.stringify(versions), "theirs stays among the versions").toContain("van Bram");
});

test("publishing from an older version is a conflict too", async () => {
  const { anna, bram, path, app } = await begun();
  await bram.post(`${path}/bewaren`, { version: "1", ...form("Van Bram.") });
  expect((await anna.post(`${path}/publiceren`, { version: "1", ...form("Van Anna.") })).status).toBe(409);
  expect((await app.get(paths("nl").island("theehuis").update("thee"))).status).toBe(404);
});

test("a draft may be incomplete, not too long; publishing says at each field what is missing", async () => {
  const { app, anna, path } = await begun();
  const long = await autosave(app, anna, path, { version: "1", "title.nl": "a".repeat(151) });
  expect(long.status).toBe(422);
  expect((await long.json()).errors).toEqual([
    { name: "title.nl", message: "Deze tekst is te lang: 151 tekens. Er passen er 150. Maak hem korter." },
  ]);
  const typed = await anna.post(`${path}/bewaren`, {
    version: "1",
    "title.nl": "a".repeat(151),
    "body.nl": "Blijft.",
  });
  expect(typed.status).toBe(422);
  expect(await typed.text()).toContain("Blijft.");

  expect((await anna.post(`${path}/bewaren`, { version: "2", "title.nl": "Thee" })).status).toBe(303);
  const answer = await anna.post(`${path}/publiceren`, { version: "3", "title.nl": "Thee" });
  expect(answer.status).toBe(422);
  const page = await answer.text();
  expect(page).toContain("2 foutmeldingen - Thee");
  expect(page).toContain('href="#field-summary-nl"');
  expect(page).toContain('href="#field-body-nl"');
});

test("nobody signed in: an autosave hears where to sign in, and another island's document is forbidden", async () => {
  const { app, path } = await begun();
  const answer = await app.post(`${path}/vanzelf-bewaren`, form("x"), {
    headers: { accept: "application/json", origin: app.origin },
  });
  expect(answer.status).toBe(401);
  const other = await app.given.initiative();
  const stranger = await signIn(app, "lead", { initiativeId: other.id });
  for (const part of ["", "/versies", "/vergelijken?van=1&naar=1", "/inplannen", "/terugtrekken"])
    expect((await stranger.get(path + part)).status, part).toBe(403);
  for (const part of ["bewaren", "vanzelf-bewaren", "publiceren", "inplannen", "terugtrekken", "terugzetten"])
    expect((await stranger.post(`${path}/${part}`, form("x"))).status, part).toBe(403);
});

test("saves older than a year are forgotten; what was published is not", async () => {
  const { app, anna, path, revisions, island } = await begun();
  await anna.post(`${path}/bewaren`, { version: "1", ...form("oud") });
  await anna.post(`${path}/publiceren`);
  app.advance(days(370));
  const later = await signIn(app, "lead", { initiativeId: island.id });
  await later.post(`${path}/bewaren`, { version: "3", ...form("nieuw") });
  await thinOutRevisions.run(app.ctx, {});
  expect((await revisions()).map(([what]) => what)).toEqual(["began", "published", "saved"]);
});
