import type { DeskVisit } from "../accounts/operations.ts";
import { byteOrderMark, csvLines } from "../platform/csv.ts";
import { type Import, type LeftOut, listLeftOut } from "./queries.ts";
import { reasonInWords } from "./reasons.ts";

const batchSize = 2000;

/** The rows that were left out as CSV: which row, why, and what it held. Read as fast as it is taken off. */
export function errorsFile({ ctx, t }: DeskVisit, one: Import, which: LeftOut): Response {
  const separator = t("lists:csvSeparator");
  let after = 0;
  const encoder = new TextEncoder();
  const line = (rows: string[][]) => encoder.encode(csvLines(rows, separator));
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        controller.enqueue(encoder.encode(byteOrderMark));
        controller.enqueue(line([[t("imports:row"), t("imports:errors.why"), ...one.header]]));
      },
      async pull(controller) {
        const rows = await listLeftOut(ctx, one.id, which, after, batchSize);
        const last = rows.at(-1);
        if (!last) return controller.close();
        after = last.number;
        controller.enqueue(
          line(
            rows.map(({ number, reason, data, cells }) => [
              String(number),
              reasonInWords(t, { reason, column: data?.column ?? null, value: data?.value ?? null }),
              ...cells,
            ]),
          ),
        );
      },
    },
    { highWaterMark: 1 },
  );
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": `attachment; filename="${t(`imports:errors.file.${which}`)}.csv"`,
      "cache-control": "no-store",
    },
  });
}
