import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type Colleague, signIn } from "../../tests/support/desk.ts";
import {
  check,
  countsIn,
  newsletterOf,
  run,
  send,
  statement,
  subscriptionOf,
} from "../../tests/support/imports.ts";
import { days, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";
import { workOn } from "./work.ts";

const to = desk("nl");

describe("subscribers from another tool", () => {
  let app: TestApp;
  let owner: Colleague;
  let newsletter: string;
  beforeAll(async () => {
    app = await startTestApp();
    owner = await signIn(app, "owner");
    newsletter = await newsletterOf(app, null);
    return app.stop;
  });

  test("are shown, checked, and only then added, with their consent and without a mail", async () => {
    const here = await app.ctx.db
      .insertInto("people")
      .values([
        { email: "afgemeld@example.org", name: "Ad", language: "nl", confirmed_at: app.ctx.now() },
        { email: "actief@example.org", name: "An", language: "nl", confirmed_at: app.ctx.now() },
      ])
      .returning("id")
      .execute();
    await app.ctx.db
      .insertInto("subscriptions")
      .values(
        here.map(({ id }, at) => ({
          ...{ newsletter_id: newsletter, person_id: id, language: "nl" as const, since: app.ctx.now() },
          ended_at: at === 0 ? app.ctx.now() : null,
        })),
      )
      .execute();
    await app.ctx.db
      .insertInto("erased_suppressions")
      .values({
        address_hash: app.ctx.keys.hash("suppressed", "zonder@example.org"),
        ...{ reason: "complaint", since: app.ctx.now() },
      })
      .execute();
    const file = [
      "Email Address,First Name,Last Name,Status,OPTIN_TIME",
      "zoe@example.org,Zoë,de Boer,subscribed,2023-05-06 10:00:00",
      "weg@example.org,Wim,,unsubscribed,",
      "terug@example.org,Bo,,cleaned,",
      "ZOE@example.org,Dubbel,,unsubscribed,",
      "geen adres,Piet,,subscribed,",
      '"kwaad@example.org\nBcc: iedereen@example.org",Kwaad,,subscribed,',
      "wacht@example.org,Wacht,,pending,",
      "afgemeld@example.org,Ad,,subscribed,",
      "actief@example.org,An,,unsubscribed,",
      "html@example.org,<script>alert(1)</script>,,subscribed,",
      "zonder@example.org,info@zonder.example,,,",
    ].join("\r\n");
    const path = await check(app, owner, file, { kind: "subscribers", newsletter });
    const html = await (await owner.get(path)).text();
    expect(countsIn(html)).toEqual({
      Goed: "5",
      Fout: "3",
      "Al bekend": "2",
      "Dubbel in het bestand": "1",
      "Actief: krijgt de nieuwsbrief": "2",
      "Afgemeld: krijgt niets": "2",
      "Niet te bereiken: krijgt niets": "1",
    });
    expect(await subscriptionOf(app, "weg@example.org"), "a dry run adds nothing").toBeUndefined();

    const errors = await (await owner.get(`${path}/fouten.csv`)).text();
    expect(errors.split("\r\n").map((line) => line.slice(0, 40))).toEqual([
      '"Rij";"Wat er mis is";"Email Address";"F',
      '"6";"Dit e-mailadres klopt niet.";"geen ',
      '"7";"Dit e-mailadres klopt niet.";"kwaad',
      '"8";"Deze stand kennen we niet, of deze ',
      "",
    ]);

    expect((await owner.post(`${path}/uitvoeren`)).status).toBe(303);
    await app.work();
    const result = await (await owner.get(path)).text();
    expect(countsIn(result)).toMatchObject({ Ingelezen: "5", Fout: "3", "Al bekend": "2" });
    expect(await subscriptionOf(app, "weg@example.org")).toMatchObject({ ended_at: app.ctx.now() });
    expect(await subscriptionOf(app, "terug@example.org")).toMatchObject({ ended_at: app.ctx.now() });
    expect(await subscriptionOf(app, "zoe@example.org"), "a no wins from a yes").toMatchObject({
      ended_at: app.ctx.now(),
    });
    expect((await subscriptionOf(app, "afgemeld@example.org"))?.ended_at).not.toBeNull();
    expect((await subscriptionOf(app, "actief@example.org"))?.ended_at).toBeNull();
    expect(await subscriptionOf(app, "zonder@example.org")).toMatchObject({ name: null, ended_at: null });
    const gone = await app.ctx.db.selectFrom("suppressions").select(["address", "reason"]).execute();
    expect(gone.toSorted((a, b) => (a.address < b.address ? -1 : 1))).toEqual([
      { address: "terug@example.org", reason: "hard" },
      { address: "zonder@example.org", reason: "complaint" },
    ]);

    const { id } = (await subscriptionOf(app, "html@example.org"))!;
    const proof = await app.ctx.db
      .selectFrom("consents")
      .selectAll()
      .where("person_id", "=", id)
      .executeTakeFirstOrThrow();
    expect(proof).toMatchObject({
      purpose: `newsletter:${newsletter}`,
      text: `${statement.statement} (${statement.by}, 2024-01-31)`,
      form_url: `import:${path.split("/").at(-1)}`,
      given_at: new Date("2024-01-31T12:00:00Z"),
    });
    expect(await app.mailbox(), "nobody gets mail").toEqual([]);
    const known = await (await owner.get(to.one("people", id))).text();
    expect(known).toContain("Overgenomen uit een bestand op");
    expect(known, "nobody confirmed anything").not.toContain("Bevestigd op");
    const page = await (await owner.get(`${to.section("subscribers")}?q=html@example`)).text();
    const one = /href="([^"]+)">html@example/.exec(page)?.[1] ?? "";
    expect(await (await owner.get(one)).text()).toMatch(/Ingelezen op(?![\s\S]*Bevestigd op)/);
    expect(page).toContain("&lt;script&gt;");
    expect(page).not.toContain("<script>alert");
    const noted = await app.ctx.db.selectFrom("audit").select("action").orderBy("id").execute();
    expect(noted.map(({ action }) => action)).toEqual(["imports.begin", "imports.check", "imports.run"]);

    const again = await check(app, owner, file, { kind: "subscribers", newsletter });
    expect(
      countsIn(await (await owner.get(again)).text()),
      "a second time nothing is new",
    ).not.toHaveProperty("Goed");
    expect(readdirSync(join(app.ctx.config.dataDir, "uploads")), "no file is left").toEqual([]);
  });

  test("can be stopped, and go on exactly there", async () => {
    const rows = Array.from({ length: 4500 }, (_, at) => `crash-${at}@example.org;Naam ${at}`);
    const path = await check(app, owner, ["e-mail;naam", ...rows].join("\n"), {
      kind: "subscribers",
      newsletter,
    });
    const id = path.split("/").at(-1) ?? "";
    await owner.post(`${path}/uitvoeren`);
    expect(await workOn(app.ctx, id)).toBe(true);
    const half = await (await owner.get(`${path}/voortgang`)).json();
    expect(half).toEqual({ state: "running", position: 2001, rows: 4500 });
    expect((await owner.post(`${path}/stoppen`)).status).toBe(303);
    expect(await workOn(app.ctx, id), "stopped").toBe(false);
    await owner.post(`${path}/verder`);
    await app.work();
    expect(countsIn(await (await owner.get(path)).text())).toEqual({ Ingelezen: "4.500" });
    expect(await app.mailbox()).toEqual([]);
  });

  test("a statement is required, and what was typed stays", async () => {
    const answer = await send(app, owner, "email\nb@example.org\n", { kind: "subscribers", newsletter });
    const path = answer.headers.get("location") ?? "";
    const wrong = await owner.post(`${path}/kolommen`, {
      "column-0": "email",
      statement: "Ja",
      day: "31",
      month: "2",
      year: "2024",
    });
    expect(wrong.status).toBe(422);
    const html = await wrong.text();
    expect(html).toContain("<title>3 foutmeldingen");
    expect(html).toContain(">Ja</textarea>");
  });

  test("the rows of a file go after a week", async () => {
    const path = await check(app, owner, "email\nc@example.org\nfout\n", { kind: "subscribers", newsletter });
    app.advance(days(8));
    await app.ctx.jobs.enqueue({ name: "imports.forget", data: (await import("zod")).z.object({}) }, {});
    await app.work();
    expect(await app.ctx.db.selectFrom("import_rows").select("number").execute()).toEqual([]);
    const html = await (await owner.get(path)).text();
    expect(html).toContain("Dit bestand is na een week verwijderd. Begin opnieuw");
    expect(html).not.toContain("Verdergaan");
  });
});

