import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { subscribeAndConfirm } from "../../tests/support/acts.ts";
import { busy, doEverything, openMine, ownNetworks, postAs, readAs } from "../../tests/support/mine.ts";
import { signAndConfirm } from "../../tests/support/signing.ts";
import { startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { mailPreviews } from "../features.ts";
import { paths } from "../paths.ts";
import { languages } from "../platform/i18n.ts";

const to = paths("nl");
const start = () => startTestApp({ env: ownNetworks });
const mineOf = async (app: TestApp, cookie: string) =>
  (await (await readAs(app, cookie, to.mine)).text()).replaceAll("&#39;", "'");

test("the page shows everything, in words, with its moments", async () => {
  const app = await start();
  await doEverything(app);
  const cookie = await openMine(app, busy.email);
  const page = await mineOf(app, cookie);
  for (const shown of [
    "Het manifest, versie 1",
    "Met mijn naam",
    "Delen, Leren",
    "=Omdat Sanne Kleurrijk dit wil",
    "Nog niet: iemand van de beweging leest hem eerst",
    "Door jou: <strong>1</strong>",
    "Je krijgt deze nieuwsbrief",
    "Je bent afgemeld",
    "Het team zei ja",
    "Graag, Sanne!",
    "Het team heeft nog niet geantwoord",
    "Kleurrijk werk",
    "beslissen buren samen.",
    "Een idee van Kleurrijk dat nog wacht",
    "Wat op je bevestiging wacht",
    "Laat bij mijn link zien dat Sanne Kleurrijk uitnodigt",
  ])
    expect(page).toContain(shown);
  expect(page).toMatch(/<time datetime="[^"]+Z">\d+ \w+ \d{4} om \d\d:\d\d<\/time>/);
  for (const others of ["collega@voorbeeld.nl", "Kim de Boer", "Bo Visser", "door.iemand@"])
    expect(page).not.toContain(others);
});

test("each thing changes or ends by its button, at once", async () => {
  const app = await start();
  await doEverything(app);
  const cookie = await openMine(app, busy.email);
  const { db } = app.ctx;
  const post = (part: Parameters<typeof to.minePart>[0], fields: Record<string, string> = {}) =>
    postAs(app, cookie, to.minePart(part), fields);
  const signature = () =>
    db.selectFrom("signatures").selectAll().where("name", "=", busy.name).executeTakeFirst();

  const wall = async () => (await app.get(to.signatories)).text();
  expect(await wall()).toContain(busy.name);
  const answer = await post("appearance", { appearance: "counted" });
  expect(answer.headers.get("location")).toBe(`${to.mine}?klaar=appearance`);
  expect((await signature())?.appearance).toBe("counted");
  expect(await wall()).not.toContain(busy.name);
  await post("appearance", { appearance: "everything" });
  expect((await signature())?.appearance, "no such way to appear").toBe("counted");
  const consents = await db
    .selectFrom("consents")
    .select("text")
    .where("purpose", "=", "signature")
    .execute();
  expect(consents.map(({ text }) => text)).toContain("Tel mij alleen mee");

  await post("invitation");
  expect((await signature())?.invite_shows_name).toBe(false);
  await post("invitation", { "shows-name": "yes" });
  expect((await signature())?.invite_shows_name).toBe(true);

  const active = () => db.selectFrom("subscriptions").selectAll().where("ended_at", "is", null).execute();
  await post("subscription", { id: (await active())[0]!.id });
  expect(await active()).toEqual([]);

  const open = () => db.selectFrom("participations").selectAll().where("withdrawn_at", "is", null).execute();
  for (const { id } of await open()) await post("offer", { id });
  expect(await open()).toEqual([]);
  await app.work();
  expect((await app.mailbox()).map(({ subject }) => subject)).toContain(`${busy.name} trekt het aanbod in`);

  await post("profile");
  expect(await db.selectFrom("profiles").selectAll().execute()).toEqual([]);

  const count = async () => (await db.selectFrom("signatures").select("id").execute()).length;
  const before = await count();
  expect(await (await readAs(app, cookie, to.minePart("signature"))).text()).toContain("één lager");
  expect(await count()).toBe(before);
  await post("signature");
  expect(await count()).toBe(before - 1);
  const page = await mineOf(app, cookie);
  expect(page).not.toContain("Het manifest, versie");
  expect(page).toContain("Je tips en vragen");
});

test("only with role and organisation is no choice for who gave neither", async () => {
  const app = await start();
  await signAndConfirm(app, { email: "an@voorbeeld.nl", name: "An" });
  const cookie = await openMine(app, "an@voorbeeld.nl");
  expect(await mineOf(app, cookie)).not.toContain('value="role"');
  await postAs(app, cookie, to.minePart("appearance"), { appearance: "role" });
  const row = await app.ctx.db.selectFrom("signatures").select("appearance").executeTakeFirstOrThrow();
  expect(row.appearance).toBe("name");
});

test("nobody ends what is somebody else's, and nobody without a visit does anything", async () => {
  const app = await start();
  await doEverything(app);
  await subscribeAndConfirm(app, "an@voorbeeld.nl");
  const cookie = await openMine(app, "an@voorbeeld.nl");
  const { db } = app.ctx;
  const everything = async () =>
    JSON.stringify([
      await db.selectFrom("subscriptions").selectAll().orderBy("id").execute(),
      await db.selectFrom("participations").selectAll().orderBy("id").execute(),
      await db.selectFrom("acts").selectAll().orderBy("id").execute(),
      await db.selectFrom("signatures").selectAll().orderBy("id").execute(),
      await db.selectFrom("profiles").selectAll().execute(),
    ]);
  const before = await everything();
  const ids = async (table: "subscriptions" | "participations" | "acts") =>
    (await db.selectFrom(table).select(["id", "person_id"]).execute()).map(({ id }) => id);
  const own = (
    await db.selectFrom("people").select("id").where("email", "=", "an@voorbeeld.nl").execute()
  )[0]!;
  const theirs = (await db.selectFrom("subscriptions").selectAll().execute()).filter(
    ({ person_id }) => person_id !== own.id,
  );
  for (const { id } of theirs) await postAs(app, cookie, to.minePart("subscription"), { id });
  for (const id of await ids("participations")) await postAs(app, cookie, to.minePart("offer"), { id });
  for (const id of await ids("acts")) await postAs(app, cookie, to.minePart("waiting"), { id });
  for (const part of ["signature", "profile", "appearance", "invitation"] as const)
    await postAs(app, cookie, to.minePart(part), { appearance: "counted" });
  await postAs(app, cookie, to.minePart("offer"), { id: "x' or 1=1 --" });
  for (const made of ["", `archipel-mijn=${"B".repeat(43)}`, "archipel-mijn=x"])
    for (const part of ["signature", "profile", "erase", "subscription"] as const) {
      const answer = await postAs(app, made, to.minePart(part), { id: theirs[0]!.id });
      expect(answer.headers.get("location")).toBe(`${to.mine}?klaar=over`);
    }
  for (const part of ["json", "csv", "erase", "signature"] as const)
    expect((await app.get(to.minePart(part))).headers.get("location")).toBe(`${to.mine}?klaar=over`);
  expect(await everything()).toBe(before);
});

/** Mails to teams and to the movement itself: not about their readers. */
const toTeams = [
  ...["proposals-proposed", "proposals-replied", "initiatives-contact-changed"],
  ...["contact-tip", "signatures-moderation", "participation-gone"],
  ...["participation-offer", "participation-reminder", "participation-escalation"],
  "suppressions-held",
];

test("every mail to a visitor leads here, in both languages", async () => {
  const names = mailPreviews.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(toTeams));
  const visitors = mailPreviews.filter(({ name }) => !toTeams.includes(name));
  expect(visitors.length).toBeGreaterThan(7);
  for (const { name, render } of visitors)
    for (const language of languages) {
      const { html, text } = await render(language);
      const link = `https://voorbeeld.example${paths(language).mine}`;
      expect(text.split(/\s/), `${name} ${language}`).toContain(link);
      expect(html, `${name} ${language}`).toContain(`href="${link}"`);
    }
});

test("the privacy page names every cookie that the program sets, and the drafts in an editor's browser", () => {
  const names = readdirSync("src", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith("cookie.ts"))
    .flatMap((path) => [...readFileSync(`src/${path}`, "utf8").matchAll(/"(archipel-[\w-]+)"/g)])
    .map(([, name]) => name);
  expect(names.sort()).toEqual(["archipel-aanmelden", "archipel-beheer", "archipel-mijn"]);
  for (const [language, storage] of Object.entries({
    nl: "opslag van je eigen browser",
    en: "storage of your own",
  })) {
    const page = readFileSync(`content/pages/privacy.${language}.md`, "utf8");
    for (const name of names) expect(page).toContain(`\`${name}\``);
    expect(page).toContain(storage);
  }
});
