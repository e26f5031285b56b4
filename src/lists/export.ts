import type { DeskVisit } from "../accounts/operations.ts";
import { noteAudit } from "../audit/operations.ts";
import { byteOrderMark, csvLines } from "../platform/csv.ts";
import { amsterdamDay } from "../platform/i18n.ts";
import type { Asked } from "./asked.ts";
import type { DeskList } from "./definition.ts";
import { type Listed, type Place, take } from "./paging.ts";

const batchSize = 5000;

/**
 * A whole list as CSV, read in batches as fast as it is taken off: one batch at a time is in memory, and who goes away
 * half-way stops it. Who began it, and how much they got, is kept in the audit log.
 */
export async function exportList<Row extends Listed>(
  visit: DeskVisit,
  list: DeskList<Row>,
  asked: Asked,
): Promise<Response> {
  const { ctx, person, t } = visit;
  const { q: _typed, organisation: _named, ...choices } = asked.chosen;
  const note = (action: "export" | "exported", details: Record<string, string | number | boolean>) =>
    noteAudit(ctx, { personId: person.id, action: `${list.name}.${action}`, details });
  await note("export", { ...choices, searched: asked.search !== "" });
  const chunks = csvOf(visit, list, asked, (rows, whole) => note("exported", { rows, whole }));
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value, done } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      async cancel() {
        await chunks.return();
      },
    },
    { highWaterMark: 1 },
  );
  const name = `${t(`lists:${list.name}.file`)}-${amsterdamDay(ctx.now())}.csv`;
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    },
  });
}

async function* csvOf<Row extends Listed>(
  visit: DeskVisit,
  { columns, listing }: DeskList<Row>,
  { where, words }: Asked,
  ended: (rows: number, whole: boolean) => Promise<void>,
): AsyncGenerator<string, void, undefined> {
  const { ctx, t } = visit;
  const separator = t("lists:csvSeparator");
  let rows = 0;
  let whole = false;
  try {
    const head = columns.map(({ name }) => t(`lists:column.${name}`));
    yield byteOrderMark + csvLines([head], separator);
    for (let place: Place | null = null; where && !whole; ) {
      const batch: Row[] = await take<Row>(ctx, listing, { where, words, place }, batchSize);
      rows += batch.length;
      whole = batch.length < batchSize;
      const last = batch.at(-1);
      if (!last) break;
      place = { way: "older", at: last.place_at, id: last.id };
      yield csvLines(
        batch.map((row) => columns.map(({ text }) => text(row, visit))),
        separator,
      );
    }
    whole ||= where === null;
  } finally {
    await ended(rows, whole);
  }
}