test("a lead imports for the own newsletter alone, and sees no other import", async () => {
  const app = await startTestApp();
  const [own, other] = [await app.given.initiative(), await app.given.initiative()];
  const lead = await signIn(app, "lead", { initiativeId: own.id });
  const owner = await signIn(app, "owner");
  const theirs = await newsletterOf(app, other.id);
  const answer = await send(app, lead, "email\na@example.org\n", { kind: "subscribers", newsletter: theirs });
  expect(answer.status).toBe(422);
  for (const kind of ["signatures", "initiatives"])
    expect((await send(app, lead, "naam\nA\n", { kind })).status).toBe(422);
  const made = await send(app, owner, "email\na@example.org\n", { kind: "subscribers", newsletter: theirs });
  const path = made.headers.get("location") ?? "";
  expect((await lead.get(path)).status).toBe(403);
  expect((await lead.post(`${path}/uitvoeren`)).status).toBe(403);
  expect((await lead.get(`${path}/fouten.csv`)).status).toBe(403);
  expect(await (await lead.get(to.section("imports"))).text()).not.toContain("lijst.csv");
  const right = await check(app, lead, "email\nb@example.org\n", {
    ...{ kind: "subscribers", newsletter: await newsletterOf(app, own.id) },
  });
  await lead.post(`${right}/uitvoeren`);
  await app.work();
  expect(await subscriptionOf(app, "b@example.org")).toBeTruthy();
});

