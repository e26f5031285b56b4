import { expect, test } from "vitest";
import { linkIn } from "../../tests/support/acts.ts";
import { signIn } from "../../tests/support/desk.ts";
import { startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";
import { paths, technical } from "../paths.ts";

const to = desk("nl");
const path = paths("nl").propose;
const fields = {
  ...{
    name: "Straatwijs",
    kind: "initiative",
    tagline: "Samen door de wijk.",
    story: "Het begon op straat.",
  },
  ...{ website: "https://straatwijs.example/", role: "Ik begon het", proposer: "Sam de Vries" },
  email: "sam@example.org",
};

async function propose(app: TestApp): Promise<string> {
  expect((await app.post(path, fields)).status).toBe(303);
  await app.work();
  await app.post(linkIn((await app.mailbox("sam@example.org"))[0]!, "/bevestigen/"), {});
  await app.work();
  const { id } = await app.ctx.db.selectFrom("proposals").select("id").executeTakeFirstOrThrow();
  return id;
}

test("somebody proposes an initiative, is asked back, approved, and becomes its lead", async () => {
  const app = await startTestApp();
  const id = await propose(app);
  const moderator = await signIn(app, "moderator");
  expect(await (await moderator.get(to.section("proposals"))).text()).toContain("Straatwijs");

  await moderator.post(to.part("proposals", id, "askBack"), { question: "Wie doen er mee?" });
  await app.work();
  const asked = (await app.mailbox("sam@example.org")).at(-1)!;
  expect(asked.text).toContain("Wie doen er mee?");
  expect(await (await moderator.get(to.home)).text(), "waits for the proposer").not.toContain("Straatwijs");
  const reply = linkIn(asked, "/antwoord/");
  expect(await (await app.get(reply)).text()).toContain("Wie doen er mee?");
  await app.post(reply, { reply: "Acht mensen." });
  expect(await (await app.get(reply)).text()).toContain("Bedankt, je antwoord is binnen");
  expect(await (await moderator.get(to.one("proposals", id))).text()).toContain("Acht mensen.");

  await moderator.post(to.part("proposals", id, "approve"));
  await moderator.post(to.part("proposals", id, "approve"));
  await app.work();
  expect((await app.mailbox("sam@example.org")).at(-1)?.subject).toBe("Straatwijs krijgt een eiland");
  const islands = await app.ctx.db
    .selectFrom("initiatives as i")
    .innerJoin("roles as r", "r.initiative_id", "i.id")
    .innerJoin("people as p", "p.id", "r.person_id")
    .select(["i.slug", "i.published_at", "r.role", "p.email"])
    .where("i.slug", "like", "straatwijs%")
    .execute();
  expect(islands).toEqual([
    { slug: "straatwijs", published_at: null, role: "lead", email: "sam@example.org" },
  ]);
});

test("a refusal says why, and a slug in use gets a number", async () => {
  const app = await startTestApp();
  await app.given.initiative({ slug: "straatwijs", name: "Straatwijs" });
  const id = await propose(app);
  const moderator = await signIn(app, "moderator");
  const bare = await moderator.post(to.part("proposals", id, "refuse"), { reason: "" });
  expect(bare.status).toBe(422);
  await moderator.post(to.part("proposals", id, "approve"));
  const made = await app.ctx.db.selectFrom("proposals").select("initiative_id").executeTakeFirstOrThrow();
  const island = await app.ctx.db
    .selectFrom("initiatives")
    .select("slug")
    .where("id", "=", made.initiative_id)
    .executeTakeFirstOrThrow();
  expect(island.slug).toBe("straatwijs-2");
});

test("similar initiatives are a hint, never a gate", async () => {
  const app = await startTestApp();
  await app.given.initiative({ slug: "straatwijs", name: "Straatwijs Utrecht" });
  const found = await (await app.get(`${technical.similarInitiatives}?q=straatwys`)).json();
  expect(found).toContainEqual({
    name: "Straatwijs Utrecht",
    href: `${app.origin}${paths("nl").island("straatwijs").home}`,
  });
  expect(await (await app.get(`${technical.similarInitiatives}?q=st`)).json()).toEqual([]);
  const slip = await app.post(path, { ...fields, email: "sam@" });
  expect(slip.status).toBe(422);
  const page = await slip.text();
  expect(page).toContain("Straatwijs Utrecht");
  expect(page).toContain("Het begon op straat.");
  expect((await app.post(path, fields)).status).toBe(303);
});
