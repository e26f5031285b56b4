import { expect, test } from "vitest";
import { askCode, codeMail, cookieIn, elsewhere } from "../../tests/support/mine.ts";
import { an, isIn, isOver, startWithAn, type, wrongFor } from "../../tests/support/mine-codes.ts";
import { minutes } from "../../tests/support/test-app.ts";
import { paths } from "../paths.ts";
import { mayMail } from "../people/operations.ts";
import { forgetVisits } from "./opening.ts";

const _to = paths("nl");

test("five wrong codes wear a code out, also at the same moment; then a new one is needed", async () => {
  const app = await startWithAn();
  const page = await askCode(app, an);
  const { code, link } = await codeMail(app, an);
  const wrong = wrongFor(code);
  expect(await (await type(app, page, wrong)).text()).toContain("nog 4 keer");
  const tries = await Promise.all(Array.from({ length: 10 }, () => type(app, page, wrong)));
  const said = await Promise.all(tries.map((answer) => answer.text()));
  expect(said.filter((text) => text.includes("te vaak verkeerd"))).toHaveLength(7);
  const right = await type(app, page, code);
  expect([right.status, cookieIn(right)]).toEqual([422, null]);
  expect(await right.text()).toContain("te vaak verkeerd ingevuld");

  app.advance(minutes(1));
  await askCode(app, an);
  expect(await isOver(app, link), "a new code ends the old one, its link too").toBe(true);
  const fresh = await codeMail(app, an);
  const opened = await app.post(fresh.link, {}, { headers: elsewhere() });
  expect(await isIn(app, cookieIn(opened)!)).toBe(true);
});

test("a worn-out code leaves the mail's link, so that a stranger's tries keep nobody out", async () => {
  const app = await startWithAn();
  const page = await askCode(app, an);
  const { code, link } = await codeMail(app, an);
  for (let tries = 0; tries < 5; tries++) await type(app, page, wrongFor(code));
  const opened = await app.post(link, {}, { headers: elsewhere() });
  expect(await isIn(app, cookieIn(opened)!)).toBe(true);
});

test("a code works for a quarter of an hour, and only the newest one", async () => {
  const app = await startWithAn();
  const page = await askCode(app, an);
  const first = await codeMail(app, an);
  app.advance(minutes(15));
  expect(await (await type(app, page, first.code)).text()).toContain("Vraag een nieuwe code");
  expect(await isOver(app, first.link)).toBe(true);

  const next = await askCode(app, an);
  const second = await codeMail(app, an);
  expect(cookieIn(await type(app, next, first.code))).toBeNull();
  app.advance(minutes(15) - 1);
  expect(cookieIn(await type(app, next, second.code)), "the last moment").not.toBeNull();
  expect(cookieIn(await type(app, next, second.code)), "once").toBeNull();
});

test("what is not six digits costs no try", async () => {
  const app = await startWithAn();
  const page = await askCode(app, an);
  const { code } = await codeMail(app, an);
  for (const typed of ["", "12345", "1234567", "abcdef", `${code}'--`]) {
    const answer = await type(app, page, typed);
    expect(await answer.text()).toContain("De code bestaat uit zes cijfers");
  }
  expect(cookieIn(await type(app, page, code))).not.toBeNull();
});

test("one code mail a minute and five an hour, while the newest code goes on working", async () => {
  const app = await startWithAn();
  const before = (await app.mailbox(an)).length;
  const counts: number[] = [];
  const ask = async () => {
    await askCode(app, an);
    await app.work();
    counts.push((await app.mailbox(an)).length - before);
  };
  await Promise.all([ask(), ask(), ask()]);
  for (let times = 0; times < 6; times++) {
    app.advance(minutes(1));
    await ask();
  }
  expect(counts.slice(2)).toEqual([1, 2, 3, 4, 5, 5, 5]);
  const page = await askCode(app, an);
  const { code } = await codeMail(app, an);
  expect(cookieIn(await type(app, page, code))).not.toBeNull();
  app.advance(minutes(54));
  await ask();
  expect(counts.at(-1)).toBe(6);
});

test("twenty mails a day for one address; after that the screen is the same and no mail leaves", async () => {
  const app = await startWithAn();
  await askCode(app, an);
  await app.work();
  const spent = await app.ctx.db
    .updateTable("limits")
    .set({ points: 20 })
    .where("key", "like", "mine-address%")
    .returning("key")
    .execute();
  expect(spent).toHaveLength(1);
  expect(spent[0]?.key).not.toContain("an@");
  const before = (await app.mailbox(an)).length;
  app.advance(minutes(2));
  expect(await (await app.get(await askCode(app, an))).text()).toContain("Kijk in je mail");
  await app.work();
  expect(await app.mailbox(an)).toHaveLength(before);
});

test("the caps count what went out in the past hour", () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 12, minute));
  expect(mayMail("mine", [], at(0))).toBe(true);
  expect(mayMail("mine", [at(0)], new Date(at(1).getTime() - 1))).toBe(false);
  expect(mayMail("mine", [at(0), at(1), at(2), at(3), at(4)], at(59))).toBe(false);
  expect(mayMail("mine", [at(0), at(1), at(2), at(3), at(4)], at(60))).toBe(true);
});

test("the database holds no code and no token, and forgets addresses and visits within two hours", async () => {
  const app = await startWithAn();
  const page = await askCode(app, an);
  const { code, link } = await codeMail(app, an);
  const cookie = cookieIn(await type(app, page, code))!;
  const { db } = app.ctx;
  const kept = JSON.stringify([
    await db.selectFrom("visit_codes").selectAll().execute(),
    await db.selectFrom("visit_sessions").selectAll().execute(),
  ]);
  for (const secret of [code, link.split("/").at(-1)!, page.split("/").at(-1)!, cookie.split("=")[1]!])
    expect(kept).not.toContain(secret);
  app.advance(minutes(90));
  await forgetVisits(app.ctx);
  expect(await db.selectFrom("visit_codes").selectAll().execute()).toEqual([]);
  expect(await db.selectFrom("visit_sessions").selectAll().execute()).toEqual([]);
});
