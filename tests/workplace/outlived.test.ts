import { expect, onTestFinished, test } from "vitest";
import { startSendingLoop } from "../../src/deliveries/loop.ts";
import { desk } from "../../src/desk-paths.ts";
import { jobDefinitions } from "../../src/features.ts";
import { eraseEverything } from "../../src/mine/operations.ts";
import { paths } from "../../src/paths.ts";
import { linkIn } from "../support/acts.ts";
import { type Colleague, signIn } from "../support/desk.ts";
import { pageOf, seenIn, write } from "../support/edition-desk.ts";
import { elsewhere, ownNetworks } from "../support/mine.ts";
import { newsletterOf, subscribers } from "../support/sending.ts";
import { signAndConfirm } from "../support/signing.ts";
import { days, hours, startTestApp, type TestApp } from "../support/test-app.ts";

/** What somebody could still do by a role that ended: by a mailbox, by a link in it, by a moment chosen before. */

const to = desk("nl");
const sam = "sam@voorbeeld.nl";

const roleIdOf = async (app: TestApp, { personId }: Colleague) =>
  (
    await app.ctx.db
      .selectFrom("roles")
      .select("id")
      .where("person_id", "=", personId)
      .executeTakeFirstOrThrow()
  ).id;

/** An initiative that asks for help, with a lead whose own address is where its mail arrives, and another lead. */
async function startWithLead() {
  const app = await startTestApp({ env: ownNetworks, now: new Date("2027-02-01T09:00:00Z") });
  const { id } = await app.ctx.db
    .selectFrom("initiatives")
    .select("id")
    .where("slug", "=", "slimmernetwerk")
    .executeTakeFirstOrThrow();
  const owner = await signIn(app, "owner");
  const lead = await signIn(app, "lead", { initiativeId: id, email: "lotte@voorbeeld.nl" });
  const heir = await signIn(app, "island-editor", { initiativeId: id, email: "joost@voorbeeld.nl" });
  await lead.post(to.part("islands", id, "contact"), { email: lead.email });
  const contact = async () =>
    (
      await app.ctx.db
        .selectFrom("initiatives")
        .select("contact_email")
        .where("id", "=", id)
        .executeTakeFirstOrThrow()
    ).contact_email;
  expect(await contact()).toBe(lead.email);
  return { app, id, owner, lead, heir, contact, team: to.part("islands", id, "team") };
}
type Started = Awaited<ReturnType<typeof startWithLead>>;

const moment = { day: "8", month: "2", year: "2027", hour: "9", minute: "0", which: "" };

/** Runs a job that a clock starts, and what it puts on the queue. */
async function run(app: TestApp, name: string): Promise<void> {
  const job = jobDefinitions.find((one) => one.name === name);
  await job!.run(app.ctx, {});
  await app.work();
}

/** Every way in which a lead's role becomes less. */
const endings: [string, (started: Started) => Promise<unknown>][] = [
  [
    "is taken away",
    async ({ app, owner, lead, team }) => owner.post(team, { act: "end", id: await roleIdOf(app, lead) }),
  ],
  [
    "becomes another",
    async ({ app, owner, lead, team }) =>
      owner.post(team, { act: "change", id: await roleIdOf(app, lead), role: "island-editor" }),
  ],
  [
    "is handed over",
    async ({ app, lead, heir, team }) => lead.post(team, { act: "hand-over", id: await roleIdOf(app, heir) }),
  ],
  ["ends with the account", async ({ app, lead }) => eraseEverything(app.ctx, lead.personId)],
];

/** Sam offers to work along; the mail to the team. */
async function offer({ app }: Started, address: string) {
  const fields = { offer: "Ik kan goed luisteren.", name: "Sam", email: sam };
  await app.post(paths("nl").joinInitiative("slimmernetwerk"), fields, { headers: elsewhere() });
  await app.work();
  await app.post(linkIn((await app.mailbox(sam)).at(-1)!, "/bevestigen/"), {}, { headers: elsewhere() });
  await app.work();
  const mail = (await app.mailbox(address)).at(-1);
  expect(mail?.text).toContain("Ik kan goed luisteren.");
  return mail!;
}

test.each(endings)(
  "when a lead's role %s, offers neither arrive with them nor are answered by old links",
  async (_how, end) => {
    const started = await startWithLead();
    const { app, lead, contact } = started;
    const link = linkIn(await offer(started, lead.email), paths("nl").acceptOffer(""));
    expect((await app.get(link)).status).toBe(200);
    await end(started);
    expect(await contact()).not.toBe(lead.email);
    expect((await app.get(link)).status).toBe(404);
    await app.post(link, {}, { headers: elsewhere() });
    const { answer } = await app.ctx.db
      .selectFrom("participations")
      .select("answer")
      .executeTakeFirstOrThrow();
    expect(answer, "the button of the old link decides nothing").toBeNull();
    expect(await (await app.get(link)).text()).not.toContain(sam);
  },
);

test("a link goes on working for whoever reads the mail now, and shows the address no longer than it can answer", async () => {
  const started = await startWithLead();
  const { app, lead } = started;
  const link = linkIn(await offer(started, lead.email), paths("nl").acceptOffer(""));
  await app.post(link, {}, { headers: elsewhere() });
  expect(await (await app.get(link)).text()).toContain(`mailto:${sam}`);
  app.advance(days(30));
  const later = await app.get(link);
  expect([later.status, (await later.text()).includes(sam)]).toEqual([200, false]);
});

