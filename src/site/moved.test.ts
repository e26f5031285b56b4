import { expect, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
import { startTestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";
import { paths } from "../paths.ts";
import { leaveSlug, takeSlug } from "../writing/operations.ts";

test("an island that moved takes its pages along, in both languages and on its own host", async () => {
  const app = await startTestApp();
  const { ctx } = app;
  const { id } = await app.given.initiative({ slug: "theehuis", host: "thee.localhost" });
  await app.given.update({ initiativeId: id, slug: "een-kopje" });
  const rename = async (from: string, to: string) => {
    await ctx.db.updateTable("initiatives").set({ slug: to }).where("id", "=", id).execute();
    await leaveSlug(ctx, { kind: "initiative", initiative_id: null, slug: from, target_id: id });
    await takeSlug(ctx, { kind: "initiative", initiative_id: null, slug: to });
  };
  await rename("theehuis", "het-theehuis");
  await rename("het-theehuis", "thee-en-meer");
  await leaveSlug(ctx, {
    kind: "update",
    initiative_id: id,
    slug: "oud-kopje",
    target_id: await firstUpdate(),
  });

  async function firstUpdate() {
    const row = await ctx.db
      .selectFrom("updates")
      .select("id")
      .where("initiative_id", "=", id)
      .executeTakeFirstOrThrow();
    return row.id;
  }
  const leadsTo = async (path: string, to: string, host?: string) => {
    const answer = await app.get(path, host);
    expect([path, answer.status, answer.headers.get("location")]).toEqual([path, 308, to]);
  };
  for (const language of ["nl", "en"] as const) {
    const now = paths(language).island("thee-en-meer");
    for (const slug of ["theehuis", "het-theehuis"]) {
      const old = paths(language).island(slug);
      for (const page of ["home", "updates", "updatesAtom", "newsletter", "contact"] as const)
        await leadsTo(old[page], now[page]);
      await leadsTo(`${old.updates}?page=2`, `${now.updates}?page=2`);
      await leadsTo(old.update("een-kopje"), now.update("een-kopje"));
      await leadsTo(old.update("oud-kopje"), now.update("een-kopje"));
      await leadsTo(paths(language).joinInitiative(slug), paths(language).joinInitiative("thee-en-meer"));
    }
    const own = paths(language).ownHost;
    expect((await app.get(own.home, "thee.localhost")).status).toBe(200);
    await leadsTo(own.update("oud-kopje"), own.update("een-kopje"), "thee.localhost");
    expect((await app.get(now.update("nooit-geweest"))).status).toBe(404);
  }
  const form = await app.post(paths("nl").island("theehuis").contact, { text: "Hallo" });
  expect([form.status, form.headers.get("location")], "a form goes along").toEqual([
    308,
    paths("nl").island("thee-en-meer").contact,
  ]);

  await app.given.initiative({ slug: "theehuis", name: "Iets nieuws" });
  await expect.poll(async () => (await app.get(paths("nl").island("theehuis").home)).status).toBe(200);
});

test("a preview shows a page of an island that is not out yet; the island stays hidden", async () => {
  const app = await startTestApp();
  const { id } = await app.given.initiative({ slug: "geheim" });
  await app.ctx.db.updateTable("initiatives").set({ published_at: null }).where("id", "=", id).execute();
  const lead = await signIn(app, "lead", { initiativeId: id });
  const path = (await lead.post(desk("nl").newDocument("update", id))).headers.get("location")!;
  const form = { version: "1", "title.nl": "Stil", "summary.nl": "a", "body.nl": "Nog even **stil**." };
  await lead.post(`${path}/bewaren`, form);
  const preview = (await lead.get(`${path}/voorbeeld`)).headers.get("location")!.replace(app.origin, "");
  const seen = await app.get(preview);
  expect(seen.status).toBe(200);
  expect(await seen.text()).toContain("<strong>stil</strong>");
  expect((await app.get(paths("nl").island("geheim").home)).status).toBe(404);
  expect((await app.get("/voorbeeld/nergens")).status).toBe(404);
  const other = preview.replace(/.$/, (last) => (last === "A" ? "Q" : "A"));
  expect((await app.get(other)).status, "a link cannot be guessed").toBe(404);
});
