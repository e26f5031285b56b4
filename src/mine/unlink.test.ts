import { expect, onTestFinished, test, vi } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
import { busy, doEverything, ownNetworks } from "../../tests/support/mine.ts";
import { columnsToPeople, leaveTraces } from "../../tests/support/mine-work.ts";
import { givenDelivery } from "../../tests/support/returned.ts";
import { edition, expectToAddUp, finished, newsletterOf, subscribers } from "../../tests/support/sending.ts";
import { startSmtpSink } from "../../tests/support/smtp-sink.ts";
import { days, startTestApp } from "../../tests/support/test-app.ts";
import { tracesOf } from "../../tests/support/traces.ts";
import { givenTip } from "../../tests/support/work.ts";
import { tellMoved } from "../accounts/account.ts";
import { storeMail } from "../bounces/operations.ts";
import { draftFromTip } from "../contact/desk-operations.ts";
import { startSendingLoop } from "../deliveries/loop.ts";
import { goOn, stopSending } from "../deliveries/operations.ts";
import { removeWhatIsOld } from "../retention/jobs.ts";
import { updateDocument } from "../updates/document.ts";
import { saveDocument } from "../writing/operations.ts";
import { eraseEverything } from "./operations.ts";

const start = () => startTestApp({ env: ownNetworks });

test("who worked here goes from everything that others go on with: no column, no JSON, no queue names them", async () => {
  const app = await start();
  await doEverything(app);
  const { personId, draft, text } = await leaveTraces(app, busy.email, {
    name: busy.name,
    place: "Sterrenwijk",
  });
  const { id: delivery } = await givenDelivery(app, busy.email);
  await app.ctx.db.updateTable("deliveries").set({ state: "waiting", code: null }).execute();
  await storeMail(app.ctx, { raw: Buffer.from(`To: x@example.org\n\nAan ${busy.email}`), size: 9 });
  await app.work();
  await app.ctx.jobs.enqueue(tellMoved, { id: draft, email: busy.email, language: "nl", personId });
  // Another owner is there, so this one may go.
  await signIn(app, "owner");

  const columns = await columnsToPeople(app);
  const before = await tracesOf(app, [personId]);
  const named = columns.map(({ table, column }) => `public.${table}.${column}`);
  const never = ["public.inbound_mails.person_id", "public.visit_sessions.person_id"];
  expect(before).toEqual(expect.arrayContaining(named.filter((column) => !never.includes(column))));
  expect(before).toContain("public.documents.saves");
  expect(await tracesOf(app, [busy.email])).toEqual(
    expect.arrayContaining([
      "public.import_rows.key",
      "public.invitations.email",
      "public.inbound_mails.raw",
      "pgboss.job_common.data",
    ]),
  );

  expect(await eraseEverything(app.ctx, personId)).toEqual({ kind: "erased" });
  // For a month, so that no backup brings them back.
  const register = ["public.erasures.person_id"];
  expect(await tracesOf(app, [personId, ...busy.words])).toEqual(register);
  await app.work();
  expect(await tracesOf(app, [personId, ...busy.words]), "also when all work is done").toEqual(register);
  app.advance(days(32));
  await removeWhatIsOld.run(app.ctx, {});
  expect(await tracesOf(app, [personId, ...busy.words]), "and after that").toEqual([]);

  const { db } = app.ctx;
  const kept = async (id: string) =>
    db.selectFrom("documents").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
  expect((await kept(text)).content).toMatchObject({ title: { nl: "Uit de stad" }, body: { nl: "Nieuws." } });
  expect((await kept(text)).saves).toEqual([expect.objectContaining({ version: 2, by: null })]);
  expect((await kept(draft)).content).toMatchObject({
    ...{ title: { nl: "" }, summary: { nl: "Van een tip." }, body: { nl: "…" } },
  });
  expect(await db.selectFrom("deliveries").selectAll().where("id", "=", delivery).executeTakeFirst()).toEqual(
    expect.objectContaining({
      ...{ state: "skipped", code: "erased", domain: "", person_id: null, subscription_id: null },
    }),
  );
  expect(await db.selectFrom("import_rows").select("key").execute()).toEqual([{ key: "ander@example.org" }]);
});

