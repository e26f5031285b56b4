import { momentOnClock } from "../platform/clock-time.ts";
import { amsterdamDay } from "../platform/i18n.ts";

/** Which number comes first where both could be a month. */
export type Order = "day-first" | "month-first";

/** What stands between the numbers of a date: what one program writes, it writes with the same. */
type Separator = "-" | "/" | ".";

type Wall = { year: number; month: number; day: number; time: string; zone: string };

/** A cell as a date: read; or two numbers of which the column has to say which is the day. */
export type DateCell =
  | ({ kind: "wall" } & Wall)
  | { kind: "instant"; at: number }
  | {
      kind: "numbers";
      one: number;
      two: number;
      year: number;
      separator: Separator;
      time: string;
      zone: string;
    };

const months: Record<string, number> = Object.fromEntries(
  [
    ["januari", "january", "jan"],
    ["februari", "february", "feb"],
    ["maart", "march", "mar", "mrt"],
    ["april", "apr"],
    ["mei", "may"],
    ["juni", "june", "jun"],
    ["juli", "july", "jul"],
    ["augustus", "august", "aug"],
    ["september", "sept", "sep"],
    ["oktober", "october", "okt", "oct"],
    ["november", "nov"],
    ["december", "dec"],
  ].flatMap((names, at) => names.map((name) => [name, at + 1])),
);
const month = Object.keys(months)
  .sort((a, b) => b.length - a.length)
  .join("|");
const weekday = String.raw`(?:(?:ma|di|wo|do|vr|za|zo|mon?|tue?s?|wed|thu(?:rs?)?|fri|sat|sun|maan|dins|woens|donder|vrij|zater|zon)(?:day|dag|nesday|urday|sday)?\.?,? )?`;

// A time of day with what follows it: "10:00", "10:00:00.123+01:00", "11:30 p.m. CET", "om 10:05 uur".
const time = String.raw`(?:[ t,]+(?:om |at )?(\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d{1,9})?)?(?: ?[ap]\.?m\.?)?)(?: uur)? ?(z|utc|gmt|cest|cet|met|mest)? ?([+-]\d{2}:?\d{2}|[+-]\d{2})?(?: \([\w .]+\))?)?`;
const shapes = {
  yearFirst: new RegExp(`^(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})${time}$`),
  yearLast: new RegExp(`^${weekday}(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4}|\\d{2})${time}$`),
  named: new RegExp(
    `^${weekday}(\\d{1,2})(?:st|nd|rd|th|e|\\.)?[ -](${month})\\.?[ ,-]+(\\d{4}|\\d{2})${time}$`,
  ),
  namedFirst: new RegExp(`^${weekday}(${month})\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})${time}$`),
  compact: /^(\d{4})(\d{2})(\d{2})(?:t?(\d{2})(\d{2})(\d{2})(z?))?$/,
};

/** In milliseconds: the years that a number of a program can mean. */
const [earliestNumber, latestNumber] = [Date.UTC(1990, 0, 1), Date.UTC(2200, 0, 1)];
const day = 86_400_000;

/** Longer than this is no date. */
const longest = 80;

/** Reads a cell as a date, in the ways that programs and people write it (Dutch and English); null for what is none. */
export function dateIn(cell: string): DateCell | null {
  if (cell.length > longest || !/\d/.test(cell)) return null;
  const text = cell
    .replace(/[\s\u202f]+/g, " ")
    .trim()
    .toLowerCase();
  if (/^\d+(?:[.,]\d+)?$|^\d{8}t\d{6}z?$/.test(text)) return numberIn(text);
  // Most texts are none, and are known by how they begin.
  if (!/^\d/.test(text) && !/^[a-z].*\b\d{4}\b/.test(text)) return null;
  const yearFirst = shapes.yearFirst.exec(text);
  if (yearFirst) return wall(yearFirst[1], yearFirst[3], yearFirst[4], yearFirst.slice(5));
  const yearLast = shapes.yearLast.exec(text);
  if (yearLast) {
    const [, one = "", separator = "", two = "", year = "", clock = "", name = "", offset = ""] = yearLast;
    return {
      ...{ kind: "numbers", one: Number(one), two: Number(two), year: fullYear(year) },
      ...{ separator: separator as Separator, time: clock, zone: offset || name },
    };
  }
  const named = shapes.named.exec(text);
  if (named) return wall(named[3], String(months[named[2] ?? ""]), named[1], named.slice(4));
  const first = shapes.namedFirst.exec(text);
  if (first) return wall(first[3], String(months[first[1] ?? ""]), first[2], first.slice(4));
  return null;
}

const wall = (year = "", month = "", day = "", [clock = "", name = "", offset = ""]: string[]): DateCell => ({
  ...{ kind: "wall", year: fullYear(year), month: Number(month), day: Number(day) },
  ...{ time: clock, zone: offset || name },
});

/** "24" is 2024, "97" is 1997. */
const fullYear = (year: string): number =>
  year.length > 2 ? Number(year) : Number(year) + (Number(year) < 70 ? 2000 : 1900);

