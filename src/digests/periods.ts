import { Temporal } from "temporal-polyfill";
import { dateInWords, type Language, monthInWords } from "../platform/i18n.ts";

export type Rhythm = "weekly" | "monthly";

const zone = "Europe/Amsterdam";
const sevenInTheMorning = Temporal.PlainTime.from("07:00");

const zoned = (moment: Date) =>
  Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(zone);

/** The last end of a period by a moment: Monday, or the first of the month, at seven in the morning in the Netherlands. */
export function lastEnd(rhythm: Rhythm, now: Date): Date {
  const today = zoned(now).toPlainDate();
  const begun = rhythm === "weekly" ? today.subtract({ days: today.dayOfWeek - 1 }) : today.with({ day: 1 });
  const moment = (day: Temporal.PlainDate) =>
    new Date(day.toZonedDateTime({ timeZone: zone, plainTime: sevenInTheMorning }).epochMilliseconds);
  const end = moment(begun);
  if (end <= now) return end;
  return moment(begun.subtract(rhythm === "weekly" ? { weeks: 1 } : { months: 1 }));
}

export type Period = { from: Date; until: Date };

/** The days of a period in words, its last day the one before it ends: "9 tot en met 15 november", or a whole month. */
export function daysOf({ from, until }: Period, language: Language) {
  const first = zoned(from).toPlainDate();
  const last = zoned(until).toPlainDate().subtract({ days: 1 });
  const wholeMonth = first.day === 1 && last.day === last.daysInMonth && first.month === last.month;
  const inWords = (day: Temporal.PlainDate) =>
    dateInWords(
      new Date(day.toZonedDateTime({ timeZone: zone, plainTime: "12:00" }).epochMilliseconds),
      language,
    );
  return {
    month: wholeMonth && first.year === last.year ? monthInWords(first.toString(), language) : null,
    first: inWords(first),
    last: inWords(last),
  };
}
