import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { migrations } from "../../migrations/index.ts";
import { allOfIt, linkIn, rejectLinkIn } from "../../tests/support/acts.ts";
import { hours, minutes, startTestApp } from "../../tests/support/test-app.ts";
import { createDatabase, dropDatabase, serverUrl } from "../../tests/support/test-database.ts";
import { tipAct } from "../contact/operations.ts";
import { paths } from "../paths.ts";
import { migrate } from "../platform/migrate.ts";
import { signAct } from "../signatures/operations.ts";
import { lookForDueMails } from "./jobs.ts";
import { sendConfirmation } from "./operations.ts";

const to = paths("nl");
const hour = hours(1);

const tip = (text: string) =>
  tipAct({ to: null, kind: "idea", text, name: "An", organisation: null, place: null, link: null });
const signature = signAct({
  ...{ version: 1, appearance: "counted", name: "An", role: null, organisation: null, place: null },
  ...{ motivation: null, principles: [], invitedBy: null, consent: "Tel mij mee" },
  batch: crypto.randomUUID(),
});

/** A database from before acts had rows of their own, with what `fill` puts in; then brought up to date. */
async function upgraded(
  fill: (add: (row: Record<string, unknown>) => Promise<string>, client: pg.Client) => Promise<void>,
) {
  const database = await createDatabase();
  onTestFinished(async () => {
    await dropDatabase(database);
  });
  const url = serverUrl(database);
  await migrate(url, Object.fromEntries(Object.entries(migrations).filter(([name]) => name < "0016")));
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const now = Date.now();
  const add = async (row: Record<string, unknown>) => {
    const whole: Record<string, unknown> = {
      ...{ email: "an@voorbeeld.nl", name: "An", language: "nl", acts_hash: crypto.randomUUID() },
      ...{ origin: "http://localhost", site_name: "Archipel", form_url: "http://localhost/contact" },
      ...{ created_at: new Date(now - hour), send_at: new Date(now - hour), queued_at: new Date(now - hour) },
      ...{ mailed_at: null, ...row, acts: JSON.stringify(row.acts) },
    };
    const names = Object.keys(whole);
    const { rows } = await client.query<{ id: string }>(
      `insert into confirmations (${names.join(", ")}) values (${names.map((_, n) => `$${n + 1}`).join(", ")}) returning id`,
      Object.values(whole),
    );
    return rows[0]!.id;
  };
  try {
    await client.query(
      'insert into movement (name, tagline, summary, mission) select t, t, t, t from (values (\'{"nl": "Archipel"}\'::jsonb)) as v (t)',
    );
    await client.query(
      `insert into manifestos select 1, t, t, t, '[]', t, '[]', t, now() from (values ('{"nl": "Manifest"}'::jsonb)) as v (t)`,
    );
    await fill(add, client);
  } finally {
    await client.end();
  }
  const app = await startTestApp({ beside: { database }, starter: "none" });
  return { app, linkOf: (id: string) => to.confirm(app.ctx.keys.token("confirmation", id)) };
}

test("links that left before the upgrade confirm and reject what their mail listed", async () => {
  let one = "";
  let two = "";
  let other = "";
  const mailed_at = new Date(Date.now() - hour);
  const { app, linkOf } = await upgraded(async (add) => {
    one = await add({ acts: [tip("een")], mailed_at });
    two = await add({ acts: [signature, tip("twee")], email: "bo@voorbeeld.nl", mailed_at });
    other = await add({ acts: [tip("drie")], email: "cor@voorbeeld.nl", mailed_at });
  });
  const press = await app.post(linkOf(one), {});
  expect(press.status, "also from a page that was open during the upgrade").toBe(303);
  const page = await (await app.get(linkOf(two))).text();
  expect(page.match(/type="checkbox"/g)).toHaveLength(2);
  await app.post(linkOf(two), allOfIt);
  await app.post(`${linkOf(other)}/dit-was-ik-niet`, {});
  expect(await (await app.get(linkOf(other))).text()).toContain("Alles is verwijderd");
  const tips = await app.ctx.db.selectFrom("tips").select("text").orderBy("text").execute();
  expect(tips.map(({ text }) => text)).toEqual(["een", "twee"]);
  expect(await app.ctx.db.selectFrom("signatures").select("id").execute()).toHaveLength(1);
});

test("what waited for its mail is mailed, and what was on the queue is mailed by it", async () => {
  const later = new Date(Date.now() + 2 * hour);
  let queued = "";
  const { app } = await upgraded(async (add, client) => {
    queued = await add({ acts: [tip("op de rij")] });
    await add({ acts: [tip("straks")], send_at: later, queued_at: null });
    await add({
      acts: [tip("nog later"), signature],
      send_at: new Date(Date.now() + 9 * hour),
      queued_at: null,
    });
    const planned = "insert into confirmation_mails (address_hash, planned_at) values ('x', $1)";
    await client.query(planned, [later]);
  });
  expect(await app.ctx.db.selectFrom("confirmation_mails").selectAll().execute()).toEqual([]);
  await app.ctx.jobs.enqueue(sendConfirmation, { id: queued });
  await app.work();
  const [first] = await app.mailbox("an@voorbeeld.nl");
  expect(first?.text.match(/Je idee versturen/g)).toHaveLength(1);
  app.advance(2 * hour + minutes(1));
  await lookForDueMails.run(app.ctx, {});
  await app.work();
  const second = (await app.mailbox("an@voorbeeld.nl"))[1]!;
  await app.post(linkIn(second, "/bevestigen/"), allOfIt);
  const tips = await app.ctx.db.selectFrom("tips").select("text").orderBy("text").execute();
  expect(tips.map(({ text }) => text)).toEqual(["nog later", "op de rij", "straks"]);
  expect(await app.ctx.db.selectFrom("signatures").select("id").execute()).toHaveLength(1);
});

test("the same form as before the upgrade is one act, and what was confirmed or rejected still says so", async () => {
  let confirmed = "";
  let rejected = "";
  const { app, linkOf } = await upgraded(async (add, client) => {
    await add({ acts: [tip("een")], mailed_at: new Date() });
    const { rows } = await client.query<{ id: string }>(
      "insert into people (email, language, confirmed_at) values ('bo@voorbeeld.nl', 'nl', now()) returning id",
    );
    const done = { email: null, name: null, mailed_at: new Date() };
    const empty = tipAct({ ...tip("").payload, name: "" });
    confirmed = await add({ ...done, acts: [empty], confirmed_at: new Date(), person_id: rows[0]?.id });
    rejected = await add({ ...done, acts: [], rejected_at: new Date() });
  });
  const { requestConfirmation } = await import("./operations.ts");
  await requestConfirmation(app.ctx, {
    ...{ email: "an@voorbeeld.nl", name: "An", language: "nl", acts: [tip("een")] },
    ...{ origin: "http://localhost", siteName: "Archipel", formUrl: "http://localhost/contact" },
  });
  const waiting = await app.ctx.db.selectFrom("acts").select("id").where("email", "is not", null).execute();
  expect(waiting).toHaveLength(1);
  expect(await (await app.get(linkOf(confirmed))).text()).toContain("Gelukt, dank je wel");
  expect(await (await app.get(linkOf(rejected))).text()).toContain("Alles is verwijderd");
  await app.work();
  const mail = (await app.mailbox("an@voorbeeld.nl"))[0]!;
  expect(rejectLinkIn(mail)).toContain("/bevestigen/");
});
