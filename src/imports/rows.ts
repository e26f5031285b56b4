import { createReadStream } from "node:fs";
import { parse } from "csv-parse/sync";
import { composed } from "../platform/plain-text.ts";
import type { FileShape } from "./reading.ts";
import { type Line, longestRow, recordsOf } from "./records.ts";

/** Why a row cannot be read, whatever its columns mean. */
export const unreadable = ["unreadable", "too-many-columns", "columns", "letters"] as const;

/** A row of a file. `reason`: why it cannot be read. */
export type FileRow = {
  number: number;
  cells: string[];
  reason: (typeof unreadable)[number] | null;
};

const mostColumns = 100;
const batchSize = 500;
/** In characters: what csv-parse reads in one go, in which nothing else is done, is some tens of milliseconds of work. */
const batchLength = 200_000;

type Numbered = { number: number; text: string };
/** How many cells a row has by the heading: at least up to the last column with a name. */
type Width = { least: number; most: number };

/**
 * The rows of a file, with the numbers that a spreadsheet program gives them; empty ones are left out. What cannot be
 * read is a row with a reason, and the rest goes on. The first row tells how many cells the others have.
 */
export async function* readRows(path: string, shape: FileShape): AsyncGenerator<FileRow> {
  let batch: Numbered[] = [];
  let length = 0;
  let number = 0;
  let width: Width | null = null;
  const flush = function* (): Generator<FileRow> {
    for (const row of parsed(batch, shape.delimiter)) {
      width ??= { least: row.cells.findLastIndex(Boolean) + 1, most: row.cells.length };
      yield { ...row, reason: row.reason ?? wrongIn(row.cells, width) };
    }
    batch = [];
    length = 0;
  };
  for await (const records of recordsOf(linesOf(path, shape.encoding), shape.delimiter))
    for (const { text, broken } of records) {
      number++;
      if (broken) {
        yield* flush();
        yield { number, cells: [cleaned(text.slice(0, 500))], reason: "unreadable" };
      } else if (text.trim() !== "") {
        batch.push({ number, text });
        length += text.length;
      }
      if (batch.length >= batchSize || length >= batchLength) yield* flush();
    }
  yield* flush();
}

function wrongIn(cells: string[], { least, most }: Width): FileRow["reason"] {
  if (cells.length < least || cells.slice(most).some(Boolean)) return "columns";
  return cells.some((cell) => cell.includes("\ufffd")) ? "letters" : null;
}

function* parsed(batch: Numbered[], delimiter: string): Generator<FileRow> {
  const read = (text: string): string[][] =>
    parse(text, { delimiter, relax_column_count: true, relax_quotes: true, record_delimiter: "\n" });
  const together = read(batch.map(({ text }) => text).join("\n"));
  for (const [at, { number, text }] of batch.entries()) {
    const cells = (together.length === batch.length ? together[at] : read(text)[0])?.map(cleaned) ?? [];
    if (cells.every((cell) => cell === "")) continue;
    const reason = cells.length > mostColumns ? "too-many-columns" : null;
    yield { number, cells: cells.slice(0, mostColumns), reason };
  }
}

/** Lines, however they end; of one that is too long only the begin. */
async function* linesOf(path: string, encoding: string): AsyncGenerator<Line[]> {
  const decoder = new TextDecoder(encoding);
  let held = "";
  let tooLong = false;
  let first = true;
  const split = function* (last: boolean): Generator<Line> {
    let from = 0;
    for (const end of held.matchAll(/\r\n|\n|\r(?!$)/g)) {
      const text = held.slice(from, end.index);
      from = end.index + end[0].length;
      if (first && /^sep=[,;\t|]$/i.test(text)) first = false;
      else yield { text: text.slice(0, longestRow), tooLong: tooLong || text.length > longestRow };
      first = tooLong = false;
    }
    held = held.slice(from);
    if (held.length > longestRow) {
      tooLong = true;
      held = held.slice(0, longestRow);
    }
    if (last && held !== "") yield { text: held.replace(/\r$/, ""), tooLong };
  };
  for await (const chunk of createReadStream(path)) {
    held += decoder.decode(chunk, { stream: true });
    yield [...split(false)];
  }
  held += decoder.decode();
  yield [...split(true)];
}

/** Without what no text has: control characters but the ends of lines, halves of letters, an apostrophe against formulas. */
const cleaned = (cell: string): string =>
  composed(
    cell
      .replace(/\r\n?/g, "\n")
      .replace(/(?!\n)\p{Cc}/gu, " ")
      .toWellFormed(),
  )
    .trim()
    .replace(/^'(?=[=+\-@])/, "");
