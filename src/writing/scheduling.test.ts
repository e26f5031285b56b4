import { sql } from "kysely";
import { expect, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
import { hours, minutes, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";
import { paths } from "../paths.ts";
import { updateDocument } from "../updates/document.ts";
import { writingJobs } from "./jobs.ts";
import { DocumentKinds } from "./kinds.ts";
import { publishDue } from "./scheduling.ts";

const to = desk("nl");
const story = { "title.nl": "Thee", "summary.nl": "Samen.", "body.nl": "Tekst." };
const live = paths("nl").island("theehuis").update("thee");
const kinds = new DocumentKinds(updateDocument);

/** The night in which summer time begins, and a draft that is whole. */
async function draft(now: string) {
  const app = await startTestApp({ now: new Date(now) });
  const island = await app.given.initiative({ slug: "theehuis" });
  const lead = await signIn(app, "lead", { initiativeId: island.id });
  const path = (await lead.post(to.newDocument("update", island.id))).headers.get("location")!;
  await lead.post(`${path}/bewaren`, { version: "1", ...story });
  const id = path.split("/").at(-1)!;
  const plan = (day: string, month: string, year: string, hour: string, minute: string, which = "") =>
    lead.post(`${path}/inplannen`, { day, month, year, hour, minute, which });
  return { app, island, lead, path, id, plan };
}

/** What the worker does every minute. */
const everyMinute = async (app: TestApp) => {
  for (const job of writingJobs(kinds)) if (job.name === "writing.due") await job.run(app.ctx, {});
};
const published = async (app: TestApp) =>
  (await app.ctx.db.selectFrom("revisions").select("number").where("what", "=", "published").execute())
    .length;

test("across the beginning of summer time: 03:30 is half an hour after 01:59", async () => {
  const { app, path, lead, plan } = await draft("2027-03-27T20:00:00Z");
  const skipped = await plan("28", "3", "2027", "02", "30");
  expect(skipped.status).toBe(422);
  const text = await skipped.text();
  expect(text).toContain("gaat de klok van 02:00 meteen naar 03:00");
  expect(text, "what was typed stays").toContain('value="30"');

  expect((await plan("28", "3", "2027", "03", "30")).status).toBe(303);
  const page = await (await lead.get(path)).text();
  expect(page).toContain("28 maart 2027 om 03:30");
  expect(page).toContain("Nederlandse tijd");
  app.advance(hours(5) + minutes(29)); // 01:29 UTC
  await everyMinute(app);
  expect((await app.get(live)).status).toBe(404);
  app.advance(minutes(1));
  await everyMinute(app);
  expect((await app.get(live)).status).toBe(200);
  await everyMinute(app);
  expect(await published(app)).toBe(1);
});

test("the hour that comes twice in October asks which one", async () => {
  const { app, plan } = await draft("2027-10-30T20:00:00Z");
  const asked = await plan("31", "10", "2027", "02", "30");
  expect(asked.status).toBe(422);
  expect(await asked.text()).toContain("De tweede keer, een uur later (wintertijd)");
  expect((await plan("31", "10", "2027", "02", "30", "second")).status).toBe(303);
  app.advance(hours(5) + minutes(29)); // 01:29 UTC: the first time has long been
  await everyMinute(app);
  expect((await app.get(live)).status).toBe(404);
  app.advance(minutes(1));
  await everyMinute(app);
  expect((await app.get(live)).status).toBe(200);
});

test("it goes out once, whoever tries at the same time, and by the queue at its moment", async () => {
  const { app, id, plan } = await draft("2027-05-01T08:00:00Z");
  await plan("1", "5", "2027", "11", "00");
  app.advance(hours(2));
  await Promise.all([1, 2, 3, 4].map(() => publishDue(app.ctx, kinds, id)));
  expect(await published(app)).toBe(1);
  const noted = await app.ctx.db.selectFrom("audit").select("action").orderBy("id").execute();
  expect(noted.map(({ action }) => action)).toEqual(["writing.schedule", "writing.publish"]);
});

test("a changed moment counts, the earlier one does nothing; what is cancelled stays a draft", async () => {
  const { app, id, lead, path, plan } = await draft("2027-05-01T08:00:00Z");
  await plan("1", "5", "2027", "11", "00");
  await plan("1", "5", "2027", "13", "00");
  app.advance(hours(1.5));
  await publishDue(app.ctx, kinds, id);
  expect((await app.get(live)).status, "11:00 is no longer its moment").toBe(404);
  expect((await lead.post(`${path}/niet-inplannen`)).status).toBe(303);
  app.advance(hours(10));
  await publishDue(app.ctx, kinds, id);
  expect((await app.get(live)).status).toBe(404);
});

test("what is incomplete cannot be scheduled, nor can the past", async () => {
  const { app, lead, path, plan } = await draft("2027-05-01T08:00:00Z");
  expect((await plan("30", "4", "2027", "11", "00")).status).toBe(422);
  expect((await plan("31", "4", "2027", "11", "00")).status).toBe(422);
  expect((await plan("x", "", "", "", "")).status).toBe(422);
  await lead.post(`${path}/bewaren`, { version: "2", ...story, "summary.nl": "" });
  const answer = await plan("1", "6", "2027", "11", "00");
  expect(answer.status).toBe(422);
  expect(await answer.text()).toContain("field-summary-nl");
  expect(await app.ctx.db.selectFrom("documents").select("publish_at").execute()).toEqual([
    { publish_at: null },
  ]);
});

test("what became incomplete before its moment stays a draft, and who planned it hears so until it is mended", async () => {
  const { app, lead, path, plan } = await draft("2027-05-01T08:00:00Z");
  await plan("1", "5", "2027", "11", "00");
  await lead.post(`${path}/bewaren`, { version: "2", ...story, "summary.nl": "" });
  app.advance(hours(2));
  await everyMinute(app);
  expect((await app.get(live)).status).toBe(404);
  expect(await (await lead.get(path)).text()).toContain("Dat lukte niet");

  await app.work();
  const [mail, ...more] = await app.mailbox(lead.email);
  expect(more).toEqual([]);
  expect(mail?.subject).toBe("“Thee” is niet uitgegaan");
  expect(mail?.text).toContain("Op 1 mei 2027 om 11:00 zou “Thee” vanzelf uitgaan");
  expect(mail?.text).toContain("Samenvatting: Vul dit nog in");
  expect(mail?.text).toContain(app.origin + path);
  const failed = async () => (await lead.get(`${to.section("updates")}?stand=failed`)).text();
  const start = async () => (await lead.get(to.home)).text();
  expect(await start()).toMatch(/Niet vanzelf uitgegaan[\s\S]*Thee/);
  expect(await failed()).toMatch(/Thee[\s\S]*Inplannen mislukt<\/span> 1 mei 2027 om 11:00/);

  expect((await lead.post(`${path}/niet-inplannen`)).status).toBe(303);
  expect(await (await lead.get(path)).text()).not.toContain("Dat lukte niet");
  expect(await failed()).not.toContain("Thee");
  expect(await start()).not.toContain("Niet vanzelf uitgegaan");
});

test("who works here no longer gets no mail about a text", async () => {
  const { app, lead, path, plan } = await draft("2027-05-01T08:00:00Z");
  await plan("1", "5", "2027", "11", "00");
  await lead.post(`${path}/bewaren`, { version: "2", ...story, "summary.nl": "" });
  await app.ctx.db.deleteFrom("roles").where("person_id", "=", lead.personId).execute();
  app.advance(hours(2));
  await everyMinute(app);
  await app.work();
  expect(await app.mailbox(lead.email)).toEqual([]);
});

test("a text that breaks keeps no other from going out; it is given up after ten minutes", async () => {
  const { app, island, lead, path, plan } = await draft("2027-05-01T08:00:00Z");
  const other = (await lead.post(to.newDocument("update", island.id))).headers.get("location")!;
  await lead.post(`${other}/bewaren`, { version: "1", ...story, "title.nl": "Koek" });
  await plan("1", "5", "2027", "11", "00");
  await lead.post(`${other}/inplannen`, { day: "1", month: "5", year: "2027", hour: "11", minute: "05" });
  await sql`create function break() returns trigger language plpgsql as $$ begin
    if new.slug = 'thee' then raise 'broken'; end if; return new; end $$`.execute(app.ctx.db);
  await sql`create trigger break before insert on updates for each row execute function break()`.execute(
    app.ctx.db,
  );
  const states = async () => {
    const page = await (await lead.get(`${to.section("updates")}?zoek=thee`)).text();
    return [...page.matchAll(/writing-state--(\w+)/g)].map(([, name]) => name);
  };
  app.advance(hours(1) + minutes(5));
  await everyMinute(app);
  expect((await app.get(paths("nl").island("theehuis").update("koek"))).status).toBe(200);
  expect(await states(), "it is tried again").toEqual(["scheduled"]);
  app.advance(minutes(5));
  await everyMinute(app);
  expect(await states()).toEqual(["failed"]);
  expect(await (await lead.get(path)).text()).toContain("Dat lukte niet");
  await app.work();
  const mails = await app.mailbox(lead.email);
  expect(mails.map(({ text }) => text).join()).toContain("Aan je tekst ligt het niet");
});

test("the queue holds the moment itself, so that nothing waits for the next minute", async () => {
  const { app, plan } = await draft("2027-05-01T08:00:00Z");
  await plan("1", "5", "2027", "11", "00");
  const { rows } = await sql<{ at: Date }>`
    select start_after as at from pgboss.job where name = 'writing.publish'`.execute(app.ctx.db);
  expect(rows).toEqual([{ at: new Date("2027-05-01T09:00:00Z") }]);
});
