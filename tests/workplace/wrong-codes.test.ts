import { sql } from "kysely";
import { expect, test } from "vitest";
import { desk } from "../../src/desk-paths.ts";
import { askCode, codeMail, cookieIn, ownNetworks } from "../support/mine.ts";
import { type } from "../support/mine-codes.ts";
import { askSignInCode, own, sessionIn, signInMailTo, typeCode, worker } from "../support/signing-in.ts";
import { hours, minutes, startTestApp, type TestApp } from "../support/test-app.ts";

const to = desk("nl");
const an = "an@voorbeeld.nl";
const spent = "Voor dit adres is vandaag te vaak een verkeerde code ingevuld";
const someWrong = (code: string, nth: number) =>
  String((Number(code) + 1 + nth) % 1_000_000).padStart(6, "0");

async function startWithAn(): Promise<TestApp> {
  const app = await startTestApp({
    starter: "none",
    env: ownNetworks,
    now: new Date("2026-11-02T01:00:00Z"),
  });
  await worker(app, an, "editor");
  return app;
}

/** Types wrong codes for An through the whole of a day, a new code whenever the old one is worn out. */
async function guessAllDay(app: TestApp): Promise<{ tried: number; page: string }> {
  let tried = 0;
  let page = "";
  for (let round = 0; round < 14; round++) {
    page = await askSignInCode(app, an);
    const { code } = await signInMailTo(app, an);
    for (let nth = 0; nth < 5; nth++) {
      const said = await (await typeCode(app, page, someWrong(code, nth))).text();
      if (!said.includes(spent)) tried++;
    }
    app.advance(minutes(11));
  }
  return { tried, page };
}

test("fifty wrong codes a day for an address are enough, however many codes are asked for; the link goes on working", async () => {
  const app = await startWithAn();
  const { tried } = await guessAllDay(app);
  expect(tried).toBeLessThanOrEqual(50);
  const page = await askSignInCode(app, an);
  const { code, link } = await signInMailTo(app, an);
  const right = await typeCode(app, page, code);
  expect([right.status, sessionIn(right)]).toEqual([422, null]);
  expect(await right.text()).toContain(`${spent}. Een code werkt morgen weer. De link in de nieuwste mail`);
  expect(sessionIn(await app.post(link, {}, { headers: own() })), "the way in that is left").not.toBeNull();
  app.advance(hours(24));
  const tomorrow = await askSignInCode(app, an);
  const fresh = await signInMailTo(app, an);
  expect(sessionIn(await typeCode(app, tomorrow, fresh.code))).not.toBeNull();
}, 120_000);

test("what is guessed at one door counts at every other, and for nobody else", async () => {
  const app = await startWithAn();
  await worker(app, "bo@voorbeeld.nl", "editor");
  await guessAllDay(app);
  const mine = await askCode(app, an);
  const { code, link } = await codeMail(app, an);
  const refused = await type(app, mine, code);
  expect([cookieIn(refused), (await refused.text()).includes(spent)]).toEqual([null, true]);
  expect(cookieIn(await app.post(link, {}, { headers: own() }))).not.toBeNull();

  const others = await askSignInCode(app, "bo@voorbeeld.nl");
  const bo = await signInMailTo(app, "bo@voorbeeld.nl");
  const cookie = sessionIn(await typeCode(app, others, bo.code));
  expect(cookie).not.toBeNull();
}, 120_000);

test("where the mail has no link, nobody is sent to one", async () => {
  const app = await startWithAn();
  const signIn = await askSignInCode(app, an);
  const cookie = sessionIn(await typeCode(app, signIn, (await signInMailTo(app, an)).code));
  const email = "nieuw@voorbeeld.nl";
  const said: string[] = [];
  for (let round = 0; round < 11; round++) {
    const asked = await app.post(to.all("account", "email"), { email }, { headers: own(cookie) });
    await app.work();
    const { code = "" } = (await app.mailbox(email)).at(-1)!.text.match(/(?<code>\b\d{6}\b)/)!.groups!;
    for (let nth = 0; nth < 5; nth++)
      said.push(
        await (await typeCode(app, asked.headers.get("location")!, someWrong(code, nth), cookie)).text(),
      );
    app.advance(minutes(16));
  }
  expect(said.filter((text) => text.includes("te vaak verkeerd ingevuld en werkt niet meer"))).not.toEqual(
    [],
  );
  expect(said.at(-1)).toContain(`${spent}. Probeer het morgen opnieuw.`);
  expect(said.filter((text) => text.includes("ink in de"))).toEqual([]);
}, 120_000);

test("an address that nobody has here is counted alike, under a keyed hash", async () => {
  const app = await startWithAn();
  const page = await askSignInCode(app, "vreemd@voorbeeld.nl");
  await typeCode(app, page, "000000");
  const rows = await sql<{ key: string; points: number }>`
    select key, points from limits where key like 'wrong-codes:%'`.execute(app.ctx.db);
  expect(rows.rows.map(({ points }) => points)).toEqual([1]);
  expect(rows.rows[0]?.key).toMatch(/^wrong-codes:[0-9a-f]+$/);
});
