import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { sql } from "kysely";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { boundaryOf, readParts } from "./multipart.ts";
import { type Encoding, type FileShape, recognise } from "./reading.ts";
import { readRows } from "./rows.ts";
import type { ImportKind } from "./table.ts";

/** The largest file that is read, in bytes. */
const maxFileBytes = 30 * 1024 * 1024;
/** More than this of a form that is too large is not even listened to. */
const maxListened = 4 * maxFileBytes;
const longestField = 1000;

export const uploadFolder = (ctx: Pick<Ctx, "config">) => join(ctx.config.dataDir, "imports");

export type Received = {
  fields: Record<string, string>;
  /** Where the file stands until it is read; null when there is none. */
  file: { path: string; name: string; bytes: number } | null;
  tooLarge: boolean;
};

/**
 * Takes in a form with one file: the file goes to the disk as it comes, under a name of our own. The caller removes
 * it. Null for what is no such form.
 */
export async function receive(ctx: Ctx, request: Request): Promise<Received | null> {
  const boundary = boundaryOf(request.headers.get("content-type") ?? "");
  if (!boundary || !request.body) return null;
  const folder = uploadFolder(ctx);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${randomUUID()}.csv`);
  const out = createWriteStream(path, { mode: 0o600 });
  const received: Received = { fields: {}, file: null, tooLarge: false };
  let into: "file" | string | null = null;
  let heard = 0;
  try {
    for await (const event of readParts(request.body, boundary)) {
      if (event.kind === "part") {
        const isFile = event.fileName !== null && received.file === null;
        if (isFile) received.file = { path, name: plainName(event.fileName ?? ""), bytes: 0 };
        into = isFile ? "file" : event.name;
        continue;
      }
      heard += event.bytes.length;
      if (heard > maxListened) break;
      if (into === "file" && received.file) {
        received.file.bytes += event.bytes.length;
        if (received.file.bytes > maxFileBytes) received.tooLarge = true;
        else if (!out.write(event.bytes)) await once(out, "drain");
      } else if (into !== null) {
        const before = received.fields[into] ?? "";
        received.fields[into] = (before + event.bytes.toString("utf8")).slice(0, longestField);
      }
    }
    await finished(out.end());
    return received;
  } catch (error) {
    out.destroy();
    await rm(path, { force: true });
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The last part of a name as the sender's computer had it, to be shown and for nothing else. */
const plainName = (name: string): string =>
  (name.split(/[/\\]/).at(-1) ?? "")
    .replace(/\p{C}+/gu, "")
    .toWellFormed()
    .slice(0, 100);

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
  const headless = first.cells.some((cell: string) => /^\S+@\S+\.\S+$/.test(cell));
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
