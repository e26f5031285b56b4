import { expect, test } from "vitest";
import { linkIn } from "../../tests/support/acts.ts";
import { signIn } from "../../tests/support/desk.ts";
import { startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";

const to = desk("nl");

const contactOf = async (app: TestApp, id: string) => {
  const query = app.ctx.db.selectFrom("initiatives").select("contact_email").where("id", "=", id);
  return (await query.executeTakeFirstOrThrow()).contact_email;
};

test("who leads an initiative changes where its offers arrive; the others and the old address hear of it", async () => {
  const app = await startTestApp();
  const own = await app.given.initiative({ slug: "straatwijs", name: "Straatwijs" });
  await app.ctx.db
    .updateTable("initiatives")
    .set({ contact_email: "oud@straatwijs.example" })
    .where("id", "=", own.id)
    .execute();
  const lead = await signIn(app, "lead", { initiativeId: own.id, email: "noor@voorbeeld.nl" });
  await signIn(app, "lead", { initiativeId: own.id, email: "joris@voorbeeld.nl" });
  await signIn(app, "island-editor", { initiativeId: own.id, email: "mila@voorbeeld.nl" });
  const path = to.part("islands", own.id, "contact");
  expect(await (await lead.get(path)).text()).toContain('value="oud@straatwijs.example"');

  const wrong = await lead.post(path, { email: "geen adres" });
  expect(wrong.status).toBe(422);
  expect(await wrong.text()).toContain('value="geen adres"');

  const sent = await lead.post(path, { email: " Team@Straatwijs.example " });
  expect(sent.headers.get("location")).toBe(`${path}?done=saved`);
  expect(await contactOf(app, own.id)).toBe("team@straatwijs.example");
  await app.work();
  const told = await app.mailbox();
  expect(told.map(({ recipient }) => recipient).sort()).toEqual([
    "joris@voorbeeld.nl",
    "noor@voorbeeld.nl",
    "oud@straatwijs.example",
  ]);
  expect(told[0]?.subject).toBe("Het contactadres van Straatwijs is veranderd");
  expect(new URL(linkIn(told[0]!, path), app.origin).pathname).toBe(path);

  await lead.post(path, { email: "team@straatwijs.example" });
  await app.work();
  expect(await app.mailbox(), "nothing changed, so nobody hears anything").toHaveLength(told.length);
  await lead.post(path, { email: "" });
  expect(await contactOf(app, own.id), "the movement's address from now on").toBeNull();
});

test("an island's editor cannot send its offers elsewhere, by no form", async () => {
  const app = await startTestApp();
  const own = await app.given.initiative();
  const editor = await signIn(app, "island-editor", { initiativeId: own.id });
  const path = to.part("islands", own.id, "contact");
  expect((await editor.get(path)).status).toBe(403);
  expect((await editor.post(path, { email: "mij@voorbeeld.nl" })).status).toBe(403);

  const opened = await editor.get(to.documentOf("island", own.id));
  const id = opened.headers.get("location")?.split("/").at(-1) ?? "";
  const page = await (await editor.get(to.document("island", id))).text();
  const fields = Object.fromEntries(
    [...page.matchAll(/<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)].map(([, name, value]) => [
      name,
      value,
    ]),
  );
  const texts = { "name.nl": "Nieuw", "tagline.nl": "Leus", "lead.nl": "Inleiding", kind: "initiative" };
  const sent = { ...fields, ...texts, slug: own.slug, contactEmail: "mij@voorbeeld.nl" };
  const published = await editor.post(to.documentPart("island", id, "publish"), sent);
  expect(published.status, await published.text()).toBe(303);
  expect(await contactOf(app, own.id)).toBeNull();
  const movement = await signIn(app, "editor");
  expect((await movement.post(path, { email: "team@voorbeeld.nl" })).status).toBe(303);
  expect(await contactOf(app, own.id)).toBe("team@voorbeeld.nl");
});
