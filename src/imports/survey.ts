import { isStatus, type Leaning, leaningOf, noIn, saysNothing } from "./consent.ts";
import { dateIn, type Order, orderIn } from "./dates.ts";

/** How many dates of a column say that the day comes first, that the month does, and that could be read in both ways. */
type Orders = Record<string, { dayFirst: number; monthFirst: number; either: number }>;

/** What the values of a column are, in all rows of a file. */
export type ColumnSurvey = {
  filled: number;
  addresses: number;
  dates: number;
  /** Numbers that can be a date: days since 1900, or seconds since 1970. */
  numericDates: number;
  statuses: number;
  /** Where the heading tells nothing: a column of zeros and ones alone is one of yes and no. */
  zeros: number;
  ones: number;
  /** Rows with a word that says no to mail, with one that says no to something, and with a sentence that may. */
  no: number;
  doubt: number;
  remark: number;
  /** By what stands between the numbers. */
  orders: Orders;
};

const empty = (): ColumnSurvey => ({
  ...{ filled: 0, addresses: 0, dates: 0, numericDates: 0, statuses: 0, zeros: 0, ones: 0, no: 0, doubt: 0 },
  remark: 0,
  orders: {},
});

/** Looks at every value of a file, column by column. */
export class Survey {
  readonly columns: ColumnSurvey[];
  #leanings: Leaning[];
  #double: boolean[];
  #known = new Map<string, Seen>();

  constructor(header: string[]) {
    this.columns = header.map(empty);
    this.#leanings = header.map(leaningOf);
    this.#double = header.map((name) => /double/i.test(name));
  }

  /** Adds the cells of one row. */
  add(cells: string[]): void {
    for (const [at, cell] of cells.entries()) {
      const column = this.columns[at];
      if (column && !saysNothing(cell)) this.#look(column, cell, at);
    }
  }

  #seen(cell: string): Seen {
    const known = this.#known.get(cell);
    if (known) return known;
    const seen = { date: dateIn(cell), isStatus: isStatus(cell) };
    if (this.#known.size >= mostSeen) this.#known.clear();
    if (cell.length < 100) this.#known.set(cell, seen);
    return seen;
  }

  #look(column: ColumnSurvey, cell: string, at: number): void {
    column.filled++;
    if (cell.includes("@") && cell.length < 320 && /^[^\s@]+@[^\s@]+$/.test(cell)) {
      column.addresses++;
      return;
    }
    const leaning = this.#leanings[at] ?? "unknown";
    const { date, isStatus } = this.#seen(cell);
    if (leaning === "unknown" && /^[0f]$/i.test(cell)) column.zeros++;
    if (leaning === "unknown" && /^[1t]$/i.test(cell)) column.ones++;
    if (date) noteOrder(column.orders, orderIn(date));
    if (date && (date.kind === "numbers" || !/^[\d.,]+$/.test(cell))) {
      column.dates++;
      // A date is a no only where the heading says that it is when somebody left.
      if (leaning === "no") column.no++;
      return;
    }
    if (date) column.numericDates++;
    if (isStatus) column.statuses++;
    // Brevo's "2" in a column for double opt-in: not confirmed.
    const said = this.#double[at] && cell === "2" ? "no" : noIn(cell, leaning);
    if (said) column[said]++;
  }
}

type Seen = { date: ReturnType<typeof dateIn>; isStatus: boolean };
/** Values that come again are looked at once; a column of names or remarks has many that do not. */
const mostSeen = 20_000;

function noteOrder(orders: Orders, found: ReturnType<typeof orderIn>): void {
  if (!found) return;
  orders[found.separator] ??= { dayFirst: 0, monthFirst: 0, either: 0 };
  const order = orders[found.separator]!;
  if (found.order === null) order.either++;
  else order[found.order === "day-first" ? "dayFirst" : "monthFirst"]++;
}

/** How many rows of a column say no. A word that may mean anything counts as one where it is not known what the column holds. */
export function noesIn({ no, doubt, remark, zeros, ones, filled }: ColumnSurvey): {
  sure: number;
  any: number;
} {
  const bare = zeros > 0 && zeros + ones === filled ? zeros : 0;
  return { sure: no, any: no + doubt + remark + bare };
}

/** The order of a column by how its dates are separated; null where somebody has to say it. */
export type ColumnOrders = Record<string, Order | null>;

/**
 * Decides for each column which number of its dates is the day: by its own values, else by those of the other columns,
 * since one program wrote them all. Where values contradict each other, or none tells, somebody has to.
 */
export function ordersOf(surveys: ColumnSurvey[]): ColumnOrders[] {
  const all: Orders = {};
  for (const { orders } of surveys)
    for (const [separator, { dayFirst, monthFirst }] of Object.entries(orders)) {
      all[separator] ??= { dayFirst: 0, monthFirst: 0, either: 0 };
      all[separator].dayFirst += dayFirst;
      all[separator].monthFirst += monthFirst;
    }
  return surveys.map(({ orders }) =>
    Object.fromEntries(
      Object.entries(orders)
        .filter(([, { either }]) => either > 0)
        .map(([separator, own]) => {
          const told = own.dayFirst + own.monthFirst > 0 ? own : all[separator]!;
          return [separator, decided(told)];
        }),
    ),
  );
}

const decided = ({ dayFirst, monthFirst }: Orders[string]): Order | null =>
  dayFirst > 0 === monthFirst > 0 ? null : dayFirst > 0 ? "day-first" : "month-first";
