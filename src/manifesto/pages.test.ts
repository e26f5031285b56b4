import { expect, test } from "vitest";
import { startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { paths } from "../paths.ts";

const text = async (app: TestApp, path: string) => (await app.get(path)).text();

test("the manifesto shows its mission, four observations and twelve principles, each with an address", async () => {
  const app = await startTestApp({ now: new Date("2026-11-22T12:00:00Z") });
  const html = await text(app, paths("nl").manifesto);
  expect(html).toContain("<h1>Ons manifest</h1>");
  expect(html).toContain("Iets nieuws begint vaak klein.");
  expect(/<ul class="observations">.*?<\/ul>/s.exec(html)?.[0].match(/<li>/g)).toHaveLength(4);
  const principles = [...html.matchAll(/<li id="([a-z-]+)"><h3><a href="#([a-z-]+)">/g)];
  expect(principles.map(([, id]) => id)).toEqual([
    "verbeelden",
    "innoveren",
    "motiveren",
    "verbinden",
    "leren",
    "netwerken",
    "cocreeren",
    "delen",
    "plezier-maken",
    "uitdagen",
    "doorbreken",
    "ontmoeten",
  ]);
  for (const [, id, href] of principles) expect(href).toBe(id);
  expect(html).toMatch(/Versie 1, \d+ \w+ \d{4}/);
});

test("the newest version is the one in force", async () => {
  const app = await startTestApp();
  const first = await app.ctx.db.selectFrom("manifestos").selectAll().executeTakeFirstOrThrow();
  const json = (value: unknown) => JSON.stringify(value);
  await app.ctx.db
    .insertInto("manifestos")
    .values({
      version: 2,
      title: json({ nl: "Ons tweede manifest" }),
      mission: json(first.mission),
      observations_heading: json(first.observations_heading),
      observations: json(first.observations),
      principles_heading: json(first.principles_heading),
      principles: json(first.principles),
      conclusion: json(first.conclusion),
      published_at: new Date("2027-03-01T12:00:00Z"),
    })
    .execute();
  const html = await text(app, paths("nl").manifesto);
  expect(html).toContain("<h1>Ons tweede manifest</h1>");
  expect(html).toContain("Versie 2, 1 maart 2027");
});

test("nothing promises what is not there: no text invites to sign or to join", async () => {
  const app = await startTestApp();
  for (const language of ["nl", "en"] as const) {
    const to = paths(language);
    for (const path of [to.home, to.manifesto, to.about, to.initiatives]) {
      const html = await text(app, path);
      expect(html).not.toMatch(
        /onderteken|zet je naam|doe mee\b|meedoen|sign (our|the)|put your name|lend a hand/i,
      );
    }
  }
});
