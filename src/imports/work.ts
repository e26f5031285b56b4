import { sql } from "kysely";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { addInitiatives } from "./add-initiatives.ts";
import { addSigners } from "./add-signers.ts";
import { addSubscribers } from "./add-subscribers.ts";
import type { Batch, HeldImport } from "./batch.ts";
import { checkRow, unread } from "./checks.ts";
import { countsOf, markKnown } from "./known.ts";
import { unreadable } from "./rows.ts";
import { type Counts, type ImportKind, standings } from "./table.ts";

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
export function workOn(given: Ctx, id: string): Promise<boolean> {
  return inTransaction(given, async (ctx) => {
    // One batch is one moment: what was done in it can be told from what came later.
    const now = ctx.now();
    ctx = { ...ctx, now: () => now };
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
    .select(["number", "cells", "reason"])
    .where("import_id", "=", held.id)
    .where("number", ">", held.position)
    .orderBy("number")
    .limit(batchSize)
    .execute();
  const last = rows.at(-1);
  if (!last) return endCheck(ctx, held);
  const { kind, header, everybody } = held;
  const reading = {
    kind,
    header,
    everybody,
    columns: held.columns ?? [],
    orders: held.orders ?? [],
    now: ctx.now(),
  };
  const checked = rows.map(({ number, cells, reason }) => {
    const why = unreadable.find((one) => one === reason);
    return { number, reason: null, ...(why ? unread(why, cells) : checkRow(reading, cells)) };
  });
  await sql`
    update import_rows as r set outcome = given.outcome, reason = given.reason, key = given.key, data = given.data::jsonb
    from unnest(${checked.map(({ number }) => number)}::integer[], ${checked.map(({ kind }) => kind)}::text[],
      ${checked.map(({ reason }) => reason)}::text[], ${checked.map(({ key }) => key)}::text[],
      ${checked.map(({ data }) => data && JSON.stringify(data))}::text[]) as given (number, outcome, reason, key, data)
    where r.import_id = ${held.id}::uuid and r.number = given.number`.execute(ctx.db);
  await advance(ctx, held.id, last.number);
  return true;
}

async function endCheck(ctx: Ctx, held: HeldImport): Promise<boolean> {
  await markKnown(ctx, held);
  const counts = JSON.stringify(await countsOf(ctx, held.id));
  await ctx.db
    .updateTable("imports")
    .set({ state: "checked", position: 0, worked_at: ctx.now(), counts })
    .where("id", "=", held.id)
    .execute();
  return false;
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
  // Of what went well nothing more is needed than what it takes to take it back (add-subscribers.ts).
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

/** What went wrong, and who said no elsewhere and yes here, can be downloaded for a week. */
async function endRun(ctx: Ctx, { id, counts }: HeldImport): Promise<boolean> {
  // What would come of the good rows has come.
  const over: string[] = ["good", "ends", "undated", "stated", ...standings];
  const left = Object.entries(counts).filter(([name, count]) => count > 0 && !over.includes(name));
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
    .where("reason", "is distinct from", "disagrees")
    .execute();
  return false;
}
