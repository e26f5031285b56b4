import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import { type AuditAction, noteAudit } from "../audit/operations.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { takeTime } from "../platform/database.ts";
import { defineJobKind } from "../platform/jobs.ts";
import type { ColumnOrders } from "./survey.ts";
import { surveyRows } from "./survey-rows.ts";
import type { EverybodyStands, ImportState } from "./table.ts";
import { type NewImport, type StoreResult, storeFile } from "./upload.ts";

/** Does what an import asks for next. */
export const workOnImport = defineJobKind({ name: "imports.work", data: z.object({ id: z.uuid() }) });

/** Takes in a file, and looks at all of its values. Nothing is done with it yet. */
export function beginImport(ctx: Ctx, given: NewImport): Promise<StoreResult> {
  return inTransaction(ctx, async (ctx) => {
    await takeTime(ctx.db);
    const result = await storeFile(ctx, given);
    if (result.kind !== "stored") return result;
    await surveyRows(ctx, result.id);
    await noteAudit(ctx, {
      ...{ personId: given.personId, action: "imports.begin", initiativeId: given.initiativeId },
      details: { import: result.id, kind: given.kind, rows: result.rows },
    });
    return result;
  });
}

export type Matching = {
  columns: string[];
  orders: ColumnOrders[];
  everybody: EverybodyStands | null;
  statement: string | null;
  statementDay: string | null;
  statementBy: string | null;
  shows: boolean;
};

type Doing = { id: string; personId: string };
export type DoResult = "done" | "not-now";

/** Says what the columns mean and where the consent comes from, and has every row checked. */
export const matchColumns = (ctx: Ctx, doing: Doing, matching: Matching): Promise<DoResult> =>
  change(ctx, doing, ["matching", "checked"], "checking", "imports.check", {
    columns: JSON.stringify(matching.columns),
    orders: JSON.stringify(matching.orders),
    everybody: matching.everybody,
    statement: matching.statement,
    statement_day: matching.statementDay,
    statement_by: matching.statementBy,
    shows: matching.shows,
    position: 0,
    counts: "{}",
  });

/** Adds what was checked. */
export const runImport = (ctx: Ctx, doing: Doing): Promise<DoResult> =>
  change(ctx, doing, ["checked"], "running", "imports.run", { position: 0 });

/** Stops after the batch that is under way. */
export const stopImport = (ctx: Ctx, doing: Doing): Promise<DoResult> =>
  change(ctx, doing, ["running"], "stopped", "imports.stop", {});

/** Goes on where it was stopped, or could not go on: what was not checked to the end has no counts yet. */
export const goOnWithImport = (ctx: Ctx, doing: Doing): Promise<DoResult> => {
  const before = sql<ImportState>`case when counts = '{}' then 'checking' else 'running' end`;
  return change(ctx, doing, ["stopped", "failed"], before, "imports.go-on", {});
};

/** Removes an import with the rows of its file. What it added stays. */
export function removeImport(ctx: Ctx, { id, personId }: Doing): Promise<DoResult> {
  return inTransaction(ctx, async (ctx) => {
    await takeTime(ctx.db);
    const removed = await ctx.db
      .deleteFrom("imports")
      .where("id", "=", id)
      .where("state", "not in", ["checking", "running"])
      .returning(["kind", "initiative_id"])
      .executeTakeFirst();
    if (!removed) return "not-now";
    await noteAudit(ctx, {
      ...{ personId, action: "imports.remove", initiativeId: removed.initiative_id },
      details: { import: id, kind: removed.kind },
    });
    return "done";
  });
}

type Changes = {
  columns?: string;
  orders?: string;
  everybody?: EverybodyStands | null;
  statement?: string | null;
  statement_day?: string | null;
  statement_by?: string | null;
  shows?: boolean;
  position?: number;
  counts?: string;
};

/** From one state to the next, once: two who press a button at the same moment do it together. */
function change(
  ctx: Ctx,
  { id, personId }: Doing,
  from: ImportState[],
  to: ImportState | RawBuilder<ImportState>,
  action: AuditAction,
  changes: Changes,
): Promise<DoResult> {
  return inTransaction(ctx, async (ctx) => {
    const changed = await ctx.db
      .updateTable("imports")
      .set({ ...changes, state: to, worked_at: ctx.now() })
      .where("id", "=", id)
      .where("state", "in", from)
      .where("cleared_at", "is", null)
      .returning(["kind", "initiative_id", "counts", "state", "rows"])
      .executeTakeFirst();
    if (!changed) return "not-now";
    if (changed.state === "checking" || changed.state === "running")
      await ctx.jobs.enqueue(workOnImport, { id });
    await noteAudit(ctx, {
      ...{ personId, action, initiativeId: changed.initiative_id },
      // What was checked has its counts afterwards.
      details: {
        ...{ import: id, kind: changed.kind },
        ...(action === "imports.check" ? { rows: changed.rows } : { good: changed.counts.good ?? 0 }),
      },
    });
    return "done";
  });
}
