import { expect, test } from "vitest";
import { linkIn } from "../../tests/support/acts.ts";
import { workHere } from "../../tests/support/desk.ts";
import {
  askCode,
  busy,
  doEverything,
  elsewhere,
  openMine,
  ownNetworks,
  postAs,
  readAs,
} from "../../tests/support/mine.ts";
import { letMailComeBack } from "../../tests/support/returned.ts";
import { signAndConfirm } from "../../tests/support/signing.ts";
import { hours, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { tracesOf } from "../../tests/support/traces.ts";
import { sendConfirmation } from "../confirmations/operations.ts";
import { sendTip } from "../contact/operations.ts";
import { sendWelcome } from "../newsletters/operations.ts";
import { sendAnswer, sendOffer } from "../participation/operations.ts";
import { paths } from "../paths.ts";
import { askModerator, sendThanks } from "../signatures/operations.ts";
import { mineCommands } from "./commands.ts";
import { sendCode } from "./opening.ts";
import { eraseEverything } from "./operations.ts";

const to = paths("nl");
const start = () => startTestApp({ env: ownNetworks });

const countOnWall = async (app: TestApp) =>
  (await app.ctx.db.selectFrom("signatures").select("id").execute()).length;

test("erasing asks once, happens at once, and leaves no trace of address or name anywhere", async () => {
  const app = await start();
  await doEverything(app);
  await letMailComeBack(app, busy.email);
  const cookie = await openMine(app, busy.email);
  const asked = await (await readAs(app, cookie, to.minePart("erase"))).text();
  for (const told of ["Je ondertekening", "Wat op je bevestiging wacht", "Wat blijft er?", "Reservekopieën"])
    expect(asked).toContain(told);
  expect(await tracesOf(app, busy.words), "the search finds what is there").toEqual(
    expect.arrayContaining([
      "public.people.email",
      "public.signatures.search",
      "public.signature_words.word",
      "public.organisations.name",
      "public.acts.payload",
      "public.mailbox.text",
    ]),
  );
  const before = await countOnWall(app);

  const erased = await postAs(app, cookie, to.minePart("erase"));
  expect([erased.status, erased.headers.get("location")]).toEqual([303, to.minePart("erased")]);
  expect(erased.headers.getSetCookie()[0]).toMatch(/^archipel-mijn=; Max-Age=0/);
  expect(await (await app.get(to.minePart("erased"))).text()).toContain("Alles is gewist");
  expect(await tracesOf(app, busy.words)).toEqual([]);
  await app.work();
  expect(await tracesOf(app, busy.words), "also when all work is done").toEqual([]);

  expect(await countOnWall(app)).toBe(before - 1);
  expect(await (await readAs(app, cookie, to.mine)).text()).toContain("Stuur mij een code");
  const others = await app.ctx.db.selectFrom("people").select("email").orderBy("email").execute();
  expect(others.map(({ email }) => email)).toEqual(["collega@voorbeeld.nl", "door.iemand@elders.example"]);
});

test("a team with an open offer hears that it is gone, under the mail it had, and without the name", async () => {
  const app = await start();
  await doEverything(app);
  const [open] = await app.ctx.db
    .selectFrom("participations")
    .selectAll()
    .where("answer", "is", null)
    .execute();
  const cookie = await openMine(app, busy.email);
  const before = (await app.mailbox()).length;
  await postAs(app, cookie, to.minePart("erase"));
  await app.work();
  const mails = (await app.mailbox()).filter(({ subject }) => subject.includes("is ingetrokken"));
  expect(mails, "not the team that said yes").toHaveLength(1);
  expect(mails[0]?.headers["In-Reply-To"]).toBe(`<offer-${open!.id}@localhost>`);
  expect(mails[0]?.text).not.toContain("Sanne");
  expect((await app.mailbox()).length).toBeLessThan(before);
});

test("work in flight for the person stops: mails that stood on the queue are never sent", async () => {
  const app = await start();
  await doEverything(app);
  const { db, jobs } = app.ctx;
  const { id: person } = await db
    .selectFrom("people")
    .select("id")
    .where("email", "=", busy.email)
    .executeTakeFirstOrThrow();
  const idOf = async (table: "subscriptions" | "participations" | "tips" | "signatures") =>
    (await db.selectFrom(table).select("id").where("person_id", "=", person).executeTakeFirstOrThrow()).id;
  const waiting = await db
    .selectFrom("confirmation_acts as l")
    .innerJoin("acts as a", "a.id", "l.act_id")
    .select("l.confirmation_id as id")
    .where("a.email", "=", busy.email)
    .executeTakeFirstOrThrow();
  // As if none had been sent yet.
  await db.updateTable("tips").set({ mailed_at: null }).execute();
  await db.updateTable("participations").set({ mailed_at: null }).execute();
  await db.updateTable("confirmations").set({ mailed_at: null }).execute();
  await askCode(app, busy.email);
  const code = await db.selectFrom("visit_codes").select("id").executeTakeFirstOrThrow();
  const queued = async () => {
    await jobs.enqueue(sendWelcome, { id: await idOf("subscriptions") });
    await jobs.enqueue(sendOffer, { id: await idOf("participations") });
    await jobs.enqueue(sendAnswer, { id: await idOf("participations") });
    await jobs.enqueue(sendTip, { id: await idOf("tips") });
    await jobs.enqueue(sendThanks, { id: await idOf("signatures") });
    await jobs.enqueue(askModerator, { id: await idOf("signatures") });
    await jobs.enqueue(sendConfirmation, { id: waiting.id });
    await jobs.enqueue(sendCode, { id: code.id });
  };
  await queued();
  expect(await eraseEverything(app.ctx, person)).toEqual({ kind: "erased" });
  const before = (await app.mailbox()).length;
  expect(await app.work()).toBeGreaterThanOrEqual(9);
  expect(await app.mailbox()).toHaveLength(before);
});

test("the same jobs do send as long as the person is there", async () => {
  const app = await start();
  await doEverything(app);
  const before = (await app.mailbox()).length;
  const row = await app.ctx.db
    .selectFrom("subscriptions")
    .select("id")
    .where("ended_at", "is", null)
    .executeTakeFirstOrThrow();
  await app.ctx.jobs.enqueue(sendWelcome, { id: row.id });
  await app.work();
  expect((await app.mailbox()).length).toBe(before + 1);
});

test("a word or organisation that somebody else shows too stays", async () => {
  const app = await start();
  await signAndConfirm(app, { email: "an@voorbeeld.nl", name: "An Jansen", organisation: "Gemeente Ergens" });
  await signAndConfirm(app, { email: "bo@voorbeeld.nl", name: "Bo Jansen", organisation: "gemeente ergens" });
  const cookie = await openMine(app, "an@voorbeeld.nl");
  await postAs(app, cookie, to.minePart("erase"));
  const words = (await app.ctx.db.selectFrom("signature_words").select("word").execute()).map(
    ({ word }) => word,
  );
  expect(words).toEqual(expect.arrayContaining(["bo", "jansen", "gemeente", "ergens"]));
  expect(words).not.toContain("an");
  expect(await app.ctx.db.selectFrom("organisations").select("name").execute()).toHaveLength(1);
});

test("confirming and erasing at the same moment end with all of it or nothing, never stuck", async () => {
  const app = await start();
  await doEverything(app);
  const mail = (await app.mailbox(busy.email)).at(-1)!;
  const link = linkIn(mail, "/bevestigen/");
  const cookie = await openMine(app, busy.email);
  const [, erased] = await Promise.all([
    app.post(link, {}, { headers: elsewhere() }),
    postAs(app, cookie, to.minePart("erase")),
  ]);
  expect(erased.headers.get("location")).toBe(to.minePart("erased"));
  const { db } = app.ctx;
  const people = await db.selectFrom("people").select("id").where("email", "=", busy.email).execute();
  const tips = await db.selectFrom("tips").selectAll().execute();
  expect(tips).toHaveLength(people.length);
});

test("twice is as good as once, every visit ends, and one can come back as new", async () => {
  const app = await start();
  await signAndConfirm(app, { email: "an@voorbeeld.nl", name: "An" });
  const first = await openMine(app, "an@voorbeeld.nl");
  app.advance(hours(0.5));
  const second = await openMine(app, "an@voorbeeld.nl");
  const answers = await Promise.all([first, second].map((one) => postAs(app, one, to.minePart("erase"))));
  expect(answers.map(({ status }) => status)).toEqual([303, 303]);
  for (const cookie of [first, second])
    expect(await (await readAs(app, cookie, to.mine)).text()).toContain("Stuur mij een code");
  app.advance(hours(2));
  await signAndConfirm(app, { email: "an@voorbeeld.nl", name: "An" });
  expect(await countOnWall(app)).toBe(1);
});

test("after a restored backup, an operator erases again by the number in the log", async () => {
  const app = await start();
  await signAndConfirm(app, { email: "an@voorbeeld.nl", name: "An" });
  const { id } = await app.ctx.db.selectFrom("people").select("id").executeTakeFirstOrThrow();
  const said: string[] = [];
  const [command] = mineCommands;
  await expect(command!.run(app.ctx, ["an@voorbeeld.nl"], () => {})).rejects.toThrow("Say who");
  await command!.run(app.ctx, [id, "00000000-0000-4000-8000-000000000000"], (line) => said.push(line));
  expect(said.map((line) => line.split("  ")[1])).toEqual(["erased", "not-found"]);
  expect(await countOnWall(app)).toBe(0);
});

test("who works here goes with roles, sessions and passkeys; the only owner makes another one first", async () => {
  const app = await start();
  await signAndConfirm(app, { email: "an@voorbeeld.nl", name: "An Jansen" });
  const owner = await workHere(app, "an@voorbeeld.nl", "owner");
  const cookie = await openMine(app, "an@voorbeeld.nl");
  const refused = await postAs(app, cookie, to.minePart("erase"));
  expect([refused.status, await refused.text()]).toEqual([
    409,
    expect.stringContaining("Je bent de enige eigenaar"),
  ]);
  const [people] = await app.ctx.db.selectFrom("people").select("id").execute();
  expect(people?.id).toBe(owner.personId);

  await app.ctx.db.updateTable("roles").set({ role: "editor" }).execute();
  const inviting = { role: "owner" as const, initiative_id: null, language: "nl" as const, invited_by: null };
  const until = new Date(app.ctx.now().getTime() + hours(24));
  await app.ctx.db
    .insertInto("invitations")
    .values({ ...inviting, email: "an@voorbeeld.nl", made_at: app.ctx.now(), expires_at: until })
    .execute();
  const erased = await postAs(app, cookie, to.minePart("erase"));
  expect(erased.headers.get("location")).toBe(to.minePart("erased"));
  const left = await Promise.all(
    (["roles", "sessions", "passkeys", "oidc_identities", "invitations"] as const).map((table) =>
      app.ctx.db
        .selectFrom(table)
        .select(({ fn }) => fn.countAll().as("rows"))
        .executeTakeFirst(),
    ),
  );
  expect(left).toEqual(Array(5).fill({ rows: 0 }));
});
