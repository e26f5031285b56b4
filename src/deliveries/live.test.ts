import { expect, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
import { startTestApp } from "../../tests/support/test-app.ts";
import { stillMay } from "../accounts/operations.ts";
import { desk } from "../desk-paths.ts";

const to = desk("nl");

test("who watches a sending sees no more once the role or the session has ended", async () => {
  const app = await startTestApp();
  const own = await app.given.initiative();
  const editor = await signIn(app, "island-editor", { initiativeId: own.id });
  const session = await app.ctx.db
    .selectFrom("sessions")
    .select("id")
    .where("person_id", "=", editor.personId)
    .executeTakeFirstOrThrow();
  const held = [{ role: "island-editor" as const, initiativeId: own.id }];
  const person = {
    ...{ id: editor.personId, email: editor.email, name: null, sessionId: session.id },
    ...{ roles: held, method: "passkey" as const },
  };
  const visit = { ctx: app.ctx, person, initiativeId: own.id };
  expect(await stillMay(visit, "newsletters.write")).toBe(true);
  expect(await stillMay({ ...visit, initiativeId: null }, "newsletters.write")).toBe(false);
  await app.ctx.db.deleteFrom("sessions").execute();
  expect(await stillMay(visit, "newsletters.write")).toBe(false);
});

test("an open stream of figures ends when its reader may read no more, and one browser opens only a few", async () => {
  const app = await startTestApp();
  const { Hono } = await import("hono");
  const { streamProgress } = await import("./queries.ts");
  const owner = await signIn(app, "owner");
  const newsletter = await app.ctx.db.selectFrom("newsletters").select("id").executeTakeFirstOrThrow();
  await owner.post(to.part("newsletters", newsletter.id, "new"));
  const { id } = await app.ctx.db
    .updateTable("editions")
    .set({ state: "sending" })
    .returning("id")
    .executeTakeFirstOrThrow();
  let may = true;
  const page = new Hono().get("/", (c) =>
    streamProgress(c, app.ctx, id, {
      ...{ session: "one", stillMay: async () => may, everyMs: 10, askMs: 10 },
    }),
  );
  const streams = await Promise.all(Array.from({ length: 7 }, () => page.request("/")));
  expect(streams.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200, 429]);
  may = false;
  const texts = await Promise.all(streams.slice(0, 6).map((stream) => stream.text()));
  expect(texts.every((text) => !text.includes("event: over"))).toBe(true);
  expect((await page.request("/")).status, "there is room again").toBe(200);
});