test("who is erased takes no one along whose address ends like theirs", async () => {
  const app = await start();
  const { db } = app.ctx;
  const an = await signIn(app, null, { email: "an@voorbeeld.nl" });
  const others = ["jan@voorbeeld.nl", "su.an@voorbeeld.nl", "an@voorbeeld.nl.example", "d'an@voorbeeld.nl"];
  const theirs = ["an@voorbeeld.nl", "'AN@voorbeeld.nl'", "Mail:\nan@voorbeeld.nl.", "naar=an@voorbeeld.nl"];
  const file = await db
    .insertInto("imports")
    .values({
      ...{ kind: "subscribers", newsletter_id: null, initiative_id: null, made_by: null },
      ...{ made_at: app.ctx.now(), file_name: "lijst.csv", encoding: "utf-8", delimiter: "," },
      ...{ header: '["e-mail"]', columns: null, statement: null, statement_day: null, statement_by: null },
      ...{ state: "checked", rows: 8, worked_at: app.ctx.now(), finished_at: null, cleared_at: null },
      counts: "{}",
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  for (const [at, address] of [...others, ...theirs].entries()) {
    const row = { import_id: file.id, data: null, outcome: null, reason: null, key: null, number: at + 2 };
    await db
      .insertInto("import_rows")
      .values({ ...row, cells: JSON.stringify([address]) })
      .execute();
    await storeMail(app.ctx, { raw: Buffer.from(`To: x@example.org\n\nUser ${address}`), size: 9 });
    const job = { id: crypto.randomUUID(), personId: crypto.randomUUID(), language: "nl" as const };
    await app.ctx.jobs.enqueue(tellMoved, { ...job, email: address });
  }
  await storeMail(app.ctx, { raw: Buffer.from("\nX-Failed:=3Dan@voorbeeld.nl=0A"), size: 9 });

  expect(await eraseEverything(app.ctx, an.personId)).toEqual({ kind: "erased" });
  const rows = await db.selectFrom("import_rows").select("cells").orderBy("number").execute();
  expect(rows.flatMap(({ cells }) => cells)).toEqual(others);
  const mails = await db.selectFrom("inbound_mails").select("raw").execute();
  expect(mails.map(({ raw }) => String(raw).split("User ")[1]).sort()).toEqual([...others].sort());
  await app.work();
  expect((await app.mailbox()).map(({ recipient }) => recipient).sort()).toEqual([...others].sort());
});

test("who goes while an edition is under way is skipped, and the account still adds up to the end", async () => {
  const sink = await startSmtpSink();
  const env = { SMTP_URL: sink.url, SEND_RATE: "10", SEND_RATE_DOMAIN: "10" };
  const app = await startTestApp({ env });
  const { db } = app.ctx;
  const newsletterId = await newsletterOf(db);
  await subscribers(db, newsletterId, 40, ["een.example"]);
  const id = await edition(db, { newsletterId });
  const loop = startSendingLoop(app.ctx, 50);
  onTestFinished(loop.stop);
  await vi.waitFor(() => expect(sink.received.length).toBeGreaterThan(0), 10_000);
  await stopSending(app.ctx, id);
  const gone = await db
    .selectFrom("deliveries as d")
    .innerJoin("people as p", "p.id", "d.person_id")
    .select(["p.id", "p.email"])
    .where("d.state", "=", "waiting")
    .executeTakeFirstOrThrow();
  expect(await eraseEverything(app.ctx, gone.id)).toEqual({ kind: "erased" });
  await goOn(app.ctx, id);
  await finished(db, id);
  await expectToAddUp(app.ctx, id);
  const skipped = await db.selectFrom("deliveries").selectAll().where("state", "=", "skipped").execute();
  expect(skipped).toEqual([expect.objectContaining({ code: "erased", person_id: null, domain: "" })]);
  expect(sink.received).toHaveLength(39);
  expect(sink.received.flatMap(({ envelope }) => envelope.to)).not.toContain(gone.email);
});

test("the words of a tip go from its draft however its editor wrote them, and what the editor wrote stays", async () => {
  const app = await start();
  const { db } = app.ctx;
  const { id: initiativeId } = await app.given.initiative();
  const editor = await signIn(app, "editor");
  const tip = await givenTip(app, {
    email: "an@voorbeeld.nl",
    text: "In onze wijk-tuin groeien 3 bomen.\nDat deden wij zelf, met de buren.\n\nBel mij - graag - terug.",
  });
  const doing = { id: tip.id, personId: editor.personId, initiativeId };
  const draft = (await draftFromTip(app.ctx, doing, initiativeId))!;
  const editors = [
    "Wij gingen kijken.\n\n> In onze wijk-tuin groeien 3 bomen. Dat deden **wij zelf**, met de buren.\n>\n" +
      "> Bel mij - graag - terug.\n\nEn zo is het.",
    "Aan het begin: in onze wijk\\-tuin groeien 3 bomen\\. En zo is het.",
  ];
  for (const [at, body] of editors.entries()) {
    const content = {
      title: { nl: "Groen", en: "" },
      summary: { nl: "", en: "" },
      body: { nl: body, en: "" },
    };
    const save = { id: draft, personId: editor.personId, version: at + 1 };
    expect(await saveDocument(app.ctx, updateDocument, { ...save, content })).toMatchObject({
      kind: "saved",
    });
  }
  const an = await db
    .selectFrom("people")
    .select("id")
    .where("email", "=", "an@voorbeeld.nl")
    .executeTakeFirstOrThrow();
  expect(await eraseEverything(app.ctx, an.id)).toEqual({ kind: "erased" });
  expect(await tracesOf(app, ["bomen", "buren", "terug."])).toEqual([]);
  const left = await db.selectFrom("documents").select("content").executeTakeFirstOrThrow();
  expect(left.content).toMatchObject({ title: { nl: "Groen" }, body: { nl: "Aan het begin…En zo is het." } });
});

test("a draft of somebody's tip that nobody worked on goes with them; what is out stays", async () => {
  const app = await start();
  const { db } = app.ctx;
  const { id: initiativeId } = await app.given.initiative();
  const editor = await signIn(app, "editor");
  const draftOf = async (email: string) => {
    const { id } = await givenTip(app, { email, text: "In Sterrenwijk\nkan het al." });
    const doing = { id, personId: editor.personId, initiativeId };
    return (await draftFromTip(app.ctx, doing, initiativeId))!;
  };
  const unread = await draftOf("an@voorbeeld.nl");
  const out = await draftOf("bo@voorbeeld.nl");
  await db.updateTable("documents").set({ published_at: app.ctx.now() }).where("id", "=", out).execute();
  for (const email of ["an@voorbeeld.nl", "bo@voorbeeld.nl"]) {
    const { id } = await db
      .selectFrom("people")
      .select("id")
      .where("email", "=", email)
      .executeTakeFirstOrThrow();
    await eraseEverything(app.ctx, id);
  }
  const left = await db.selectFrom("documents").select(["id", "content"]).execute();
  expect(left.map(({ id }) => id)).toEqual([out]);
  expect(unread).not.toBe(out);
  expect(JSON.stringify(left[0]?.content)).toContain("Sterrenwijk");
});
