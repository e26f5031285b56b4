const hour = 3_600_000;

const walls = new Intl.DateTimeFormat("sv-SE", {
  ...{ timeZone: "Europe/Amsterdam", dateStyle: "short", timeStyle: "medium" },
});

/** By the hour, since a clock is changed on one: asking the calendar for each of a million moments would take a minute. */
const offsets = new Map<number, number>();
const mostKept = 50_000;

/** By how many minutes the clock in the Netherlands is ahead of UTC at a moment. */
function offsetAt(at: number): number {
  const hours = Math.floor(at / hour);
  const known = offsets.get(hours);
  if (known !== undefined) return known;
  if (offsets.size >= mostKept) offsets.clear();
  const wall = Date.parse(`${walls.format(new Date(hours * hour)).replace(" ", "T")}Z`);
  const offset = (wall - hours * hour) / 60_000;
  offsets.set(hours, offset);
  return offset;
}

const day = 24 * hour;

/**
 * The moment at which the clock in the Netherlands shows a time: both in milliseconds since 1970, the time as if it were
 * UTC. Of a time that the clock shows twice the first, of one that it skips as long after the change (as in RFC 5545).
 */
export function momentOnClock(wall: number): number {
  const before = offsetAt(wall - day);
  const candidates = [before, offsetAt(wall + day)].filter(
    (offset) => offsetAt(wall - offset * 60_000) === offset,
  );
  return wall - Math.max(...(candidates.length > 0 ? candidates : [before])) * 60_000;
}

/**
 * A moment as the clock in the Netherlands shows it, with how far that is from UTC (ISO 8601, RFC 3339):
 * "2026-12-01T01:00:00+01:00". One moment also in the hour that the clock shows twice; fractions only where it has some.
 */
export function clockTime(date: Date): string {
  const at = date.getTime();
  const offset = offsetAt(at);
  const [wall = "", fraction = ""] = new Date(at + offset * 60_000).toISOString().slice(0, -1).split(".");
  const [sign, size] = offset < 0 ? ["-", -offset] : ["+", offset];
  const two = (number: number) => String(number).padStart(2, "0");
  const zone = `${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`;
  return `${wall}${fraction === "000" ? "" : `.${fraction}`}${zone}`;
}
