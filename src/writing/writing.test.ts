import { expect, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
import { startTestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";
import { paths } from "../paths.ts";

const to = desk("nl");
const story = {
  "title.nl": "Op de thee bij Zoë",
  "title.en": "Tea with Zoë",
  "summary.nl": "Een middag in Ede.",
  "body.nl": "We dronken **thee**.",
  "body.en": "We had tea.",
};

test("an update is written, seen in a preview, and published", async () => {
  const app = await startTestApp();
  const island = await app.given.initiative({ slug: "theehuis", name: "Het Theehuis" });
  const lead = await signIn(app, "lead", { initiativeId: island.id });
  const begun = await lead.post(to.newDocument("update", island.id));
  expect(begun.status).toBe(303);
  const path = begun.headers.get("location")!;
  const empty = await lead.get(path);
  expect(empty.status).toBe(200);
  expect(await empty.text()).toContain("Nog zonder titel");

  const saved = await lead.post(`${path}/bewaren`, { version: "1", ...story });
  expect(saved.status).toBe(303);
  const page = await (await lead.get(saved.headers.get("location")!)).text();
  expect(page).toContain("Op de thee bij Zoë");
  expect(page).toContain('data-version="2"');
  const preview = /href="http:\/\/[^"]+(\/voorbeeld\/[^"]+)"/.exec(page)![1]!;

  const seen = await app.get(preview);
  expect(seen.status).toBe(200);
  expect(seen.headers.get("x-robots-tag")).toBe("noindex");
  expect(seen.headers.get("cache-control")).toBe("no-store");
  const html = await seen.text();
  expect(html).toContain("We dronken <strong>thee</strong>.");
  expect(html).toContain("Dit is een voorbeeld");
  const english = await (await app.get(`${preview}?taal=en`)).text();
  expect(english).toContain("We had tea.");
  const live = paths("nl").island("theehuis").update("op-de-thee-bij-zoe");
  expect((await app.get(live)).status, "nothing is out by a preview").toBe(404);

  const published = await lead.post(`${path}/publiceren`, {
    version: "2",
    ...story,
    "summary.nl": "Anders.",
  });
  expect(published.status).toBe(303);
  const out = await app.get(live);
  expect(out.status).toBe(200);
  expect(await out.text()).toContain("Anders.");
  const list = await (await lead.get(to.section("updates"))).text();
  expect(list).toContain("Op de site");
});