test("signatures from paper are counted, and shown only where the statement says so", async () => {
  const app = await startTestApp();
  const owner = await signIn(app, "owner");
  const file = (who: string) =>
    `naam;e-mail;functie;organisatie;plaats;zichtbaarheid\n${who} de Boer;${who}@example.org;adviseur;Gemeente Súdwest;Sneek;naam\n;leeg@example.org;;;;\n`;
  const run = async (who: string, more: Record<string, string>) => {
    const path = await check(app, owner, file(who), { kind: "signatures" }, more);
    await owner.post(`${path}/uitvoeren`);
    await app.work();
    expect(countsIn(await (await owner.get(path)).text())).toEqual({ Ingelezen: "1", Fout: "1" });
  };
  await run("Geteld", {});
  await run("Getoond", { shows: "yes" });
  const wall = await (await app.get("/manifest/ondertekenaars")).text();
  expect(wall).toContain("Getoond de Boer");
  expect(wall).not.toContain("Geteld de Boer");
  expect(await (await app.get("/manifest/ondertekenaars?q=getoond")).text()).toContain("Getoond de Boer");
  expect(await app.mailbox()).toEqual([]);
  const list = await (await owner.get(`${to.section("signatures")}?organisation=gemeente+sudwest`)).text();
  expect(list).toContain("Geteld de Boer");
});

test("initiatives stay hidden until they are published", async () => {
  const app = await startTestApp();
  const owner = await signIn(app, "owner");
  const file =
    "Naam,Leus,Soort,Website\nDe Werkplaats,Samen maken,netwerk,werkplaats.example\nVreemd,,raket,\n";
  const path = await check(app, owner, file, { kind: "initiatives" });
  await owner.post(`${path}/uitvoeren`);
  await app.work();
  expect(countsIn(await (await owner.get(path)).text())).toEqual({ Ingelezen: "1", Fout: "1" });
  const made = await app.ctx.db
    .selectFrom("initiatives")
    .select(["name", "kind", "published_at", "links"])
    .where("slug", "=", "de-werkplaats")
    .executeTakeFirstOrThrow();
  expect(made).toEqual({
    ...{ name: { nl: "De Werkplaats" }, kind: "network", published_at: null },
    links: [{ kind: "website", url: "https://werkplaats.example/" }],
  });
});

test("an initiative takes no address that still leads to another one", async () => {
  const app = await startTestApp();
  const owner = await signIn(app, "owner");
  const moved = await app.given.initiative({ slug: "nieuw-adres" });
  await app.ctx.db
    .insertInto("former_slugs")
    .values({
      ...{ kind: "initiative", initiative_id: null, slug: "de-werf" },
      target_id: moved.id,
      since: app.ctx.now(),
    })
    .execute();
  const file = "Naam\nDe Werf\nDe Haven\n";
  const path = await run(app, owner, file, { kind: "initiatives" });
  expect(countsIn(await (await owner.get(path)).text())).toEqual({ Ingelezen: "2" });
  expect((await app.get("/initiatieven/de-werf")).headers.get("location")).toContain("nieuw-adres");
  const made = await app.ctx.db
    .selectFrom("initiatives")
    .select("slug")
    .where("slug", "in", ["de-werf-2", "de-haven"])
    .execute();
  expect(made).toHaveLength(2);
  const again = await check(app, owner, file, { kind: "initiatives" });
  expect(countsIn(await (await owner.get(again)).text())).toEqual({ "Al bekend": "2" });
});
