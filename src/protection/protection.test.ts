import { Hono } from "hono";
import { beforeEach, expect, test } from "vitest";
import { startTestApp } from "../../tests/support/test-app.ts";
import { features } from "../features.ts";
import type { VisitEnv } from "../visit.tsx";
import { guardForm, readFields } from "./operations.ts";

/** A form like the real ones, that keeps what came through. */
const came: Record<string, string>[] = [];
beforeEach(() => void came.splice(0));

const routes = new Hono<VisitEnv>();
for (const path of ["/proef", "/en/trial", "/andere"]) {
  routes.post(path, async (c) => {
    const fields = await readFields(c);
    const guard = await guardForm(c, { name: "trial", fields, address: fields.email ?? null });
    if (guard.kind === "answer") return guard.response;
    if (guard.kind === "pass") came.push(fields);
    return c.text("Kijk in je mail.");
  });
}
features.push(routes);

const filledIn = { email: "sanne@example.org", text: 'Eerste regel\nTweede "regel" <b>' };
const answered = async (response: Response | Promise<Response>) => (await response).text();

test("a form passes", async () => {
  const app = await startTestApp();
  expect(await answered(app.post("/proef", filledIn))).toBe("Kijk in je mail.");
  expect(came).toEqual([filledIn]);
});

test("after five forms of one network the next takes one more step", async () => {
  const app = await startTestApp();
  for (let count = 1; count <= 5; count++)
    await app.post("/proef", { ...filledIn, email: `${count}@example.org` });
  const page = await answered(app.post("/proef", filledIn));
  expect(page).toContain("Nog één stap");
  expect(page).toContain(`name="text" value="Eerste regel\nTweede &quot;regel&quot; &lt;b&gt;"`);
  expect(came).toHaveLength(5);
});
