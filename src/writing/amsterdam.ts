import { Temporal } from "temporal-polyfill";

const zone = "Europe/Amsterdam";

/** A time on the clock in the Netherlands, in numbers. */
export type WallTime = { year: number; month: number; day: number; hour: number; minute: number };

export type Moment =
  | { kind: "moment"; at: Date }
  /** No day of the calendar, or no time of a day. */
  | { kind: "invalid" }
  /** The clock jumps over it when summer time begins: from `from` to `to` ("02:00", "03:00"). */
  | { kind: "skipped"; from: string; to: string }
  /** The clock shows it twice when summer time ends. */
  | { kind: "twice"; first: Date; second: Date };

/** The moment that a time on the Dutch clock is, summer time counted. */
export function momentAt(time: WallTime): Moment {
  let wall: Temporal.PlainDateTime;
  try {
    wall = Temporal.PlainDateTime.from(time, { overflow: "reject" });
  } catch {
    return { kind: "invalid" };
  }
  const early = wall.toZonedDateTime(zone, { disambiguation: "earlier" });
  const late = wall.toZonedDateTime(zone, { disambiguation: "later" });
  if (early.epochMilliseconds === late.epochMilliseconds) return { kind: "moment", at: dateOf(early) };
  if (early.toPlainDateTime().equals(wall))
    return { kind: "twice", first: dateOf(early), second: dateOf(late) };
  const jump = early.getTimeZoneTransition("next");
  const to = (jump ?? late).toPlainTime();
  const nanoseconds = late.offsetNanoseconds - early.offsetNanoseconds;
  return { kind: "skipped", from: shown(to.subtract({ nanoseconds })), to: shown(to) };
}

const dateOf = ({ epochMilliseconds }: Temporal.ZonedDateTime) => new Date(epochMilliseconds);
const shown = (time: Temporal.PlainTime) => time.toString({ smallestUnit: "minute" });

/** What the clock in the Netherlands shows at a moment. */
export function wallTimeAt(moment: Date): WallTime {
  const { year, month, day, hour, minute } = Temporal.Instant.fromEpochMilliseconds(
    moment.getTime(),
  ).toZonedDateTimeISO(zone);
  return { year, month, day, hour, minute };
}

/** Tomorrow at nine in the Netherlands: what a schedule begins with. */
export function tomorrowAtNine(now: Date): WallTime {
  const { year, month, day } = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .add({ days: 1 });
  return { year, month, day, hour: 9, minute: 0 };
}
