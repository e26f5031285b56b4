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

/** A second version, which replaces the starter's. */
async function publishSecond(app: TestApp) {
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
}

test("the newest version is the one in force; earlier ones stay readable and say so", async () => {
  const app = await startTestApp({ now: new Date("2026-11-22T12:00:00Z") });
  const to = paths("nl");
  expect(await text(app, to.manifesto)).not.toContain(to.manifestoVersion("1"));
  await publishSecond(app);
  await expect.poll(() => text(app, to.manifesto)).toContain("<h1>Ons tweede manifest</h1>");
  const newest = await text(app, to.manifesto);
  expect(newest).toContain("Versie 2, 1 maart 2027");
  expect(newest).toContain(`href="${to.manifestoVersion("1")}"`);

  const earlier = await text(app, to.manifestoVersion("1"));
  expect(earlier).toContain("<h1>Ons manifest</h1>");
  expect(earlier).toContain("Die gold tot 1 maart 2027");
  expect(earlier).not.toContain(`action="${to.sign}"`);
  expect(await text(app, paths("en").manifestoVersion("2"))).toContain("the version that holds now");
  for (const version of ["3", "0", "1.5", "eerste", "99999999999"])
    expect((await app.get(to.manifestoVersion(version))).status, version).toBe(404);
});

test("under each principle stands what one can do here, and it is there", async () => {
  const app = await startTestApp();
  for (const language of ["nl", "en"] as const) {
    const html = await text(app, paths(language).manifesto);
    const links = [...html.matchAll(/class="statements__do"><a href="([^"#]*)(?:#([^"]*))?"/g)];
    expect(links).toHaveLength(12);
    for (const [, href = "", anchor] of links) {
      const page = await app.get(href);
      expect(page.status, href).toBe(200);
      if (anchor) expect(await page.text()).toContain(`id="${anchor}"`);
    }
  }
});
