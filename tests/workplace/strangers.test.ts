import { beforeAll, expect, test } from "vitest";
import { deskFeatures } from "../../src/features.ts";
import { type Colleague, signIn } from "../support/desk.ts";
import { deskAddresses } from "../support/desk-addresses.ts";
import { type Filled, fillWorkplace, type WorkplacePage, workplacePages } from "../support/desk-pages.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

const scoped = deskFeatures
  .flatMap(({ list }) => list)
  .filter(({ path, scope }) => typeof scope === "function" && path.startsWith("/beheer"));

/** Pages of which an owner sees nothing either: never out, without anything to compare, still empty. */
const nothingThere = [
  "/beheer/teksten/update/:id/terugtrekken",
  "/beheer/edities/:id/html",
  ...scoped.filter(({ path }) => path.endsWith("/vergelijken")).map(({ path }) => path),
];

let app: TestApp;
let filled: Filled;
let pages: WorkplacePage[];
let addressOf: Awaited<ReturnType<typeof deskAddresses>>;
let strangers: Colleague[];
beforeAll(async () => {
  app = await startTestApp();
  filled = await fillWorkplace(app);
  pages = await workplacePages(app, filled, "nl");
  addressOf = await deskAddresses(app, filled.owner);
  const elsewhere = await app.given.initiative({ slug: "elders", name: "Elders" });
  const place = { initiativeId: elsewhere.id };
  strangers = [await signIn(app, "lead", place), await signIn(app, "island-editor", place)];
  return app.stop;
}, 120_000);

test("who works on another initiative reaches nothing by its id, neither to read nor to change", async () => {
  const skipped: string[] = [];
  const found: string[] = [];
  for (const route of scoped) {
    const address = addressOf(route);
    if (address === null || address.includes(":")) {
      skipped.push(`${route.method} ${route.path}`);
      continue;
    }
    const owned = route.method === "GET" ? (await filled.owner.get(address)).status : 0;
    if (owned === 404 && !nothingThere.includes(route.path)) found.push(`${address} is of nothing`);
    for (const { get, post } of strangers) {
      const answer = await (route.method === "GET" ? get(address) : post(address, { title: "x", text: "x" }));
      // That it is somebody else's, and not that it isn't there: else these ids would prove nothing.
      if (answer.status !== 403) found.push(`${route.method} ${address}: ${answer.status}`);
    }
  }
  expect(skipped).toEqual([]);
  expect(found).toEqual([]);
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
