import type { Ctx } from "../platform/context.ts";
import { Survey } from "./survey.ts";

/** Few: between two of them others get their turn. */
const batchSize = 500;

/** Looks at every value of a file that was taken in, and keeps what the columns hold. */
export async function surveyRows(ctx: Ctx, id: string): Promise<void> {
  const { header } = await ctx.db
    .selectFrom("imports")
    .select("header")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  const survey = new Survey(header);
  for (let after = 0; ; ) {
    const rows = await ctx.db
      .selectFrom("import_rows")
      .select(["number", "cells"])
      .where("import_id", "=", id)
      .where("number", ">", after)
      .where("reason", "is", null)
      .orderBy("number")
      .limit(batchSize)
      .execute();
    const last = rows.at(-1);
    if (!last) break;
    for (const { cells } of rows) survey.add(cells);
    after = last.number;
  }
  await ctx.db
    .updateTable("imports")
    .set({ survey: JSON.stringify(survey.columns) })
    .where("id", "=", id)
    .execute();
}
