import { sql } from "kysely";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { addInitiatives } from "./add-initiatives.ts";
import { addSigners } from "./add-signers.ts";
import { addSubscribers } from "./add-subscribers.ts";
import { checkRow } from "./checks.ts";
import type { ImportKind } from "./table.ts";

const batchSize = 2000;

/** An import at work, with its row held until the end of the transaction. */
async function hold(ctx: Ctx, id: string) {
  return ctx.db.selectFrom("imports").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
}

export type HeldImport = NonNullable<Awaited<ReturnType<typeof hold>>>;

/** A row that was read, with what it says. */
export type GoodRow = { number: number; key: string; data: Record<string, string | null> };

const add: Record<ImportKind, (ctx: Ctx, held: HeldImport, rows: GoodRow[]) => Promise<string[]>> = {
  subscribers: addSubscribers,
  signatures: addSigners,
  initiatives: addInitiatives,
};

/**
 * Does the next batch of an import. How far it came is written in the transaction of the rows themselves, so that
 * whoever takes it up after a crash goes on exactly there. False: there is nothing more to do.
 */
export function workOn(ctx: Ctx, id: string): Promise<boolean> {
  return inTransaction(ctx, async (ctx) => {
    const held = await hold(ctx, id);
    if (held?.state === "checking") return checkBatch(ctx, held);
    if (held?.state === "running") return runBatch(ctx, held);
    return false;
  });
}

const advance = (ctx: Ctx, id: string, position: number) =>
  ctx.db.updateTable("imports").set({ position, worked_at: ctx.now() }).where("id", "=", id).execute();

async function checkBatch(ctx: Ctx, held: HeldImport): Promise<boolean> {
  const rows = await ctx.db
    .selectFrom("import_rows")
    .select(["number", "cells"])
    .where("import_id", "=", held.id)
    .where("number", ">", held.position)
    .where((eb) =>
      eb.or([eb("reason", "is", null), eb("reason", "not in", ["unreadable", "too-many-columns"])]),
    )
    .orderBy("number")
    .limit(batchSize)
    .execute();
  const last = rows.at(-1);
  if (!last) return endCheck(ctx, held);
  const now = ctx.now();
  const checked = rows.map(({ number, cells }) => ({
    number,
    ...{ key: null, data: null, reason: null },
    ...checkRow(held.kind, held.columns ?? [], cells, now),
  }));
  await sql`
    update import_rows as r set outcome = given.outcome, reason = given.reason, key = given.key, data = given.data::jsonb
    from unnest(${checked.map(({ number }) => number)}::integer[], ${checked.map(({ kind }) => kind)}::text[],
      ${checked.map(({ reason }) => reason)}::text[], ${checked.map(({ key }) => key)}::text[],
      ${checked.map(({ data }) => data && JSON.stringify(data))}::text[]) as given (number, outcome, reason, key, data)
    where r.import_id = ${held.id}::uuid and r.number = given.number`.execute(ctx.db);
  await advance(ctx, held.id, last.number);
  return true;
}

/** What is here already. Of an address that stands in the file twice one row counts: a "no" before a "yes". */
async function endCheck(ctx: Ctx, { id, kind, newsletter_id }: HeldImport): Promise<boolean> {
  await sql`
    update import_rows as r set outcome = 'double' from (
      select number, row_number() over (
        partition by key order by coalesce(data ->> 'status', 'active') = 'active', number) as nth
      from import_rows where import_id = ${id}::uuid and outcome = 'good'
    ) as same where r.import_id = ${id}::uuid and r.number = same.number and nth > 1`.execute(ctx.db);
  const known = {
    subscribers: sql`select from subscriptions as s join people as p on p.id = s.person_id
      where p.email = r.key and s.newsletter_id = ${newsletter_id}::uuid`,
    signatures: sql`select from signatures as s join people as p on p.id = s.person_id where p.email = r.key`,
    initiatives: sql`select from initiatives as i where i.slug = r.key`,
  };
  await sql`
    update import_rows as r set outcome = 'known'
    where import_id = ${id}::uuid and outcome = 'good' and exists (${known[kind]})`.execute(ctx.db);
  await ctx.db
    .updateTable("imports")
    .set({ state: "checked", position: 0, worked_at: ctx.now(), counts: await countsOf(ctx, id) })
    .where("id", "=", id)
    .execute();
  return false;
}

async function countsOf(ctx: Ctx, id: string): Promise<string> {
  const rows = await ctx.db
    .selectFrom("import_rows")
    .select(["outcome", ({ fn }) => fn.countAll<number>().as("count")])
    .where("import_id", "=", id)
    .groupBy("outcome")
    .execute();
  return JSON.stringify(Object.fromEntries(rows.map(({ outcome, count }) => [outcome ?? "good", count])));
}

async function runBatch(ctx: Ctx, held: HeldImport): Promise<boolean> {
  const { rows } = await sql<GoodRow>`
    select number, key, data from import_rows
    where import_id = ${held.id}::uuid and number > ${held.position} and outcome = 'good'
    order by number limit ${batchSize}`.execute(ctx.db);
  const last = rows.at(-1);
  if (!last) {
    const ended = { state: "done" as const, finished_at: ctx.now(), worked_at: ctx.now() };
    const counts = await countsOf(ctx, held.id);
    await ctx.db
      .updateTable("imports")
      .set({ ...ended, counts })
      .where("id", "=", held.id)
      .execute();
    await forgetDone(ctx, held.id);
    return false;
  }
  const added = await add[held.kind](ctx, held, rows);
  await sql`
    update import_rows set outcome = case when key = any(${added}::text[]) then 'done' else 'known' end
    where import_id = ${held.id}::uuid and number = any(${rows.map(({ number }) => number)}::integer[])`.execute(
    ctx.db,
  );
  await advance(ctx, held.id, last.number);
  return true;
}

/** Of what went well nothing more is needed; what went wrong can be downloaded for a week. */
const forgetDone = (ctx: Ctx, id: string) =>
  ctx.db
    .deleteFrom("import_rows")
    .where("import_id", "=", id)
    .where("outcome", "in", ["done", "known", "double"])
    .execute();
