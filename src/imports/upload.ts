import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { type Encoding, type FileShape, recognise } from "./reading.ts";
import { readRows } from "./rows.ts";
import type { ImportKind } from "./table.ts";

/** The largest file that is read, in bytes. */
export const maxFileBytes = 30 * 1024 * 1024;

export type NewImport = {
  kind: ImportKind;
  newsletterId: string | null;
  initiativeId: string | null;
  personId: string;
  file: { path: string; name: string };
  /** In which letters it is written, where somebody says so. */
  encoding: Encoding | null;
};

export type StoreResult =
  | { kind: "stored"; id: string; rows: number }
  | { kind: "spreadsheet" | "no-text" | "empty" | "no-rows" | "heading" };

const batchSize = 2000;

/** RFC 5321, section 4.5.3.1.3. The length goes first: of what is longer, the pattern may try every place of each sign. */
const longestAddress = 254;
const address = /^\S+@\S+\.\S+$/;

/** Reads a file into the database, all of it or nothing. */
export async function storeFile(ctx: Ctx, given: NewImport): Promise<StoreResult> {
  const recognised = await recognise(given.file.path, given.encoding);
  if (recognised.kind !== "table") return recognised;
  return inTransaction(ctx, (ctx) => storeRows(ctx, given, recognised));
}

async function storeRows(ctx: Ctx, given: NewImport, shape: FileShape): Promise<StoreResult> {
  const id = randomUUID();
  const rows = readRows(given.file.path, shape);
  const first = (await rows.next()).value;
  if (!first) return { kind: "empty" };
  if (first.reason === "unreadable") return { kind: "heading" };
  // A first row with an address in it is no heading, but somebody.
  const headless = first.cells.some((cell: string) => cell.length <= longestAddress && address.test(cell));
  const header = headless ? first.cells.map((_: string, at: number) => String(at + 1)) : first.cells;
  await ctx.db
    .insertInto("imports")
    .values({
      ...{ id, kind: given.kind, newsletter_id: given.newsletterId, initiative_id: given.initiativeId },
      ...{ made_by: given.personId, made_at: ctx.now(), file_name: given.file.name },
      ...{ encoding: shape.encoding, delimiter: shape.delimiter },
      header: JSON.stringify(header),
      ...{ state: "matching", rows: 0, counts: "{}" },
    })
    .execute();
  let count = 0;
  let batch = headless ? [first] : [];
  const flush = async () => {
    count += batch.length;
    const insert = sql`
      insert into import_rows (import_id, number, cells, outcome, reason)
      select ${id}::uuid, number, cells::jsonb, case when reason is not null then 'bad' end, reason
      from unnest(${batch.map(({ number }) => number)}::integer[],
        ${batch.map(({ cells }) => JSON.stringify(cells))}::text[],
        ${batch.map(({ reason }) => reason)}::text[]) as given (number, cells, reason)`;
    if (batch.length > 0) await insert.execute(ctx.db);
    batch = [];
  };
  for await (const row of rows) {
    batch.push(row);
    if (batch.length === batchSize) await flush();
  }
  await flush();
  if (count === 0) {
    await ctx.db.deleteFrom("imports").where("id", "=", id).execute();
    return { kind: "no-rows" };
  }
  await ctx.db.updateTable("imports").set({ rows: count }).where("id", "=", id).execute();
  return { kind: "stored", id, rows: count };
}
