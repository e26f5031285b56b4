import { expect, test } from "vitest";
import { linkIn } from "../../tests/support/acts.ts";
import { signIn } from "../../tests/support/desk.ts";
import { startScriptedSmtp } from "../../tests/support/scripted-smtp.ts";
import { startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";
import { paths, technical } from "../paths.ts";
import { rememberPerson } from "../people/operations.ts";

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

/** The question that the proposer's page asks, by the id in its form. */
async function questionOn(app: TestApp, link: string, text: string): Promise<string> {
  const page = await (await app.get(link)).text();
  expect(page).toContain(text);
  return /name="question" value="([^"]+)"/.exec(page)?.[1] ?? "";
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
  const question = await questionOn(app, reply, "Wie doen er mee?");
  await app.post(reply, { question, reply: "Acht mensen." });
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

test("who becomes a lead by a proposal signs in anew, and who approves their own stays in", async () => {
  const app = await startTestApp();
  const id = await propose(app);
  const path = to.part("proposals", id, "approve");
  const moderator = await signIn(app, "moderator", { email: "sam@example.org" });
  const elsewhere = await signIn(app, null, { email: "sam@example.org" });
  await moderator.post(path);
  expect([(await moderator.get(to.home)).status, (await elsewhere.get(to.home)).status]).toEqual([200, 303]);

  const other = await startTestApp();
  const theirs = to.part("proposals", await propose(other), "approve");
  const proposer = await signIn(other, "editor", { email: "sam@example.org" });
  const owner = await signIn(other, "owner");
  await owner.post(theirs);
  expect([(await owner.get(to.home)).status, (await proposer.get(to.home)).status]).toEqual([200, 303]);
  const log = await (await owner.get(to.section("audit"))).text();
  expect(log).toContain("Straatwijs");
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

test("what was asked and answered stays when something else is asked, and the team hears of each answer", async () => {
  const app = await startTestApp();
  const id = await propose(app);
  const moderator = await signIn(app, "moderator");
  const ask = (question: string) => moderator.post(to.part("proposals", id, "askBack"), { question });
  await ask("Wie doen er mee?");
  expect((await ask("Wie doen er mee?")).status, "pressed twice").toBe(303);
  const early = await ask("En waar is het?");
  expect(early.status).toBe(422);
  const told = await early.text();
  expect(told).toContain("Er wacht nog een vraag op antwoord");
  expect(told).toContain("En waar is het?");
  await app.work();
  const mails = (await app.mailbox("sam@example.org")).filter(({ subject }) =>
    subject.startsWith("Een vraag"),
  );
  expect(mails).toHaveLength(1);
  const link = linkIn(mails[0]!, "/antwoord/");
  const first = await questionOn(app, link, "Wie doen er mee?");
  await app.post(link, { question: first, reply: "Acht mensen." });
  await app.work();
  const heard = (await app.mailbox(app.ctx.config.mail.from)).at(-1);
  expect(heard).toMatchObject({ subject: "Antwoord over Straatwijs", reply_to: "sam@example.org" });
  expect(heard?.text).toContain("Acht mensen.");

  await ask("En waar is het?");
  const page = await (await moderator.get(to.one("proposals", id))).text();
  for (const text of ["Wie doen er mee?", "Acht mensen.", "En waar is het?"]) expect(page).toContain(text);
  const late = await app.post(link, { question: first, reply: "Nee, negen mensen." });
  expect(late.status).toBe(422);
  const again = await late.text();
  expect(again, "typed for a question of before, and not lost").toContain("Nee, negen mensen.");
  expect(again).toContain("En waar is het?");
  const second = await questionOn(app, link, "En waar is het?");
  await app.post(link, { question: second, reply: "In Utrecht." });
  const over = await (await app.post(link, { question: second, reply: "Of in Zeist." })).text();
  expect(over).toContain("Of in Zeist.");
  expect(over).toContain("Het is niet verstuurd");
  expect(await (await moderator.get(to.one("proposals", id))).text()).not.toContain("Zeist");
});

test("a decision typed for nothing is shown again", async () => {
  const app = await startTestApp();
  const id = await propose(app);
  const moderator = await signIn(app, "moderator");
  const owner = await signIn(app, "owner");
  await moderator.post(to.part("proposals", id, "approve"));
  const late = await owner.post(to.part("proposals", id, "refuse"), { reason: "Dit bestaat al." });
  const page = await late.text();
  expect(page).toContain("Hier was al over besloten.");
  expect(page).toContain("Dit bestaat al.");
  await app.work();
  const subjects = (await app.mailbox("sam@example.org")).map(({ subject }) => subject);
  expect(subjects).toContain("Straatwijs krijgt een eiland");
  expect(subjects).not.toContain("Over je voorstel Straatwijs");
});

test("a question and a decision that cannot be delivered wait for the team again", async () => {
  let refused = true;
  const answer = (verb: string) => (verb === "RCPT" && refused ? "550 5.1.1 no such user" : undefined);
  const smtp = await startScriptedSmtp({ answer });
  const app = await startTestApp({ env: { SMTP_URL: smtp.url } });
  const person_id = await rememberPerson(app.ctx, { email: "sam@example.org", name: "Sam", language: "nl" });
  const { email: _email, ...typed } = fields;
  const { id } = await app.ctx.db
    .insertInto("proposals")
    .values({
      ...{ ...typed, kind: "initiative" as const, person_id, language: "nl", proposed_at: app.ctx.now() },
      ...{ decision: null, decided_at: null, decided_by: null, reason: null, initiative_id: null },
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const moderator = await signIn(app, "moderator");
  const waits = async () => (await (await moderator.get(to.home)).text()).includes("Straatwijs");
  const told = async () =>
    (await (await moderator.get(to.one("proposals", id))).text()).includes(
      "De mail aan sam@example.org kwam niet aan",
    );
  await moderator.post(to.part("proposals", id, "askBack"), { question: "Wie?" });
  expect(await waits()).toBe(false);
  await app.work();
  expect([await waits(), await told()]).toEqual([true, true]);
  refused = false;
  await moderator.post(to.part("proposals", id, "resend"));
  await app.work();
  expect([await waits(), await told()]).toEqual([false, false]);
  refused = true;
  await moderator.post(to.part("proposals", id, "refuse"), { reason: "Dit bestaat al." });
  await app.work();
  expect([await waits(), await told()]).toEqual([true, true]);
  await moderator.post(to.part("proposals", id, "done"));
  expect([await waits(), await told()]).toEqual([false, false]);
});

test("what waits for its proposer is not pushed away by what was decided, and long lists go on", async () => {
  const app = await startTestApp({ starter: "none" });
  const person_id = await rememberPerson(app.ctx, { email: "sam@example.org", name: "Sam", language: "nl" });
  const { email: _email, ...typed } = fields;
  const moderator = await signIn(app, "moderator");
  const at = (number: number) => new Date(app.ctx.now().getTime() + number * 1000);
  const { id } = await app.ctx.db
    .insertInto("proposals")
    .values(
      Array.from({ length: 62 }, (_, number) => ({
        ...{
          ...typed,
          name: `Eiland ${number}.`,
          kind: "initiative" as const,
          person_id,
          language: "nl" as const,
        },
        ...{ proposed_at: at(number), decided_by: null, initiative_id: null },
        ...(number < 61
          ? { decision: "refused" as const, decided_at: at(number), reason: "Nee." }
          : { decision: null, decided_at: null, reason: null }),
      })),
    )
    .returning("id")
    .execute()
    .then((rows) => rows.at(-1)!);
  await moderator.post(to.part("proposals", id, "askBack"), { question: "Wie?" });
  const list = (state: string) => moderator.get(`${to.section("proposals")}?state=${state}`);
  expect(await (await list("asked")).text()).toContain("Eiland 61.");
  let page = await (await list("decided")).text();
  expect(page).toContain("Eiland 60.");
  const seen = new Set<string>();
  for (;;) {
    for (const [, name] of page.matchAll(/>(Eiland \d+\.)</g)) seen.add(name!);
    const next = /href="([^"]*after=[^"]*)"/.exec(page)?.[1]?.replaceAll("&amp;", "&");
    if (!next) break;
    page = await (await moderator.get(next)).text();
  }
  expect(seen.size).toBe(61);
});
