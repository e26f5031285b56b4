import { sql } from "kysely";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { desk } from "../../src/desk-paths.ts";
import { paths } from "../../src/paths.ts";
import { linkIn } from "../support/acts.ts";
import { signIn } from "../support/desk.ts";
import { askCode, doEverything, elsewhere, ownNetworks } from "../support/mine.ts";
import { signAndConfirm } from "../support/signing.ts";
import { minutes, startTestApp, type TestApp } from "../support/test-app.ts";
import { useBrowser } from "./support.ts";

const { visitor } = useBrowser();
const to = paths("nl");

/** Every row of every table but that of the limits. */
async function everything(app: TestApp): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'limits'`.execute(
    app.ctx.db,
  );
  const rows = await Promise.all(
    tables.map(async ({ name }) => {
      const found = await sql<{ row: string }>`
        select ${name} || ': ' || to_jsonb(t)::text as row from ${sql.id(name)} as t`.execute(app.ctx.db);
      return found.rows.map(({ row }) => row);
    }),
  );
  return rows.flat().toSorted();
}

/** Whoever does everything, and a team that is asked things: a mail of every kind that asks for an act. */
async function askForEverything(app: TestApp): Promise<void> {
  await doEverything(app);
  await signAndConfirm(app, { email: "motief@voorbeeld.nl", motivation: "Omdat het kan." });
  await app.post(
    to.propose,
    {
      ...{ name: "Straatwijs", kind: "initiative", tagline: "Samen", story: "Het begon hier." },
      ...{ role: "Trekker", proposer: "Sam", email: "sam@example.org" },
    },
    { headers: elsewhere() },
  );
  await app.work();
  await app.post(linkIn((await app.mailbox("sam@example.org")).at(-1)!, "/bevestigen/"), {});
  const owner = await signIn(app, "owner");
  const { id } = await app.ctx.db.selectFrom("proposals").select("id").executeTakeFirstOrThrow();
  await owner.post(desk("nl").part("proposals", id, "askBack"), { question: "Wie doen er mee?" });
  await owner.post(desk("nl").section("team"), { act: "invite", email: "nieuw@voorbeeld.nl", role: "owner" });
  await app.post(desk("nl").signInPart("code"), { email: owner.email }, { headers: elsewhere() });
  await askCode(app, "motief@voorbeeld.nl");
  // Acts that still wait: one in a mail by itself, several in one.
  const tip = { kind: "idea", name: "Wim", email: "wim@voorbeeld.nl", text: "Een" };
  await app.post(to.contact, tip, { headers: elsewhere() });
  const both = { ...tip, email: "mo@voorbeeld.nl", subscribe: "yes" };
  await app.post(to.contact, both, { headers: elsewhere() });
  await app.work();
}

/** The links of all mails to this site. */
async function linksInMails(app: TestApp): Promise<string[]> {
  const links = (await app.mailbox()).flatMap(({ text }) => text.match(/https?:\/\/\S+/g) ?? []);
  // The workplace asks to sign in first.
  return [...new Set(links)].filter((link) => link.startsWith(app.origin) && !link.includes("/beheer"));
}

/** Looks as a sandbox does: runs the page's script, hides it, brings it forward, and stays until all is still. */
async function look(page: Page, link: string): Promise<string | null> {
  await page.goto(link, { waitUntil: "load" });
  for (const state of ["hidden", "visible"]) {
    await page.evaluate((state) => {
      Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
      Object.defineProperty(document, "hidden", { configurable: true, get: () => state === "hidden" });
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
      for (const event of ["focus", "blur", "pageshow", "scroll", "pointermove"])
        dispatchEvent(new Event(event));
    }, state);
    // Nothing should happen, so nothing can be waited for: a page that acts by itself does so at once.
    await page.evaluate(() => new Promise((done) => setTimeout(done, 50)));
  }
  await expect
    .poll(() => new URL(page.url()).pathname, { message: "stays where it is" })
    .toBe(new URL(link).pathname);
  return page
    .locator('link[rel="alternate"][hreflang="en"]')
    .first()
    .getAttribute("href", { timeout: 100 })
    .catch(() => null);
}

test("a mail scanner that renders every link of every mail and runs its script changes nothing", {
  timeout: 180_000,
}, async () => {
  const app = await startTestApp({ env: ownNetworks });
  await askForEverything(app);
  const page = await visitor(app);
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() !== "GET") sent.push(`${request.method()} ${request.url()}`);
  });
  const links = await linksInMails(app);
  const seen = [
    ...["/bevestigen/", "/dit-was-ik-niet", "/afmelden/", "/voorkeuren/", "/aannemen/", "/afwijzen/"],
    ...["/manifest/motivatie/", "/manifest/uitnodiging/", "/antwoord/", "/mijn/openen/"],
    ...["/aanmelden/link/", "/aanmelden/uitnodiging/"],
  ];
  for (const kind of seen)
    expect(
      links.filter((link) => link.includes(kind)),
      kind,
    ).not.toEqual([]);
  const before = await everything(app);
  app.advance(minutes(1));
  const english = new Set<string>();
  for (const link of links) {
    const other = await look(page, link);
    if (other) english.add(other);
  }
  expect(english.size).toBeGreaterThan(seen.length);
  for (const link of english) await look(page, link);
  expect(sent).toEqual([]);
  await app.work();
  await expect.poll(() => everything(app)).toEqual(before);
});
