import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { days, hours, minutes, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { hiddenFields, mountTrialForm, thanks } from "../../tests/support/trial-form.ts";
import { forgetLimits } from "./jobs.ts";

const came = mountTrialForm();
beforeEach(() => void came.splice(0));

const startBehindProxy = () => startTestApp({ env: { TRUST_PROXY: "1" } });

/** One form from a network; every form has an address of its own unless it is given. */
let count = 0;
const sendFrom = (app: TestApp, network: string, email = `${++count}@example.org`, path = "/proef") =>
  app.post(path, { email, story: "Zo ging het." }, { headers: { "x-forwarded-for": network } });

test("five forms of one network pass, the sixth takes one more step, ten minutes later five pass again", async () => {
  const app = await startBehindProxy();
  for (let form = 1; form <= 5; form++)
    expect(await (await sendFrom(app, "203.0.113.5")).text()).toBe(thanks);
  const step = await sendFrom(app, "203.0.113.5", "sanne@example.org");
  const page = await step.text();
  expect(page).toContain("<h1>Nog één stap</h1>");
  expect(hiddenFields(page)).toMatchObject({ email: "sanne@example.org", story: "Zo ging het." });
  expect(step.headers.get("cache-control")).toBe("no-store");
  expect(came).toHaveLength(5);

  // another office is not asked, and another address of the same IPv6 subscriber is
  expect(await (await sendFrom(app, "203.0.113.6")).text()).toBe(thanks);
  for (let form = 1; form <= 5; form++) await sendFrom(app, `2001:db8::${form}`);
  expect(await (await sendFrom(app, "2001:db8::ffff")).text()).toContain("Nog één stap");

  later(minutes(10));
  expect(await (await sendFrom(app, "203.0.113.5")).text()).toBe(thanks);
});

test("of 400 forms from one network in an hour the last hundred are asked to come back", {
  timeout: 60_000,
}, async () => {
  const app = await startBehindProxy();
  const answers: Response[] = [];
  for (let form = 1; form <= 400; form++)
    answers.push(await sendFrom(app, "203.0.113.5", "sanne@example.org"));
  expect(answers.map((answer) => answer.status)).toEqual([
    ...Array<number>(300).fill(200),
    ...Array<number>(100).fill(429),
  ]);
  expect(came).toHaveLength(5);
  const last = answers.at(-1)!;
  const seconds = Number(last.headers.get("retry-after"));
  expect(seconds).toBeGreaterThan(3500);
  expect(seconds).toBeLessThanOrEqual(3600);
  const page = await last.text();
  expect(page).toContain("<h1>Even te druk</h1>");
  expect(page).toMatch(/over (59|60) minuten opnieuw, na \d\d:\d\d uur/);
  expect(hiddenFields(page)).toEqual({ email: "sanne@example.org", story: "Zo ging het." });

  const english = await (await sendFrom(app, "203.0.113.5", "sanne@example.org", "/en/trial")).text();
  expect(english).toContain("<h1>Too busy for the moment</h1>");
  expect((await sendFrom(app, "203.0.113.6")).status).toBe(200);
  later(hours(1));
  expect(await (await sendFrom(app, "203.0.113.5")).text()).toBe(thanks);
});

test("from the eleventh form of a day on an address costs a step, in every network, and no form is lost", async () => {
  const app = await startBehindProxy();
  const spelling = (form: number) => (form % 2 ? "sanne@example.org" : "Sanne@Example.org");
  for (let form = 1; form <= 10; form++)
    expect(await (await sendFrom(app, `203.0.113.${form}`, spelling(form))).text()).toBe(thanks);
  for (let form = 11; form <= 40; form++) {
    const answer = await sendFrom(app, `203.0.113.${form}`, spelling(form));
    expect(answer.status, "never refused").toBe(200);
    expect(await answer.text()).toContain("<h1>Nog één stap</h1>");
  }
  expect(came).toHaveLength(10);
  expect(await (await sendFrom(app, "203.0.113.99")).text(), "another address is free").toBe(thanks);

  const step = await (await sendFrom(app, "203.0.113.100", "sanne@example.org")).text();
  app.advance(minutes(2));
  const network = { headers: { "x-forwarded-for": "203.0.113.100" } };
  expect(await (await app.post("/proef", hiddenFields(step), network)).text()).toBe(thanks);
  expect(came.at(-1)).toMatchObject({ email: "sanne@example.org", story: "Zo ging het." });
  app.advance(days(1));
  expect(await (await sendFrom(app, "203.0.113.99", "sanne@example.org")).text()).toBe(thanks);
});

test("above 120 forms a minute from everywhere, everybody takes the step", async () => {
  const app = await startBehindProxy();
  for (let form = 1; form <= 120; form++) await sendFrom(app, `198.51.100.${form}`);
  expect(came).toHaveLength(120);
  expect(await (await sendFrom(app, "203.0.113.5")).text()).toContain("Nog één stap");
  later(minutes(1));
  expect(await (await sendFrom(app, "203.0.113.5")).text()).toBe(thanks);
});

test("two processes of one installation count together", async () => {
  const app = await startBehindProxy();
  const other = await startTestApp({ beside: app, env: { TRUST_PROXY: "1" } });
  for (let form = 1; form <= 5; form++) await sendFrom(form % 2 ? app : other, "203.0.113.5");
  for (const process of [app, other])
    expect(await (await sendFrom(process, "203.0.113.5")).text()).toContain("Nog één stap");
});

test("forms sent at the same instant are counted one by one", async () => {
  const app = await startBehindProxy();
  const answers = await Promise.all(Array.from({ length: 20 }, () => sendFrom(app, "203.0.113.5")));
  const texts = await Promise.all(answers.map((answer) => answer.text()));
  expect(texts.filter((text) => text === thanks)).toHaveLength(5);
});

test("a filled-in honeypot gets the usual answer, and does and counts nothing", async () => {
  const app = await startBehindProxy();
  const fields = { email: "robot@example.org", leave_empty: "https://buy.example" };
  expect(await (await app.post("/proef", fields)).text()).toBe(thanks);
  expect(came).toEqual([]);
  expect(await keptKeys(app)).toEqual([]);
});

test("only keyed hashes are kept, other ones each day, and a day at most", async () => {
  const app = await startBehindProxy();
  await sendFrom(app, "203.0.113.5", "sanne@example.org");
  const today = await keptKeys(app);
  expect(today).toEqual([
    expect.stringMatching(/^forms-address:[0-9a-f]{32}$/),
    "forms-everybody:all",
    expect.stringMatching(/^forms-free:[0-9a-f]{32}$/),
    expect.stringMatching(/^forms-network:[0-9a-f]{32}$/),
  ]);
  app.advance(days(1));
  await sendFrom(app, "203.0.113.5", "sanne@example.org");
  const both = await keptKeys(app);
  expect(both).toHaveLength(7); // three of the day before, three of this day, and everybody's

  await app.ctx.jobs.enqueue(forgetLimits, {});
  await app.work();
  expect(await keptKeys(app)).toEqual([]); // by the test's clock they are all of the day before
});

/** Moves the machine's clock, which the limits run on, for the rest of the test. */
function later(milliseconds: number) {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + milliseconds });
  onTestFinished(() => void vi.useRealTimers());
}

async function keptKeys(app: TestApp): Promise<string[]> {
  const rows = await app.ctx.db.selectFrom("limits").select("key").orderBy("key").execute();
  return rows.map((row) => row.key);
}
