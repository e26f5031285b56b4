import { beforeAll, expect, test } from "vitest";
import type { DeskRoute } from "../../src/accounts/operations.ts";
import { deskFeatures } from "../../src/features.ts";
import { type Colleague, signIn } from "../support/desk.ts";
import { type Filled, fillWorkplace, type WorkplacePage, workplacePages } from "../support/desk-pages.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

const scoped = deskFeatures
  .flatMap(({ list }) => list)
  .filter(({ path, scope }) => typeof scope === "function" && path.startsWith("/beheer"));

let app: TestApp;
let filled: Filled;
let pages: WorkplacePage[];
let strangers: Colleague[];
beforeAll(async () => {
  app = await startTestApp();
  filled = await fillWorkplace(app);
  pages = await workplacePages(app, filled, "nl");
  const elsewhere = await app.given.initiative({ slug: "elders", name: "Elders" });
  const place = { initiativeId: elsewhere.id };
  strangers = [await signIn(app, "lead", place), await signIn(app, "island-editor", place)];
  return app.stop;
}, 120_000);

/** The route with the ids of something that is there and belongs to others: as the owner reached it, or its neighbour. */
function addressOf({ path }: DeskRoute): string | null {
  const head = path.slice(0, path.indexOf("/:") + 1);
  const known = pages.filter((page) => page.route.startsWith(`${head}:`));
  const page = known.find(({ route }) => route === path) ?? known[0];
  if (!page) return null;
  const wanted = page.route.split("/");
  const value =
    page.path.split(/[?#]/)[0]?.split("/")[wanted.findIndex((part) => part.startsWith(":"))] ?? "";
  const address = path.replace(/:\w+/, value);
  return address.includes(":") ? null : address;
}

test("who works on another initiative reaches nothing by its id, neither to read nor to change", async () => {
  const found: string[] = [];
  let tried = 0;
  for (const route of scoped) {
    const address = addressOf(route);
    if (!address) continue;
    for (const { get, post } of strangers) {
      tried++;
      const answer = await (route.method === "GET" ? get(address) : post(address, { title: "x", text: "x" }));
      if (![403, 404].includes(answer.status)) found.push(`${route.method} ${address}: ${answer.status}`);
    }
  }
  expect(found).toEqual([]);
  expect(tried, "most routes were tried").toBeGreaterThan(scoped.length);
}, 120_000);

test("lists over all that somebody may see hold nothing of others", async () => {
  const found: string[] = [];
  for (const page of pages)
    for (const { get } of strangers) {
      const html = await (await get(page.path)).text();
      for (const theirs of ["Straatwijs", "Femke Fluit", "abonnee@example.org"])
        if (html.includes(theirs)) found.push(`${page.path}: ${theirs}`);
    }
  expect(found).toEqual([]);
}, 120_000);
