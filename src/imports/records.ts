/** A line of a file. `tooLong`: only its begin. */
export type Line = { text: string; tooLong: boolean };

/** One line or more that are one row; `broken`: a line that is none. */
export type Record = { text: string; broken: boolean };

/** In characters; a row has one line, or more where a text in quotes has. */
export const longestRow = 50_000;
const mostLines = 200;

/**
 * Puts lines together that are one row, because a text in quotes goes on in the next. Where that does not come out (a
 * quote that never ends, or ends in the midst of a text; more or fewer cells than the heading; a line inside that is a
 * row by itself) its first line is broken and the others are looked at anew: a quote too many costs the line it stands
 * in, and nobody else's. Lines and rows come in batches: thirty million empty ones would take half a minute one by one.
 */
export async function* recordsOf(lines: AsyncIterable<Line[]>, delimiter: string): AsyncGenerator<Record[]> {
  let held: string[] = [];
  let [length, cells] = [0, 1];
  let heading: number | null = null;
  const letGo = (): string[] => {
    const lines = held;
    held = [];
    [length, cells] = [0, 1];
    return lines;
  };
  const feed = function* (line: Line): Generator<Record> {
    const queue = [line];
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { end, delimiters } = scan(next.text, delimiter, held.length > 0);
      held.push(next.text);
      length += next.text.length + 1;
      cells += delimiters;
      const fits = !next.tooLong && held.length <= mostLines && length <= longestRow + 1;
      if (fits && end === "open") continue;
      const one = held.length === 1 || isOneRow(held, cells, delimiter, heading ?? cells);
      if (fits && end === "closed" && one) {
        heading ??= cells;
        yield { text: letGo().join("\n"), broken: false };
      } else {
        const [first = "", ...rest] = letGo();
        yield { text: first, broken: true };
        if (rest.length > 0) queue.unshift(...rest.slice(0, -1).map(short), next);
      }
    }
  };
  for await (const some of lines) yield some.flatMap((line) => [...feed(line)]);
  while (held.length > 0) {
    const [first = "", ...rest] = letGo();
    yield [{ text: first, broken: true }, ...rest.flatMap((text) => [...feed(short(text))])];
  }
}

const short = (text: string): Line => ({ text, tooLong: false });

type Scanned = { end: "open" | "closed" | "broken"; delimiters: number };

/**
 * How a line ends: inside a text in quotes, outside of one, or in none of the ways that CSV knows; with the delimiters
 * outside of quotes. A quote opens a text only where a cell begins, and ends it only where the cell ends (RFC 4180,
 * section 2).
 */
function scan(line: string, delimiter: string, inside: boolean): Scanned {
  let quoted = inside;
  let delimiters = 0;
  for (let at = 0; at < line.length; at++) {
    const letter = line[at];
    if (!quoted) {
      if (letter === delimiter) delimiters++;
      else quoted = letter === '"' && (at === 0 || line[at - 1] === delimiter);
    } else if (letter === '"') {
      const next = line[at + 1];
      if (next === '"') at++;
      else if (next === undefined || next === delimiter) quoted = false;
      else return { end: "broken", delimiters };
    }
  }
  return { end: quoted ? "open" : "closed", delimiters };
}

/** Whether lines that were put together are as wide as the heading, and none of them is a row of its own inside quotes. */
function isOneRow(lines: string[], cells: number, delimiter: string, heading: number): boolean {
  const more = cells - heading;
  if (more < 0 || (more > 0 && !lines.at(-1)?.endsWith(delimiter.repeat(more)))) return false;
  return !lines.slice(1).some((line) => {
    const inside = line.split(delimiter);
    return (
      inside.length === heading && inside.some((cell) => cell.length <= longestAddress && address.test(cell))
    );
  });
}

/** RFC 5321, section 4.5.3.1.3, with its quotes. The length goes first: the pattern tries each dot of what is longer. */
const longestAddress = 256;
const address = /^"?[^\s"@]+@[^\s"@]+\.[^\s"@]+"?$/;
