import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { beforeEach, expect, test } from "vitest";
import { hours, minutes, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { hiddenFields, mountTrialForm, thanks, unescaped } from "../../tests/support/trial-form.ts";

const came = mountTrialForm();
beforeEach(() => void came.splice(0));

const filledIn = { email: "sanne@example.org", story: 'Regel "een"\nRegel <twee> & meer' };

/** An app in whose network five forms came before, so that each next one is asked for a step. */
async function startBusyApp() {
  const app = await startTestApp();
  for (let form = 1; form <= 5; form++) await app.post("/proef", { email: `${form}@example.org` });
  came.splice(0);
  return app;
}

const send = async (app: TestApp, fields: Record<string, string>, path = "/proef") =>
  (await app.post(path, fields)).text();

const headingOf = (page: string) => /<h1>(.*?)<\/h1>/.exec(page)?.[1];

/** The hidden fields of the step's page with the answer that a browser would work out. */
async function solved(page: string): Promise<Record<string, string>> {
  const { "guard-ticket": _ticket, ...kept } = hiddenFields(page);
  const challenge = JSON.parse(unescaped(/data-challenge="([^"]*)"/.exec(page)?.[1] ?? ""));
  const solution = await solveChallenge({ challenge, deriveKey });
  return { ...kept, "guard-proof": btoa(JSON.stringify({ challenge, solution })) };
}

test("a proof of work passes the form with everything that was typed, once", async () => {
  const app = await startBusyApp();
  const proven = await solved(await send(app, filledIn));
  expect(await send(app, proven)).toBe(thanks);
  expect(came).toEqual([expect.objectContaining(filledIn)]);

  const replayed = await send(app, { ...proven, email: "other@example.org" });
  expect(headingOf(replayed)).toBe("Nog één stap");
  expect(hiddenFields(replayed)).toMatchObject({ email: "other@example.org" });
  expect(came).toHaveLength(1);
});

test("a proof passes in one process only once, also when sent to two at the same instant", async () => {
  const app = await startBusyApp();
  const other = await startTestApp({ beside: app });
  const proven = await solved(await send(app, filledIn));
  await Promise.all([app, other, app, other].map((process) => send(process, proven)));
  expect(came).toHaveLength(1);
});

test("a proof for another form, an expired one or one of one's own making is refused", async () => {
  const app = await startBusyApp();
  const proven = await solved(await send(app, filledIn));
  expect(headingOf(await send(app, proven, "/proef-twee"))).toBe("Nog één stap");

  const payload = JSON.parse(atob(proven["guard-proof"] ?? ""));
  const { parameters } = payload.challenge;
  const forged = [
    { ...payload, solution: { ...payload.solution, derivedKey: `${parameters.keyPrefix}${"0".repeat(32)}` } },
    { ...payload, challenge: { ...payload.challenge, parameters: { ...parameters, cost: 1 } } },
    {
      ...payload,
      challenge: {
        ...payload.challenge,
        parameters: { ...parameters, data: { ...parameters.data, until: parameters.data.until + 1 } },
      },
    },
    { ...payload, challenge: { parameters } },
    null,
    "x",
  ];
  for (const proof of [...forged.map((one) => btoa(JSON.stringify(one))), "%%%", "e30="])
    expect(headingOf(await send(app, { ...proven, "guard-proof": proof }))).toBe("Nog één stap");

  app.advance(minutes(10) + 1);
  expect(headingOf(await send(app, proven))).toBe("Nog één stap");
  expect(came).toEqual([]);
});

test("who has no JavaScript presses too early, hears how long still, and passes after a minute, once", async () => {
  const app = await startBusyApp();
  const step = await send(app, filledIn);
  expect(step).toContain("Wacht één minuut en kies dan ‘Verder’.");
  app.advance(20_000);
  const early = await app.post("/proef", hiddenFields(step));
  expect(early.status).toBe(429);
  expect(early.headers.get("retry-after")).toBe("40");
  const page = await early.text();
  expect(page).toContain("Wacht nog 40 seconden en kies dan opnieuw ‘Verder’.");
  expect(page).not.toContain("<script");
  expect(hiddenFields(page)).toEqual(hiddenFields(step));

  app.advance(40_000);
  expect(await send(app, hiddenFields(page))).toBe(thanks);
  expect(came).toEqual([expect.objectContaining(filledIn)]);
  expect(headingOf(await send(app, hiddenFields(page)))).toBe("Nog één stap");
  expect(came).toHaveLength(1);
});

test("pressing too early again and again costs nothing, one second is one second", async () => {
  const app = await startBusyApp();
  const ticket = hiddenFields(await send(app, filledIn));
  for (let press = 1; press <= 310; press++) await send(app, ticket);
  app.advance(59_000);
  expect(await send(app, ticket)).toContain("Wacht nog 1 seconde en");
  app.advance(1000);
  expect(await send(app, ticket)).toBe(thanks);
});

test("a ticket that is forged, of another form or hours old is refused", async () => {
  const app = await startBusyApp();
  const fields = hiddenFields(await send(app, filledIn));
  const ticket = fields["guard-ticket"] ?? "";
  const [id, moment, signature] = ticket.split(".");
  app.advance(minutes(2));
  expect(headingOf(await send(app, fields, "/proef-twee"))).toBe("Nog één stap");
  for (const forged of [
    `${id}.${Number(moment) - 60_000}.${signature}`,
    `${crypto.randomUUID()}.${moment}.${signature}`,
    `${id}.${moment}.${"0".repeat(32)}`,
    "x",
  ])
    expect(headingOf(await send(app, { ...fields, "guard-ticket": forged }))).toBe("Nog één stap");
  app.advance(hours(1));
  expect(headingOf(await send(app, fields))).toBe("Nog één stap");
  expect(came).toEqual([]);
});

test("the step speaks English on an English page", async () => {
  const app = await startBusyApp();
  const page = await send(app, filledIn, "/en/trial");
  expect(headingOf(page)).toBe("One more step");
  expect(page).toContain('action="/en/trial"');
});

test("on an island's own host the newsletter's form takes the step, and the mail comes all the same", async () => {
  const app = await startTestApp();
  await app.given.initiative({ slug: "haven", host: "haven.example" });
  const subscribe = (fields: Record<string, string>) =>
    app.post("/nieuwsbrief", { consent: "yes", ...fields }, { host: "haven.example" });
  for (let form = 1; form <= 5; form++) await subscribe({ email: `${form}@example.org` });
  const page = await (await subscribe({ email: "sanne@example.org" })).text();
  expect(headingOf(page)).toBe("Nog één stap");
  expect(page).toContain('action="/nieuwsbrief"');
  const proven = await solved(page);
  expect(headingOf(await send(app, proven, "/nieuwsbrief"))).toBe("Nog één stap"); // the movement's newsletter is another form
  expect((await subscribe(proven)).status).toBe(303);
  await app.work();
  expect(await app.mailbox("sanne@example.org")).toHaveLength(1);
});
