import { sql } from "kysely";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { addInitiatives } from "./add-initiatives.ts";
import { addSigners } from "./add-signers.ts";
import { addSubscribers } from "./add-subscribers.ts";
import type { Batch, HeldImport } from "./batch.ts";
import { checkRow } from "./checks.ts";
import { unreadable } from "./rows.ts";
import type { Counts, ImportKind } from "./table.ts";

const batchSize = 2000;

/** An import at work, with its row held until the end of the transaction. */
const hold = (ctx: Ctx, id: string): Promise<HeldImport | undefined> =>
  ctx.db.selectFrom("imports").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();

/** Adds what rows say, by a few statements for all of them. */
const add: Record<ImportKind, (ctx: Ctx, batch: Batch) => Promise<number>> = {
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

const advance = (ctx: Ctx, id: string, position: number, counts?: Counts) =>
  ctx.db
    .updateTable("imports")
    .set({ position, worked_at: ctx.now(), ...(counts && { counts: JSON.stringify(counts) }) })
    .where("id", "=", id)
    .execute();

async function checkBatch(ctx: Ctx, held: HeldImport): Promise<boolean> {
  const rows = await ctx.db
    .selectFrom("import_rows")
    .select(["number", "cells"])
    .where("import_id", "=", held.id)
    .where("number", ">", held.position)
    .where((eb) => eb.or([eb("reason", "is", null), eb("reason", "not in", unreadable)]))
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
  const { rows } = await sql<{ last: number | null; count: number }>`
    select max(number) as last, count(*) as count from (
      select number from import_rows
      where import_id = ${held.id}::uuid and number > ${held.position} and outcome = 'good'
      order by number limit ${batchSize}) as next`.execute(ctx.db);
  const { last, count } = rows[0] ?? { last: null, count: 0 };
  if (last === null) return endRun(ctx, held);
  const added = await add[held.kind](ctx, { held, last });
  // Of what went well nothing more is needed.
  await sql`
    delete from import_rows where import_id = ${held.id}::uuid
    and number > ${held.position} and number <= ${last} and outcome = 'good'`.execute(ctx.db);
  const { good = 0, done = 0, known = 0 } = held.counts;
  await advance(ctx, held.id, last, {
    ...held.counts,
    ...{ good: good - count, done: done + added, known: known + count - added },
  });
  return true;
}

/** What went wrong can be downloaded for a week. */
async function endRun(ctx: Ctx, { id, counts }: HeldImport): Promise<boolean> {
  const { good: _none, ...others } = counts;
  const left = Object.entries(others).filter(([, count]) => count > 0);
  const now = ctx.now();
  await ctx.db
    .updateTable("imports")
    .set({
      state: "done",
      finished_at: now,
      worked_at: now,
      counts: JSON.stringify(Object.fromEntries(left)),
    })
    .where("id", "=", id)
    .execute();
  await ctx.db
    .deleteFrom("import_rows")
    .where("import_id", "=", id)
    .where("outcome", "in", ["known", "double"])
    .execute();
  return false;
}
