import { beforeEach, expect, test } from "vitest";
import { startTestApp } from "../../tests/support/test-app.ts";
import { mountTrialForm } from "../../tests/support/trial-form.ts";

const came = mountTrialForm();
beforeEach(() => void came.splice(0));

test("forms of this site pass, by either header, and so do programs that send none", async () => {
  const app = await startTestApp();
  const own = { origin: app.origin };
  const passing = [
    {},
    own,
    { "sec-fetch-site": "same-origin" },
    { ...own, "sec-fetch-site": "same-origin" },
    { "sec-fetch-site": "none" },
    { origin: "null", "sec-fetch-site": "same-origin" }, // an add-on that hides the origin
  ];
  for (const headers of passing)
    expect((await app.post("/proef", {}, { headers: headers as HeadersInit })).status).toBe(200);
  expect(came).toHaveLength(5); // and the sixth of one network was asked for one more step
});

test("a form on an island's own host passes there, and not at the movement", async () => {
  const app = await startTestApp();
  await app.given.initiative({ slug: "cxo", host: "cxo.example" });
  const headers = { origin: `http://cxo.example:${app.port}` };
  expect((await app.post("/proef", {}, { host: "cxo.example", headers })).status).toBe(200);
  expect((await app.post("/proef", {}, { headers })).status).toBe(403);
});

test.each([
  [{ origin: "https://evil.example" }],
  [{ origin: "null" }],
  [{ origin: "" }],
  [{ origin: "http://localhost" }], // another port is another site
  [{ "sec-fetch-site": "cross-site" }],
  [{ "sec-fetch-site": "same-site" }],
  [{ "sec-fetch-site": "cross-site", origin: "null" }],
])("a form from another site is refused: %j", async (headers) => {
  const app = await startTestApp();
  const answer = await app.post("/proef", { story: "geheim" }, { headers: headers as HeadersInit });
  expect(answer.status).toBe(403);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const page = await answer.text();
  expect(page).toContain("<h1>Dit formulier kwam van een andere site</h1>");
  expect(page).not.toContain("geheim"); // what another site made up is not shown as if we said it
  expect(came).toEqual([]);
});

test("the refusal speaks the language of the page, and reading is never refused", async () => {
  const app = await startTestApp();
  const headers = { "sec-fetch-site": "cross-site" };
  const page = await (await app.post("/en/trial", {}, { headers })).text();
  expect(page).toContain("<h1>This form came from another site</h1>");
  expect(page).toContain('<html lang="en"');
  expect((await app.request("/proef", { headers })).status).toBe(200);
});
