import { type Selectable, sql } from "kysely";
import type { Ctx } from "../platform/context.ts";
import type { ImportTable } from "./table.ts";

export type HeldImport = Selectable<ImportTable>;

/** The good rows of an import from where it is up to a row. */
export type Batch = { held: HeldImport; last: number };

/** What such a row says. `key`: by what it is the same as another. */
type GoodRow = { number: number; key: string; data: Record<string, string | null> };

/** The rows as a table of (number, key, data). */
export const rowsOf = ({ held, last }: Batch) => sql`(
  select number, key, data from import_rows
  where import_id = ${held.id}::uuid and number > ${held.position} and number <= ${last} and outcome = 'good')`;

/** The rows themselves, with whom an address belongs to, if to anybody. */
export async function readBatch(ctx: Ctx, batch: Batch) {
  const { rows } = await sql<GoodRow & { personId: string | null }>`
    select r.number, r.key, r.data, p.id as "personId"
    from ${rowsOf(batch)} as r left join people as p on p.email = r.key order by r.number`.execute(ctx.db);
  return rows;
}
