import { createReadStream } from "node:fs";
import { parse } from "csv-parse/sync";
import type { FileShape } from "./reading.ts";

/** A row of a file. `reason`: why it cannot be read. */
export type FileRow = { number: number; cells: string[]; reason: string | null };

/** In characters; a row has one line, or more where a text in quotes has. */
const longestRow = 50_000;
const mostLines = 200;
const mostColumns = 100;
const batchSize = 500;

/**
 * The rows of a file, with the numbers that a spreadsheet program gives them; empty ones are left out. What cannot be
 * read is a row with a reason, and the rest goes on: a quote that never ends costs the line it is in, not the file.
 */
export async function* readRows(path: string, shape: FileShape): AsyncGenerator<FileRow> {
  let batch: { number: number; text: string }[] = [];
  let number = 0;
  for await (const record of recordsOf(linesOf(path, shape.encoding), shape.delimiter)) {
    number++;
    if (record.broken) {
      yield* parsed(batch, shape.delimiter);
      batch = [];
      yield { number, cells: [cleaned(record.text.slice(0, 500))], reason: "unreadable" };
    } else if (record.text.trim() !== "") batch.push({ number, text: record.text });
    if (batch.length < batchSize) continue;
    yield* parsed(batch, shape.delimiter);
    batch = [];
  }
  yield* parsed(batch, shape.delimiter);
}

function* parsed(batch: { number: number; text: string }[], delimiter: string): Generator<FileRow> {
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

type Line = { text: string; tooLong: boolean };
type Record = { text: string; broken: boolean };

/** Puts lines together that are one row, because a text in quotes goes on in the next. */
async function* recordsOf(lines: AsyncIterable<Line>, delimiter: string): AsyncGenerator<Record> {
  let held: string[] = [];
  // What was held is no row after all: its first line is broken, the others are looked at anew.
  const giveUp = function* (all: boolean): Generator<Record> {
    while (held.length > 0) {
      const [first = "", ...rest] = held;
      held = [];
      yield { text: first, broken: true };
      for (const [at, text] of rest.entries()) {
        held.push(text);
        if (isOpen(held.join("\n"), delimiter)) continue;
        yield { text: held.join("\n"), broken: false };
        held = [];
        if (at === rest.length - 1) return;
      }
      if (!all) return;
    }
  };
  for await (const { text, tooLong } of lines) {
    if (tooLong) {
      yield* giveUp(true);
      yield { text, broken: true };
      continue;
    }
    held.push(text);
    const whole = held.join("\n");
    if (!isOpen(whole, delimiter)) {
      yield { text: whole, broken: false };
      held = [];
    } else if (held.length > mostLines || whole.length > longestRow) yield* giveUp(false);
  }
  yield* giveUp(true);
}

/** Whether a text in quotes has not ended. A quote opens one only where a cell begins (RFC 4180, section 2). */
function isOpen(text: string, delimiter: string): boolean {
  if (!text.includes('"')) return false;
  let quoted = false;
  let begins = true;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (quoted) {
      if (letter !== '"') continue;
      if (text[at + 1] === '"') at++;
      else quoted = false;
    } else if (letter === '"' && begins) quoted = true;
    begins = !quoted && (letter === delimiter || letter === "\n");
  }
  return quoted;
}

/** Lines, however they end; of one that is too long only the begin. */
async function* linesOf(path: string, encoding: string): AsyncGenerator<Line> {
  const decoder = new TextDecoder(encoding);
  let held = "";
  let tooLong = false;
  let first = true;
  const split = function* (last: boolean): Generator<Line> {
    let from = 0;
    for (const end of held.matchAll(/\r\n|\n|\r(?!$)/g)) {
      const text = held.slice(from, end.index);
      from = end.index + end[0].length;
      if (first && /^sep=[,;\t]$/i.test(text)) first = false;
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
    yield* split(false);
  }
  held += decoder.decode();
  yield* split(true);
}

/** Without what no text has: control characters but the ends of lines, halves of letters, an apostrophe against formulas. */
const cleaned = (cell: string): string =>
  cell
    .replace(/\r\n?/g, "\n")
    .replace(/(?!\n)\p{Cc}/gu, " ")
    .toWellFormed()
    .normalize("NFC")
    .trim()
    .replace(/^'(?=[=+\-@])/, "");
