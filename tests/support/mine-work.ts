import { sql } from "kysely";
import { expect } from "vitest";
import { draftFromTip } from "../../src/contact/desk-operations.ts";
import { updateDocument } from "../../src/updates/document.ts";
import { beginUpdate } from "../../src/updates/operations.ts";
import { saveDocument } from "../../src/writing/operations.ts";
import { workHere } from "./desk.ts";
import type { TestApp } from "./test-app.ts";
import { givenTip } from "./work.ts";

/** What names a person, as it stands in the database: "tips.assigned_to". */
export async function columnsToPeople(app: TestApp): Promise<{ table: string; column: string }[]> {
  const { rows } = await sql<{ table: string; column: string }>`
    select c.conrelid::regclass::text as table, a.attname as column
    from pg_constraint as c join pg_attribute as a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid = 'people'::regclass
    -- by a trigger instead, see migration 0005
    union select 'deliveries', 'person_id' order by 1, 2`.execute(app.ctx.db);
  return rows;
}

/**
 * Lets somebody who is known work here as an editor, until each column that names a person names this one: for others,
 * and in what others do for them. `words` stand in what they wrote about themselves.
 */
export async function leaveTraces(app: TestApp, email: string, words: { name: string; place: string }) {
  const { ctx } = app;
  const { db } = ctx;
  const editor = await workHere(app, email);
  app.advance(60_000);
  const { personId } = editor;
  const colleague = await givenTip(app, { name: "Toos Ander", text: "Iets anders." });
  const now = ctx.now();
  const { id: initiativeId } = await db
    .selectFrom("initiatives")
    .select("id")
    .where("slug", "=", "agenda-stad")
    .executeTakeFirstOrThrow();

  // Their own tip: answered, noted, and turned into a draft that somebody worked on.
  const { id: tip } = await db
    .selectFrom("tips")
    .select("id")
    .where("person_id", "=", personId)
    .executeTakeFirstOrThrow();
  const draft = await draftFromTip(ctx, { id: tip, personId, initiativeId }, initiativeId);
  await save(app, draft!, personId, "Van een tip.");
  await db
    .insertInto("tip_messages")
    .values([
      {
        tip_id: tip,
        kind: "answer",
        text: "Dank je voor de tip!",
        made_by: null,
        made_at: now,
        mailed_at: now,
      },
      {
        tip_id: tip,
        kind: "note",
        text: "Bellen, is enthousiast",
        made_by: null,
        made_at: now,
        mailed_at: null,
      },
      {
        tip_id: colleague.id,
        kind: "note",
        text: "Ik pak dit op",
        made_by: personId,
        made_at: now,
        mailed_at: null,
      },
    ])
    .execute();
  await db.updateTable("tips").set({ done_at: now, spam_at: now }).where("id", "=", tip).execute();
  await db.updateTable("tips").set({ assigned_to: personId }).execute();

  // What they proposed, and what they decided for somebody else.
  const proposal = {
    ...{ person_id: personId, proposer: words.name, name: "Straatwijs", kind: "initiative" as const },
    ...{
      tagline: "Samen door de wijk.",
      story: `Het begon in ${words.place}.`,
      website: "https://straat.example/",
    },
    ...{ role: `Ik, ${words.name}, begon het`, language: "nl" as const, proposed_at: now },
    ...{ decision: "refused" as const, decided_at: now, decided_by: personId, reason: "Dit bestaat al." },
    initiative_id: null,
  };
  const { id: proposed } = await db
    .insertInto("proposals")
    .values(proposal)
    .returning("id")
    .executeTakeFirstOrThrow();
  const asked = { proposal_id: proposed, asked_by: personId, asked_at: now, replied_at: now };
  await db
    .insertInto("proposal_questions")
    .values({ ...asked, question: "Wie doen er mee?", reply: "Acht mensen." })
    .execute();

  // What they wrote, and what waits for its moment.
  app.advance(60_000);
  const text = await beginUpdate(ctx, { initiativeId, personId, title: "Uit de stad", body: "Nieuws." });
  await save(app, text, personId, "Nieuws uit de stad.");
  await db
    .updateTable("documents")
    .set({ publish_by: personId, publish_at: new Date(now.getTime() + 86_400_000 * 900) })
    .where("id", "=", text)
    .execute();

  const { id: newsletter_id } = await db.selectFrom("newsletters").select("id").executeTakeFirstOrThrow();
  await db
    .insertInto("editions")
    .values({
      ...{
        newsletter_id,
        slug: "gepland",
        title: '{"nl": "Gepland"}',
        created_at: now,
        planned_by: personId,
      },
      state: "sent",
    })
    .execute();

  await db
    .insertInto("media")
    .values({
      ...{
        initiative_id: null,
        name: "markt-in-de-wijk",
        width: 10,
        height: 10,
        hash: "0".repeat(64),
        bytes: 9,
      },
      ...{ alt: null, decorative: true, added_by: personId, added_at: now, ready: true },
    })
    .execute();
  const { id: file } = await db
    .insertInto("imports")
    .values({
      ...{ kind: "subscribers", newsletter_id: null, initiative_id: null, made_by: personId, made_at: now },
      ...{ file_name: "lijst.csv", encoding: "utf-8", delimiter: ",", header: '["e-mail"]', columns: null },
      ...{ statement: "Zij meldden zich zelf aan.", statement_day: "2026-01-31", statement_by: words.name },
      ...{ state: "checked", rows: 2, worked_at: now, finished_at: null, cleared_at: null, counts: "{}" },
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const row = { import_id: file, data: null, outcome: null, reason: null };
  await db
    .insertInto("import_rows")
    .values([
      { ...row, number: 2, key: email, cells: JSON.stringify([email, words.name]) },
      { ...row, number: 3, key: "ander@example.org", cells: '["ander@example.org", "Toos"]' },
    ])
    .execute();
  const invited = { language: "nl" as const, role: "editor" as const, initiative_id: null, made_at: now };
  await db
    .insertInto("invitations")
    .values([
      { ...invited, email, invited_by: null, expires_at: new Date(now.getTime() + 86_400_000) },
      {
        ...invited,
        email: "nieuw@example.org",
        invited_by: personId,
        expires_at: new Date(now.getTime() + 86_400_000),
      },
    ])
    .execute();
  await db.updateTable("roles").set({ given_by: personId }).where("person_id", "=", personId).execute();
  return { ...editor, draft: draft!, text };
}

/** Saves another summary in an update's working copy, as its form does. */
async function save(app: TestApp, id: string, personId: string, summary: string): Promise<void> {
  const document = await app.ctx.db
    .selectFrom("documents")
    .select(["version", "content"])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  const { version } = document;
  const content = { ...document.content, summary: { nl: summary, en: "" } };
  const result = await saveDocument(app.ctx, updateDocument, { id, personId, content, version });
  expect(result.kind).toBe("saved");
}
