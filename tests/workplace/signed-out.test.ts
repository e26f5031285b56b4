import { expect, test } from "vitest";
import { desk } from "../../src/desk-paths.ts";
import { startTestApp } from "../support/test-app.ts";

const to = desk("nl");
const headers = { "sec-fetch-site": "same-origin" };

test("who was signed out while writing sends the very same again after signing in, also a long text", async () => {
  const app = await startTestApp();
  const path = to.documentPart("update", "00000000-0000-4000-8000-000000000000", "save");
  const long = "Wat we zagen & leerden. ".repeat(60_000);
  expect(long.length).toBeGreaterThan(1024 * 1024);
  const answer = await app.post(path, { "title.nl": "Op straat", "body.nl": long }, { headers });
  expect(answer.status).toBe(401);
  const page = await answer.text();
  expect(page).toContain("Wat je schreef is er nog");
  expect(page).toContain('name="title.nl" value="Op straat"');
  expect(page).toContain(long.trim().replaceAll("&", "&amp;"));
});

test("of a file, which cannot be held on to, no such thing is promised", async () => {
  const app = await startTestApp();
  const body = new FormData();
  body.append("kind", "subscribers");
  body.append("file", new File(["Email\njan@example.org\n"], "lijst.csv"));
  const answer = await app.request(to.section("imports"), { method: "POST", body, headers });
  expect(answer.status).toBe(401);
  const page = await answer.text();
  expect(page).not.toContain("Wat je schreef is er nog");
  expect(page).not.toContain("Opnieuw versturen");
  expect(page).toContain("Ga hier dan terug met de knop van je browser");
});