/** A date as a number: days since 1900 (a spreadsheet's own), seconds or milliseconds since 1970, or 20240131. */
function numberIn(text: string): DateCell | null {
  const compact = shapes.compact.exec(text);
  if (compact && Number(compact[2]) <= 12 && Number(compact[3]) <= 31) {
    const [, year, month, day, hour, minute, second, zone] = compact;
    const clock = hour ? `${hour}:${minute}:${second}` : "";
    if (Number(year) >= 1900 && Number(year) < 2200) return wall(year, month, day, [clock, zone ?? ""]);
  }
  const number = Number(text.replace(",", "."));
  for (const unit of [1, 1000]) {
    const at = Math.round(number * unit);
    if (at >= earliestNumber && at < latestNumber && number > 1e6) return { kind: "instant", at };
  }
  // The zero of the 1900 system, with the day that Lotus thought 1900 had.
  const shown = Math.round((number - 25_569) * day);
  if (shown < earliestNumber || shown >= Date.UTC(2100, 0, 1)) return null;
  const [date = "", clock = ""] = new Date(shown).toISOString().split(/[T.]/);
  const [year, month, dayOfMonth] = date.split("-");
  return wall(year, month, dayOfMonth, [Number.isInteger(number) ? "" : clock]);
}

/** What a cell says about the order in its column: nothing, where it can be read in both ways. */
export function orderIn(cell: DateCell): { separator: Separator; order: Order | null } | null {
  if (cell.kind !== "numbers") return null;
  const { one, two, separator } = cell;
  if (one > 12 === two > 12) return { separator, order: null };
  return { separator, order: one > 12 ? "day-first" : "month-first" };
}

export type Read =
  | { kind: "read"; at: Date }
  /** Still to come. */
  | { kind: "future"; at: Date }
  /** A day that the calendar doesn't have, one before 1990, or no date at all. */
  | { kind: "impossible" | "too-old" | "no-date" }
  /** Both numbers could be the month, and nobody said which one is. */
  | { kind: "undecided" };

const hour = 3_600_000;
const oldest = Date.UTC(1990, 0, 1);

/**
 * The moment that a cell says. Without a zone it is what the clock in the Netherlands showed, as the lists show it; without
 * a time of day it is noon. `order`: of the column, by how its dates are separated.
 */
export function momentIn(text: string, order: (separator: string) => Order | null, now: Date): Read {
  const cell = dateIn(text);
  if (!cell) return { kind: "no-date" };
  if (cell.kind === "instant") return sensible(cell.at, now);
  if (cell.kind === "wall") return onCalendar(cell, now);
  const { one, two, separator, ...rest } = cell;
  const found = orderIn(cell)?.order ?? (one === two ? "day-first" : order(separator));
  if (found === null && one <= 12) return { kind: "undecided" };
  const [day, month] = found === "month-first" ? [two, one] : [one, two];
  return onCalendar({ ...rest, day, month }, now);
}

function onCalendar({ year, month, day, time, zone: named }: Wall, now: Date): Read {
  const date = Date.UTC(year, month - 1, day);
  const clock = clockIn(time);
  const shown = new Date(date);
  if (shown.getUTCMonth() !== month - 1 || shown.getUTCDate() !== day || clock === null)
    return { kind: "impossible" };
  const offset = offsetIn(named);
  const at = date + clock;
  return sensible(offset === null ? momentOnClock(at) : at - offset, now);
}

/** The milliseconds since midnight at "10:00", "10.00.00", "11:30 p.m."; null for no time of a day. Nothing is noon. */
function clockIn(text: string): number | null {
  if (!text) return 12 * hour;
  const [, hours12 = "", minute = "", second = "0", fraction = "", half = ""] =
    /^(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,](\d+))?)?(?: ?([ap])\.?m\.?)?$/.exec(text) ?? [];
  const hours = half ? (Number(hours12) % 12) + (half === "p" ? 12 : 0) : Number(hours12);
  if (!minute || hours > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const milliseconds = Number(fraction.padEnd(3, "0").slice(0, 3));
  return hours * hour + Number(minute) * 60_000 + Number(second) * 1000 + milliseconds;
}

/** How far a zone is ahead of UTC, in milliseconds; null for the clock in the Netherlands. */
function offsetIn(named: string): number | null {
  if (/^(z|utc|gmt)$/.test(named)) return 0;
  const [, sign, hours, minutes = "0"] = /^([+-])(\d{2}):?(\d{2})?$/.exec(named) ?? [];
  return sign ? (sign === "-" ? -1 : 1) * (Number(hours) * hour + Number(minutes) * 60_000) : null;
}

/** Later today is now: clocks differ, and a day without a time stands at noon. */
function sensible(at: number, now: Date): Read {
  if (at < oldest) return { kind: "too-old" };
  if (at <= now.getTime()) return { kind: "read", at: new Date(at) };
  return amsterdamDay(new Date(at)) === amsterdamDay(now)
    ? { kind: "read", at: now }
    : { kind: "future", at: new Date(at) };
}
