import { sql } from "kysely";
import { beforeAll, describe, expect, test } from "vitest";
import { type Colleague, signIn } from "../../tests/support/desk.ts";
import { busy, doEverything, ownNetworks } from "../../tests/support/mine.ts";
import { days, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";
import { suppress } from "../suppressions/operations.ts";

const to = desk("nl");

/** Many subscribers of the newsletter of an initiative (null: the movement's): "abonnee-1@…" is the oldest. */
async function manySubscribers(app: TestApp, initiativeId: string | null, count: number, domain: string) {
  await sql`
    with made as (
      insert into people (email, name, language, confirmed_at)
      select 'abonnee-' || n || '@' || ${domain}::text, 'Zoë Abonnee ' || n, case when n % 10 = 0 then 'en' else 'nl' end,
        ${app.ctx.now()} from generate_series(1, ${count}::integer) as n
      returning id, email, language
    )
    insert into subscriptions (newsletter_id, person_id, language, since, ended_at)
    select newsletters.id, made.id, made.language,
      ${app.ctx.now()}::timestamptz - (${count} - substring(email from '\\d+')::integer) * interval '1 minute',
      case when substring(email from '\\d+')::integer % 7 = 0 then ${app.ctx.now()}::timestamptz end
    from made, newsletters where initiative_id is not distinct from ${initiativeId}`.execute(app.ctx.db);
}

const emailsIn = (html: string) =>
  [...html.matchAll(/<th scope="row"[^>]*><a [^>]*>([^<]+)/g)].map(([, one]) => one);
const linkIn = (html: string, rel: string) =>
  new RegExp(`<a rel="${rel}" href="([^"]+)"`).exec(html)?.[1]?.replaceAll("&amp;", "&");

describe("subscribers", () => {
  let app: TestApp;
  let owner: Colleague;
  let lead: Colleague;
  beforeAll(async () => {
    app = await startTestApp();
    const own = await app.given.initiative({ slug: "eigen" });
    owner = await signIn(app, "owner");
    lead = await signIn(app, "lead", { initiativeId: own.id });
    await manySubscribers(app, null, 1234, "example.org");
    await manySubscribers(app, own.id, 3, "eiland.example");
    await sql`analyze`.execute(app.ctx.db);
    return app.stop;
  });

  test("go from page to page and back, each once, newest first", async () => {
    const seen: string[][] = [];
    let path: string | undefined = to.section("subscribers");
    for (let pages = 0; path && pages < 4; pages++) {
      const html: string = await (await owner.get(path)).text();
      seen.push(emailsIn(html) as string[]);
      path = linkIn(html, "next");
    }
    expect(seen.map((page) => page.length)).toEqual([50, 50, 50, 50]);
    expect(seen.flat()[0]).toBe("abonnee-1234@example.org");
    expect(seen.flat().at(-1)).toBe("abonnee-1035@example.org");
    expect(new Set(seen.flat()).size).toBe(200);
    const third = await (await owner.get(linkIn(await (await owner.get(path!)).text(), "prev")!)).text();
    expect(emailsIn(third)).toEqual(seen[3]);
    const first = linkIn(await (await owner.get(linkIn(third, "prev")!)).text(), "prev")!;
    const second = await (await owner.get(first)).text();
    expect(emailsIn(second)).toEqual(seen[1]);
    const top = await (await owner.get(linkIn(second, "prev")!)).text();
    expect(emailsIn(top)).toEqual(seen[0]);
    expect(linkIn(top, "prev") === undefined || emailsIn(top)[0] === seen[0]![0]).toBe(true);
  });

  test("say how many there are, roughly where counting costs", async () => {
    const all = await (await owner.get(to.section("subscribers"))).text();
    expect(all).toMatch(/Ongeveer 1\.2\d0/);
    const ended = await (await owner.get(`${to.section("subscribers")}?state=ended`)).text();
    expect(ended).toContain("176 rijen");
  });

  test("are found by any part of name or address, whatever the accents and capitals", async () => {
    const find = async (q: string) =>
      emailsIn(await (await owner.get(`${to.section("subscribers")}?q=${encodeURIComponent(q)}`)).text());
    expect(await find("ABONNEE-77@")).toEqual(["abonnee-77@example.org"]);
    expect(await find("zoe abonnee-12@")).toEqual(["abonnee-12@example.org"]);
    expect(await find("100%")).toEqual([]);
    expect(await find("nergens")).toEqual([]);
  });

  test("one or two letters find who begins so", async () => {
    const first = async (q: string) => (await owner.get(`${to.section("subscribers")}?q=${q}`)).text();
    expect(emailsIn(await first("ZO"))).toHaveLength(50);
    expect(emailsIn(await first("a"))).toHaveLength(50);
    expect(emailsIn(await first("..")), "nobody begins so").toEqual([]);
    expect(emailsIn(await first("bo")), "not in the middle").toEqual([]);
    expect(await first("bo")).toContain("namen en adressen die zo beginnen");
  });

  test("a lead sees and exports those of the own newsletter alone, also by the id of another", async () => {
    const own = emailsIn(await (await lead.get(to.section("subscribers"))).text());
    expect(own).toHaveLength(3);
    const { id } = await app.ctx.db
      .selectFrom("newsletters")
      .select("id")
      .where("initiative_id", "is", null)
      .executeTakeFirstOrThrow();
    const tried = emailsIn(await (await lead.get(`${to.section("subscribers")}?newsletter=${id}`)).text());
    expect(tried).toEqual(own);
    const csv = await (await lead.get(`${to.all("subscribers", "export")}?newsletter=${id}`)).text();
    expect(csv).toContain("eiland.example");
    expect(csv).not.toContain("example.org");
  });

  test("an export holds all rows of the choice, is written down, and is no formula", async () => {
    await app.ctx.db
      .updateTable("people")
      .set({ name: '=HYPERLINK("https://evil.example")' })
      .where("email", "=", "abonnee-7@example.org")
      .execute();
    const answer = await owner.get(`${to.all("subscribers", "export")}?state=ended`);
    expect(answer.headers.get("content-disposition")).toMatch(
      /^attachment; filename="abonnees-\d{4}-\d\d-\d\d\.csv"$/,
    );
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = new TextDecoder().decode(bytes).trimEnd().split("\r\n");
    expect(lines).toHaveLength(1 + 176);
    expect(lines[0]).toBe(
      '"E-mailadres";"Naam";"Stand";"Taal";"Sinds";"Gestopt op";"Pauze tot";"Geen mail omdat";"Geen mail sinds";' +
        '"Toestemming";"Toestemming gegeven op"',
    );
    expect(lines.join("\n")).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
    const noted = await app.ctx.db
      .selectFrom("audit")
      .select(["person_id", "action", "details"])
      .where("action", "like", "subscribers.export%")
      .orderBy("id", "desc")
      .limit(2)
      .execute();
    expect(noted).toMatchObject([
      { person_id: owner.personId, action: "subscribers.exported", details: { rows: 176, whole: true } },
      {
        person_id: owner.personId,
        action: "subscribers.export",
        details: { state: "ended", searched: false },
      },
    ]);
  });

  test("who gets no mail is not among the active, on the page, in the filter and in an export", async () => {
    for (const [address, reason] of [
      ["abonnee-1000@example.org", "complaint"],
      ["abonnee-1001@example.org", "hard"], // and ended
      ["abonnee-2@eiland.example", "hard"],
    ] as const)
      await suppress(app.ctx, { address, reason, detail: null, editionId: null });
    const silent = `${to.section("subscribers")}?state=silent`;
    expect(emailsIn(await (await owner.get(silent)).text())).toEqual(["abonnee-1000@example.org"]);
    const row = await (await owner.get(`${to.section("subscribers")}?q=abonnee-1000@`)).text();
    expect(row).toContain('<td dir="auto">Krijgt geen mail</td>');
    const active = await (await owner.get(`${to.all("subscribers", "export")}?state=active`)).text();
    expect(active).not.toContain("abonnee-1000@");
    expect(active.trimEnd().split("\r\n")).toHaveLength(1 + 1234 - 176 - 1);
    expect(emailsIn(await (await lead.get(silent)).text())).toEqual(["abonnee-2@eiland.example"]);
    const all = await (await lead.get(to.all("subscribers", "export"))).text();
    expect(all).toContain('"abonnee-2@eiland.example";"Zoë Abonnee 2";"Krijgt geen mail"');
  });

  test("since when narrows", async () => {
    app.advance(days(30));
    expect(emailsIn(await (await owner.get(`${to.section("subscribers")}?since=7`)).text())).toEqual([]);
  });
});

test("what many have, but nobody of the newest, is found from page to page, and in an export at once", async () => {
  const app = await startTestApp();
  const owner = await signIn(app, "owner");
  await manySubscribers(app, null, 5200, "vroeger.example");
  app.advance(days(10));
  await manySubscribers(app, null, 3000, "daarna.example");
  await sql`analyze`.execute(app.ctx.db);
  const [seen, pages] = [[] as unknown[], [] as number[]];
  let path: string | undefined = `${to.section("subscribers")}?q=vroeger`;
  for (let turn = 0; path && turn < 4; turn++) {
    const html: string = await (await owner.get(path)).text();
    seen.push(...emailsIn(html));
    pages.push(emailsIn(html).length);
    if (turn === 0) expect(html).toContain("In dit deel van de lijst is niets gevonden.");
    path = linkIn(html, "next");
  }
  expect(pages).toEqual([0, 50, 50, 50]);
  expect(seen[0]).toBe("abonnee-5200@vroeger.example");
  expect(seen.at(-1)).toBe("abonnee-5051@vroeger.example");
  const csv = await (await owner.get(`${to.all("subscribers", "export")}?q=vroeger`)).text();
  expect(csv.match(/@vroeger\.example/g)).toHaveLength(5200);
  expect(csv).not.toContain("daarna");
});

test("who goes away half-way stops the export, and the audit log says how far it came", async () => {
  const app = await startTestApp();
  const owner = await signIn(app, "owner");
  await manySubscribers(app, null, 30_000, "example.org");
  const going = new AbortController();
  const answer = await fetch(`http://127.0.0.1:${app.port}${to.all("subscribers", "export")}`, {
    headers: { ...owner.headers, host: `localhost:${app.port}` },
    signal: going.signal,
  });
  await answer.body?.getReader().read();
  going.abort();
  const noted = () =>
    app.ctx.db
      .selectFrom("audit")
      .select("details")
      .where("action", "=", "subscribers.exported")
      .executeTakeFirst();
  await expect.poll(noted, { timeout: 15_000 }).toBeTruthy();
  const { rows, whole } = (await noted())?.details ?? {};
  expect(whole).toBe(false);
  expect(rows).toBeLessThan(30_000);
});

test("offers and people: a lead sees those of the own initiative, nobody else sees people", async () => {
  const app = await startTestApp();
  const [own, other] = [await app.given.initiative(), await app.given.initiative()];
  const lead = await signIn(app, "lead", { initiativeId: own.id });
  const owner = await signIn(app, "owner");
  for (const [at, initiative] of [own, other].entries())
    await app.ctx.db
      .insertInto("participations")
      .values({
        ...{
          initiative_id: initiative.id,
          person_id: lead.personId,
          name: `Aanbieder ${at}`,
          offer: "Schrijven",
        },
        ...{ offered_at: app.ctx.now(), answer: at === 1 ? "declined" : null },
        answered_at: at === 1 ? app.ctx.now() : null,
      })
      .execute();
  const offersOf = async (who: Colleague, query = "") =>
    [...(await (await who.get(to.section("allOffers") + query)).text()).matchAll(/Aanbieder \d/g)].map(
      String,
    );
  expect(await offersOf(lead)).toEqual(["Aanbieder 0"]);
  expect(await offersOf(lead, `?initiative=${other.id}`)).toEqual(["Aanbieder 0"]);
  expect((await offersOf(owner)).sort()).toEqual(["Aanbieder 0", "Aanbieder 1"]);
  expect(await offersOf(owner, "?answer=declined")).toEqual(["Aanbieder 1"]);
  expect((await lead.get(to.section("people"))).status).toBe(403);
  const whole = await (await owner.get(to.one("people", lead.personId))).text();
  for (const told of [lead.email, "Aanbieder 0", "Schrijven"]) expect(whole).toContain(told);
  const workers = emailsIn(await (await owner.get(`${to.section("people")}?works=yes`)).text());
  expect(workers.sort()).toEqual([lead.email, owner.email].sort());
});

test("so many get no mail that they are not counted: the list says that there are more", async () => {
  const app = await startTestApp();
  const owner = await signIn(app, "owner");
  await manySubscribers(app, null, 1300, "stil.example");
  await sql`insert into suppressions (address, reason, since) select email, 'hard', now() from people
    where email like '%@stil.example'`.execute(app.ctx.db);
  await sql`analyze`.execute(app.ctx.db);
  const html = await (await owner.get(`${to.section("subscribers")}?state=silent`)).text();
  expect(emailsIn(html)).toHaveLength(50);
  expect(html).toContain("Meer dan 1.000 rijen");
});

test("the page of a person speaks to the reader about that person, and names each thing", async () => {
  const app = await startTestApp({ env: ownNetworks });
  await doEverything(app);
  const owner = await signIn(app, "owner");
  const person = await app.ctx.db
    .selectFrom("people")
    .select("id")
    .where("email", "=", busy.email)
    .executeTakeFirstOrThrow();
  for (const [language, heading, subscribed] of [
    ["nl", "Aanbod om mee te doen", "Aangemeld"],
    ["en", "Offers to work along", "Subscribed"],
  ] as const) {
    const page = await owner.get(desk(language).one("people", person.id));
    const main = /<main[\s\S]*<\/main>/.exec(await page.text())?.[0] ?? "";
    expect(main).toContain(`>${heading}</h2>`);
    expect(main, "one newsletter has its name").toMatch(
      /<h3>Nieuwsbrief van [^<]+<\/h3>|<h3>Newsletter of [^<]+<\/h3>/,
    );
    expect(main).toContain(subscribed);
    const said = [...main.matchAll(/<(?:h2|h3|dt)[^>]*>([^<]+)</g)].map(([, text = ""]) => text);
    expect(said.filter((text) => /\b(je|jij|jou|jouw|you|your|yours)\b/i.test(text))).toEqual([]);
  }
});
