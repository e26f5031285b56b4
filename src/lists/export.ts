import type { DeskVisit } from "../accounts/operations.ts";
import { noteAudit } from "../audit/operations.ts";
import type { Ctx } from "../platform/context.ts";
import { byteOrderMark, csvLines } from "../platform/csv.ts";
import { amsterdamDay, defaultLanguage } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import type { Asked } from "./asked.ts";
import type { Chosen, DeskList } from "./definition.ts";
import { type Listed, type Place, type Taken, take } from "./paging.ts";

/** Few: what lives shortly is tidied up cheaply, and the memory that an export takes stays as it is. */
const batchSize = 1000;

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
  const about = await whoseIs(ctx, choices);
  const note = (action: "export" | "exported", details: Record<string, string | number | boolean>) =>
    noteAudit(ctx, { ...about, personId: person.id, action: `${list.name}.${action}`, details });
  await note("export", { ...choices, searched: asked.search !== null });
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

/** For the log: of which initiative the rows are, so that who leads it sees who took them along. */
async function whoseIs(
  ctx: Ctx,
  { newsletter, initiative }: Chosen,
): Promise<{ initiativeId: string | null; subject: string | null }> {
  if (!newsletter) return { initiativeId: initiative || null, subject: null };
  const row = await ctx.db
    .selectFrom("newsletters")
    .select(["initiative_id", "name"])
    .where("id", "=", newsletter)
    .executeTakeFirst();
  return {
    initiativeId: row?.initiative_id ?? null,
    subject: row ? pick(row.name, defaultLanguage).text : null,
  };
}

async function* csvOf<Row extends Listed>(
  given: DeskVisit,
  { columns, listing }: DeskList<Row>,
  { where, search }: Asked,
  ended: (rows: number, whole: boolean) => Promise<void>,
): AsyncGenerator<string, void, undefined> {
  const { ctx } = given;
  const t = remembering(given.t);
  const visit = { ...given, t };
  const separator = t("lists:csvSeparator");
  let rows = 0;
  let whole = false;
  try {
    const head = columns.map(({ name }) => t(`lists:column.${name}`));
    yield byteOrderMark + csvLines([head], separator);
    for (let place: Place | null = null; where && !whole; ) {
      const batch: Taken<Row> = await take<Row>(ctx, listing, { where, search, place }, batchSize);
      rows += batch.rows.length;
      place = batch.more;
      whole = place === null;
      yield csvLines(
        batch.rows.map((row) => columns.map(({ text }) => text(row, visit))),
        separator,
      );
    }
    whole ||= where === null;
  } finally {
    await ended(rows, whole);
  }
}

/** Texts without values are looked up once: a million rows say the same few words. */
function remembering(t: DeskVisit["t"]): DeskVisit["t"] {
  const known = new Map<unknown, unknown>();
  return new Proxy(t, {
    apply(translate, _self, given: unknown[]) {
      const [key] = given;
      if (given.length > 1) return Reflect.apply(translate, undefined, given);
      if (!known.has(key)) known.set(key, Reflect.apply(translate, undefined, given));
      return known.get(key);
    },
  });
}
