import { expect, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
import { startTestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";

const to = desk("nl");

test("the list leads to an update that was never out, and to nobody else's", async () => {
  const app = await startTestApp({ starter: "none" });
  const own = await app.given.initiative();
  const other = await app.given.initiative();
  const lead = await signIn(app, "lead", { initiativeId: own.id });
  await lead.post(to.newDocument("update", own.id));
  const list = await (await lead.get(to.section("updates"))).text();
  const link = /href="(\/beheer\/teksten\/update\/[^"]+)"/.exec(list)?.[1] ?? "";
  const opened = await lead.get(link);
  expect([200, 303]).toContain(opened.status);
  const stranger = await signIn(app, "lead", { initiativeId: other.id });
  expect((await stranger.get(link)).status).toBe(403);
});