test("a link of an older program answers, until the mail goes elsewhere", async () => {
  const started = await startWithLead();
  const { app, lead, owner, id } = started;
  await offer(started, lead.email);
  const row = await app.ctx.db.selectFrom("participations").select("id").executeTakeFirstOrThrow();
  const old = paths("nl").acceptOffer(app.ctx.keys.token("offer-accept", row.id));
  expect((await app.get(old)).status).toBe(200);
  app.advance(hours(1));
  await owner.post(to.part("islands", id, "contact"), { email: "team@slim.example" });
  expect((await app.get(old)).status).toBe(404);
});

test("the movement's mail and its links to judge a motivation end with the moderator's role", async () => {
  const app = await startTestApp({ env: ownNetworks });
  const owner = await signIn(app, "owner");
  const moderator = await signIn(app, "moderator", { email: "mo@voorbeeld.nl" });
  await app.ctx.db.updateTable("movement").set({ contact_email: moderator.email }).execute();
  const signed = await signAndConfirm(app, { email: sam, motivation: "Omdat het kan" });
  expect(signed).toBeDefined();
  const mail = (await app.mailbox(moderator.email)).at(-1)!;
  const link = linkIn(mail, "/manifest/motivatie/");
  expect((await app.get(link)).status).toBe(200);
  await owner.post(to.section("team"), { act: "end", id: await roleIdOf(app, moderator) });
  const { contact_email } = await app.ctx.db
    .selectFrom("movement")
    .select("contact_email")
    .executeTakeFirstOrThrow();
  expect(contact_email).toBeNull();
  expect((await app.get(link)).status).toBe(404);
  await app.post(link, { answer: "show" }, { headers: elsewhere() });
  const { motivation_state } = await app.ctx.db
    .selectFrom("signatures")
    .select("motivation_state")
    .executeTakeFirstOrThrow();
  expect(motivation_state).toBe("waiting");
});

test("who takes another address takes the initiative's mail along", async () => {
  const { app, lead, contact } = await startWithLead();
  const asked = await lead.post(to.all("account", "email"), { email: "lotte@nieuw.example" });
  await app.work();
  const code = (await app.mailbox("lotte@nieuw.example")).at(-1)!.text.match(/\b\d{6}\b/)![0];
  await lead.post(asked.headers.get("location")!, { code });
  expect(await contact()).toBe("lotte@nieuw.example");
});

/** The endings after which nothing is left: who becomes an editor of the initiative may still publish. */
const gone = endings.filter(([how]) => how === "is taken away" || how === "ends with the account");

test.each(gone)(
  "when a lead's role %s, texts that they planned wait, and who may publish hears so",
  async (_how, end) => {
    const started = await startWithLead();
    const { app, lead, heir, id } = started;
    const path = (await lead.post(to.newDocument("update", id))).headers.get("location")!;
    const text = { "title.nl": "Thee", "summary.nl": "Samen.", "body.nl": "Tekst." };
    await lead.post(`${path}/bewaren`, { version: "1", ...text });
    expect((await lead.post(`${path}/inplannen`, moment)).status).toBe(303);
    await run(app, "writing.due");
    expect(await (await heir.get(path)).text()).toContain("Dit gaat vanzelf uit.");

    await end(started);
    await run(app, "writing.due");
    const told = (await app.mailbox(heir.email)).at(-1);
    expect(told?.subject).toBe("“Thee” gaat niet meer vanzelf uit");
    expect(told?.text).toContain("8 februari 2027 om 09:00");
    expect(await (await heir.get(path)).text()).not.toContain("Dit gaat vanzelf uit.");
    app.advance(days(8));
    await run(app, "writing.due");
    expect(await app.ctx.db.selectFrom("updates").select("id").where("slug", "=", "thee").execute()).toEqual(
      [],
    );
  },
);

test("nor does it go out when its moment comes before anybody looked", async () => {
  const started = await startWithLead();
  const { app, lead, owner, id, team } = started;
  const path = (await lead.post(to.newDocument("update", id))).headers.get("location")!;
  await lead.post(`${path}/bewaren`, {
    version: "1",
    "title.nl": "Thee",
    "summary.nl": "S.",
    "body.nl": "T.",
  });
  await lead.post(`${path}/inplannen`, moment);
  app.advance(days(8));
  await owner.post(team, { act: "end", id: await roleIdOf(app, lead) });
  await app.work();
  expect(await app.ctx.db.selectFrom("updates").select("id").where("slug", "=", "thee").execute()).toEqual(
    [],
  );
});

test("an edition that was scheduled by who may no longer send it becomes a draft, and who may send hears so", async () => {
  const app = await startTestApp({ now: new Date("2027-02-01T09:00:00Z") });
  const newsletterId = await newsletterOf(app.ctx.db);
  await subscribers(app.ctx.db, newsletterId, 3, ["een.example"]);
  const owner = await signIn(app, "owner", { email: "olga@voorbeeld.nl" });
  const editor = await signIn(app, "editor");
  const id = await write(app, editor, { newsletterId });
  const page = await pageOf(editor, id);
  await editor.post(to.part("editions", id, "schedule"), { seen: seenIn(page), ...moment });
  const stateOf = async () =>
    app.ctx.db
      .selectFrom("editions")
      .select(["state", "send_at"])
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
  expect((await stateOf()).state).toBe("scheduled");
  await owner.post(to.section("team"), { act: "end", id: await roleIdOf(app, editor) });
  const loop = startSendingLoop(app.ctx, 50);
  onTestFinished(loop.stop);
  app.advance(days(8));
  await new Promise((done) => setTimeout(done, 500));
  expect((await stateOf()).state, "not even in the minute before anybody looked").toBe("scheduled");
  await run(app, "editions.orphaned");
  expect(await stateOf()).toEqual({ state: "draft", send_at: null });
  const told = (await app.mailbox(owner.email)).at(-1);
  expect(told?.subject).toContain("gaat niet meer vanzelf uit");
  expect(await app.ctx.db.selectFrom("deliveries").select("id").execute()).toEqual([]);
});
