import pg from "pg";
import { expect, test, vi } from "vitest";
import { askSignInCode as askForCode } from "../../src/accounts/sign-in.ts";
import { desk } from "../../src/desk-paths.ts";
import { ownNetworks } from "../support/mine.ts";
import { askSignInCode, own, sessionIn, signInMailTo, typeCode, worker } from "../support/signing-in.ts";
import { hours, minutes, startTestApp, type TestApp } from "../support/test-app.ts";

const to = desk("nl");
const an = "an@voorbeeld.nl";

async function startWithAn(): Promise<TestApp> {
  const app = await startTestApp({ starter: "none", env: ownNetworks });
  await worker(app, an, "editor");
  return app;
}

test("unknown addresses, and people without a role, get the same answer and no mail", async () => {
  const app = await startWithAn();
  const personId = await worker(app, "lezer@voorbeeld.nl", "editor");
  await app.ctx.db.deleteFrom("roles").where("person_id", "=", personId).execute();
  const seen: string[] = [];
  for (const email of [an, "vreemd@voorbeeld.nl", "lezer@voorbeeld.nl"]) {
    const asked = await app.post(to.signInPart("code"), { email }, { headers: own() });
    const page = asked.headers.get("location")!;
    const first = await app.get(page);
    const wrong = await typeCode(app, page, "000000");
    const token = new RegExp(page.split("/").at(-1)!, "g");
    const same = async (answer: Response) => {
      const headers = [...answer.headers].filter(([name]) => !["date", "x-request-id"].includes(name));
      return JSON.stringify([answer.status, headers, await answer.text()]).replace(token, "TOKEN");
    };
    seen.push([await same(asked), await same(first), await same(wrong)].join("\n"));
  }
  expect(seen[1]).toBe(seen[0]);
  expect(seen[2]).toBe(seen[0]);
  await app.work();
  expect((await app.mailbox()).map(({ recipient }) => recipient)).toEqual([an]);
});

test("asking does the very same work for who works here as for who doesn't, so its time tells nothing", async () => {
  const app = await startWithAn();
  const asked = vi.spyOn(pg.Client.prototype, "query");
  const statements = async (email: string) => {
    asked.mockClear();
    await askSignInCode(app, email);
    return asked.mock.calls.map(([query]) =>
      typeof query === "string" ? query : (query as { text: string }).text,
    );
  };
  try {
    await statements("eerste@voorbeeld.nl");
    const known = await statements(an);
    expect(known.some((text) => /insert into "visit_codes"/.test(text))).toBe(true);
    expect(await statements("vreemd@voorbeeld.nl")).toEqual(known);
  } finally {
    asked.mockRestore();
  }
});

test("who asks for codes in an editor's name keeps nobody out, not for a minute, and fills no mailbox", async () => {
  const app = await startWithAn();
  // The proof of work, which each form wants by then, is only a matter of computing: the stranger has done it.
  const asked = { email: an, language: "nl", origin: app.origin, siteName: "Archipel" } as const;
  const stranger = async (times: number, every: number) => {
    for (let time = 0; time < times; time++) {
      await askForCode(app.ctx, asked);
      await app.work();
      app.advance(every);
    }
  };
  await stranger(25, 1000);
  await stranger(120, minutes(1));
  const mails = await app.mailbox(an);
  expect(mails.length, "in two hours").toBeLessThanOrEqual(5 + 12);
  for (let hour = 0; hour < 8; hour++) {
    const page = await askSignInCode(app, an);
    const { code } = await signInMailTo(app, an);
    expect(sessionIn(await typeCode(app, page, code)), `after ${hour} hours`).not.toBeNull();
    app.advance(hours(1) - minutes(10));
    await stranger(10, minutes(1));
  }
});

test("the right digits of a code that nobody was told open nothing", async () => {
  const app = await startWithAn();
  const page = await askSignInCode(app, "vreemd@voorbeeld.nl");
  const { id } = await app.ctx.db.selectFrom("visit_codes").select("id").executeTakeFirstOrThrow();
  const { codeOf } = await import("../../src/people/operations.ts");
  const answer = await typeCode(app, page, codeOf(app.ctx, "sign-in", id));
  expect([answer.status, sessionIn(answer)]).toEqual([422, null]);
});

test("five wrong codes wear a code out, also at the same moment; its link stays", async () => {
  const app = await startWithAn();
  const page = await askSignInCode(app, an);
  const { code, link } = await signInMailTo(app, an);
  const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, "0");
  const tries = await Promise.all(Array.from({ length: 12 }, () => typeCode(app, page, wrong)));
  const said = await Promise.all(tries.map((answer) => answer.text()));
  expect(said.filter((text) => text.includes("te vaak verkeerd"))).toHaveLength(8);
  expect(sessionIn(await typeCode(app, page, code))).toBeNull();
  expect(sessionIn(await app.post(link, {}, { headers: own() }))).not.toBeNull();
});

test("a code works ten minutes, once, and only the newest; five mails an hour", async () => {
  const app = await startWithAn();
  const page = await askSignInCode(app, an);
  const first = await signInMailTo(app, an);
  app.advance(minutes(10));
  expect(sessionIn(await typeCode(app, page, first.code))).toBeNull();
  const next = await askSignInCode(app, an);
  const second = await signInMailTo(app, an);
  expect(sessionIn(await typeCode(app, next, first.code))).toBeNull();
  expect(sessionIn(await typeCode(app, next, second.code))).not.toBeNull();
  expect(sessionIn(await typeCode(app, next, second.code)), "once").toBeNull();
  for (let times = 0; times < 8; times++) {
    app.advance(minutes(1));
    await askSignInCode(app, an);
    await app.work();
  }
  expect(await app.mailbox(an)).toHaveLength(5);
});

test("a network's sixth form pays with a step, whatever it claims to be", async () => {
  const app = await startTestApp({ starter: "none" });
  const ask = (count: number) =>
    app.post(
      to.signInPart("code"),
      { email: `x${count}@voorbeeld.nl` },
      { headers: { origin: app.origin, "x-forwarded-for": `203.0.113.${count}` } },
    );
  for (let count = 0; count < 5; count++) expect((await ask(count)).status).toBe(303);
  const sixth = await ask(6);
  expect(sixth.status).toBe(200);
  expect(await sixth.text()).toContain("data-challenge");
});

test("challenges are counted for a network too, whatever it claims to be", async () => {
  const app = await startTestApp({ starter: "none" });
  const ask = (claimed: string) =>
    app.request(to.signInPart("passkeyOptions"), {
      method: "POST",
      headers: { "sec-fetch-site": "same-origin", "x-forwarded-for": claimed },
    });
  expect((await ask("203.0.113.1")).status).toBe(200);
  await app.ctx.db
    .updateTable("limits")
    .set({ points: 300 })
    .where("key", "like", "passkey-start%")
    .execute();
  const refused = await ask("203.0.113.2");
  expect([refused.status, await refused.json()]).toEqual([
    429,
    { message: expect.stringContaining("Vraag een code") },
  ]);
});
