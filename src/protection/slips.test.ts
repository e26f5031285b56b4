import { expect, test } from "vitest";
import { publicPages, publicPagesEnv } from "../../tests/support/public-pages.ts";
import { minutes, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { hiddenFields } from "../../tests/support/trial-form.ts";
import { paths } from "../paths.ts";

const to = paths("nl");
const slip = { email: "sanne@", name: "Sanne", text: "Een begin" };

const from = (app: TestApp, network: string, path: string, fields: Record<string, string>) =>
  app.post(path, fields, { headers: { "x-forwarded-for": network, "sec-fetch-site": "same-origin" } });

const headingOf = (page: string) => /<h1[^>]*>(.*?)<\/h1>/.exec(page)?.[1];

const slipsCounted = async (app: TestApp) =>
  (await app.ctx.db.selectFrom("limits").select("key").where("key", "like", "slips-free%").execute()).length;

test("every form that comes back to be mended counts as a slip of its network", async () => {
  const app = await startTestApp({ env: publicPagesEnv });
  const wrong = (await publicPages(app)).filter(({ status, form }) => status === 422 && form);
  expect(wrong.length).toBeGreaterThan(20);
  const uncounted: string[] = [];
  for (const [at, { name, path, form, host, cookie }] of wrong.entries()) {
    const before = await slipsCounted(app);
    const headers = {
      ...{ "x-forwarded-for": `10.0.1.${at}`, "sec-fetch-site": "same-origin" },
      ...(cookie && { cookie }),
    };
    await app.post(path, form ?? {}, { headers, ...(host && { host }) });
    if ((await slipsCounted(app)) !== before + 1) uncounted.push(name);
  }
  expect(uncounted).toEqual([]);
});

test("who mistypes again and again sees what is wrong each time, and the right form passes at once", async () => {
  const app = await startTestApp({ env: publicPagesEnv });
  for (let time = 1; time <= 60; time++)
    expect((await from(app, "203.0.113.5", to.newsletter, slip)).status).toBe(422);
  const right = { email: "sanne@example.org", consent: "yes" };
  expect((await from(app, "203.0.113.5", to.newsletter, right)).status).toBe(303);
});

test("the sixty-first slip of a network in ten minutes takes a step, which loses nothing and then says what is wrong", async () => {
  const app = await startTestApp({ env: publicPagesEnv });
  for (let time = 1; time <= 60; time++) await from(app, "203.0.113.5", to.contact, slip);
  const step = await (await from(app, "203.0.113.5", to.contact, slip)).text();
  expect(headingOf(step)).toBe("Nog één stap");
  expect(hiddenFields(step)).toMatchObject(slip);
  expect((await from(app, "203.0.113.6", to.contact, slip)).status).toBe(422);

  app.advance(minutes(1));
  const shown = await from(app, "203.0.113.5", to.contact, hiddenFields(step));
  expect(shown.status).toBe(422);
  expect(await shown.text()).toContain("Een begin");
});

test("beyond six hundred slips in an hour a network is asked to come back, with everything kept", async () => {
  const app = await startTestApp({ env: publicPagesEnv });
  await from(app, "203.0.113.5", to.contact, slip);
  const hour = app.ctx.db.updateTable("limits").set({ points: 600 }).where("key", "like", "slips-network%");
  await hour.execute();
  const answer = await from(app, "203.0.113.5", to.contact, slip);
  expect(answer.status).toBe(429);
  const page = await answer.text();
  expect(headingOf(page)).toBe("Even te druk");
  expect(hiddenFields(page)).toMatchObject(slip);
});

test("what is far too long is only called too long, and is kept", async () => {
  const app = await startTestApp({ env: publicPagesEnv });
  const name = "a.".repeat(30_000);
  const page = await (await from(app, "203.0.113.5", to.sign, { ...slip, name, appearance: "name" })).text();
  expect(page).toContain("Deze naam is te lang.");
  expect(page).not.toContain("Dit lijkt op een web- of mailadres");
  expect(page).toContain(name);
});
