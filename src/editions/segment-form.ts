import type { FieldErrors } from "../platform/fields.ts";
import { languages } from "../platform/i18n.ts";
import { chosenMoment, wallTimeAt } from "../writing/operations.ts";
import type { Segment } from "./table.ts";

/** The two days that a segment can lie between. */
export const segmentDays = ["from", "before"] as const;
export type SegmentDay = (typeof segmentDays)[number];
export const dayParts = ["day", "month", "year"] as const;

/** A segment as its form shows it: texts by the name of the field. */
export type TypedSegment = Record<string, string>;

export const themeField = (slug: string) => `theme-${slug}`;
export const initiativeField = (id: string) => `initiative-${id}`;

const dayOf = { from: "subscribedFrom", before: "subscribedBefore" } as const;

/** The form of a segment that was chosen before. */
export function segmentAsTyped(segment: Segment): TypedSegment {
  const days = segmentDays.flatMap((which) => {
    const moment = segment[dayOf[which]];
    if (!moment) return [];
    const time = wallTimeAt(new Date(moment));
    return dayParts.map((part) => [`${which}-${part}`, String(time[part])]);
  });
  return Object.fromEntries([
    ["language", segment.language ?? ""],
    ...(segment.themes ?? []).map((slug) => [themeField(slug), "yes"]),
    ...(segment.initiatives ?? []).map((id) => [initiativeField(id), "yes"]),
    ...days,
  ]);
}

type Offered = { themes: string[]; initiatives: string[] };
export type SegmentResult = { kind: "segment"; segment: Segment } | { kind: "wrong"; errors: FieldErrors };

/** The segment in a form that was sent. `offered`: what could be ticked. */
export function readSegment(typed: TypedSegment, offered: Offered): SegmentResult {
  const errors: FieldErrors = [];
  const language = languages.find((one) => one === typed.language);
  const themes = offered.themes.filter((slug) => typed[themeField(slug)] === "yes");
  const initiatives = offered.initiatives.filter((id) => typed[initiativeField(id)] === "yes");
  const days = segmentDays.map((which) => readDay(typed, which, errors));
  const [subscribedFrom, subscribedBefore] = days;
  if (subscribedFrom && subscribedBefore && subscribedFrom >= subscribedBefore)
    errors.push({ name: "before-day", message: "editions:to.daysSwapped" });
  if (errors.length > 0) return { kind: "wrong", errors };
  return {
    kind: "segment",
    segment: {
      ...(language && { language }),
      ...(subscribedFrom && { subscribedFrom }),
      ...(subscribedBefore && { subscribedBefore }),
      ...(themes.length > 0 && { themes }),
      ...(initiatives.length > 0 && { initiatives }),
    },
  };
}

/** The beginning of a day in the Netherlands, or nothing where no day was typed. */
function readDay(typed: TypedSegment, which: SegmentDay, errors: FieldErrors): string | undefined {
  const [day = "", month = "", year = ""] = dayParts.map((part) => typed[`${which}-${part}`] ?? "");
  if (!day && !month && !year) return undefined;
  const chosen = chosenMoment({ day, month, year, hour: "0", minute: "0", which: "first" });
  if (chosen.kind === "moment") return chosen.at.toISOString();
  errors.push({ name: `${which}-day`, message: "editions:to.dayWrong" });
  return undefined;
}
