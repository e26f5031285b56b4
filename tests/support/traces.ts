import { sql } from "kysely";
import { expect } from "vitest";
import type { TestApp } from "./test-app.ts";

/** Where in the whole database, the job queue's tables too, a text stands: "schema.table.column". */
export async function tracesOf(app: TestApp, texts: string[]): Promise<string[]> {
  const { rows: columns } = await sql<{ schema: string; table: string; column: string; type: string }>`
    select table_schema as schema, table_name as table, column_name as column, data_type as type
    from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`.execute(
    app.ctx.db,
  );
  expect(columns.length).toBeGreaterThan(200);
  const patterns = texts.map((text) => `%${text}%`);
  const found: string[] = [];
  for (const { schema, table, column, type } of columns) {
    const value = sql.id(column);
    const text = type === "bytea" ? sql`encode(${value}, 'escape')` : sql`${value}::text`;
    const { rows } = await sql<{ there: boolean }>`
      select exists (select from ${sql.id(schema, table)}
        where ${text} ilike any (${patterns})) as there`.execute(app.ctx.db);
    if (rows[0]?.there) found.push(`${schema}.${table}.${column}`);
  }
  return found;
}
