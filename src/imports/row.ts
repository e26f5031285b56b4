import { momentIn, type Read } from "./dates.ts";
import type { Meaning } from "./meanings.ts";
import type { ColumnOrders } from "./survey.ts";

/** What a row says, or why it cannot be read. `key`: by what two rows are the same; of a bad one, if it may be a "no". */
export type Checked =
  | { kind: "good"; key: string; data: Record<string, string | null> }
  | { kind: "bad"; reason: string; key: string | null; data: { column: string; value: string } | null };

/** How an import reads its rows: the names and the meanings of its columns, and the order of their dates. */
export type Reading = { header: string[]; columns: string[]; orders: ColumnOrders[]; now: Date };

export type Cell = { at: number; text: string };

/** In characters; what is longer is not even looked at by a pattern. A name of more than 100 is none (fields.ts). */
const longest: Partial<Record<string, number>> = {
  email: 1000,
  story: 50_000,
  consent: 5000,
  motivation: 2000,
};
const longestOther = 500;
const isTooLong = (meaning: string, text: string) => text.length > (longest[meaning] ?? longestOther);

/** How much of a value a message shows. */
const shown = 60;

/** The cells of a row by what they mean. */
export class Row {
  readonly now: Date;
  #cells = new Map<string, Cell[]>();
  #reading: Reading;

  constructor(reading: Reading, cells: string[]) {
    this.#reading = reading;
    this.now = reading.now;
    for (const [at, meaning] of reading.columns.entries()) {
      if (!meaning) continue;
      const all = this.#cells.get(meaning) ?? [];
      all.push({ at, text: cells[at] ?? "" });
      this.#cells.set(meaning, all);
    }
  }

  /** The cells that a column with this meaning has in this row, in the order of the file. */
  all(meaning: Meaning): Cell[] {
    return this.#cells.get(meaning) ?? [];
  }

  headerOf({ at }: Cell): string {
    return this.#reading.header[at] ?? "";
  }

  /** The text of the one column with this meaning; none where it is longer than it can be. */
  text(meaning: Meaning): string {
    const text = this.all(meaning)[0]?.text ?? "";
    return isTooLong(meaning, text) ? "" : text;
  }

  /** The first cell that is longer than what can be meant by its column; without those that matter to nobody. */
  tooLong(courtesies: readonly string[]): Cell | null {
    for (const [meaning, cells] of this.#cells)
      if (!courtesies.includes(meaning))
        for (const cell of cells) if (isTooLong(meaning, cell.text)) return cell;
    return null;
  }

  /** A date in the order of its column. */
  moment({ at, text }: Cell): Read {
    return momentIn(text, (separator) => this.#reading.orders[at]?.[separator] ?? null, this.now);
  }

  /** Why a row is bad, with the column and the value that make it so. */
  bad(reason: string, where: Meaning | Cell, key: string | null = null): Checked {
    const cell = typeof where === "string" ? this.all(where)[0] : where;
    if (!cell) return { kind: "bad", reason, key, data: null };
    const { at, text } = cell;
    const column = this.#reading.header[at] || String(at + 1);
    const value = text.length > shown ? `${text.slice(0, shown)}…` : text;
    return { kind: "bad", reason, key, data: { column, value: value.replace(/\s+/g, " ").toWellFormed() } };
  }
}
