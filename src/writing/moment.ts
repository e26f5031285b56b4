import { z } from "zod";
import { type Moment, momentAt, type wallTimeAt } from "./amsterdam.ts";
import type { Problem } from "./fields/index.ts";
import type { TypedMoment } from "./moment-fields.tsx";

/** A moment as the form shows it. */
export const asTyped = (time: ReturnType<typeof wallTimeAt>): TypedMoment => ({
  day: String(time.day),
  month: String(time.month),
  year: String(time.year),
  hour: String(time.hour).padStart(2, "0"),
  minute: String(time.minute).padStart(2, "0"),
  which: "",
});

const digits = z
  .string()
  .regex(/^\d{1,4}$/)
  .transform(Number);
const form = z.object({ day: digits, month: digits, year: digits, hour: digits, minute: digits });

/** The day and time in a form that was sent, as they were typed. */
export const typedMoment = (fields: Record<string, string>): TypedMoment => ({
  day: fields.day ?? "",
  month: fields.month ?? "",
  year: fields.year ?? "",
  hour: fields.hour ?? "",
  minute: fields.minute ?? "",
  which: fields.which === "first" || fields.which === "second" ? fields.which : "",
});

export type ChosenMoment =
  | { kind: "moment"; at: Date }
  /** `twice`: the clock shows this time twice, and the form has to ask which is meant. */
  | { kind: "problem"; problem: Problem; twice: boolean };

/** The moment that was typed, on the Dutch clock, summer time counted. */
export function chosenMoment(typed: TypedMoment): ChosenMoment {
  const parsed = form.safeParse(typed);
  const moment: Moment = parsed.success ? momentAt(parsed.data) : { kind: "invalid" };
  const refuse = (problem: Problem, twice = false): ChosenMoment => ({ kind: "problem", problem, twice });
  switch (moment.kind) {
    case "moment":
      return moment;
    case "invalid":
      return refuse({ name: "day", message: "writing:moment.invalid" });
    case "skipped":
      return refuse({
        ...{ name: "hour", message: "writing:moment.skipped" },
        values: { from: moment.from, to: moment.to },
      });
    case "twice":
      if (typed.which === "") return refuse({ name: "which", message: "writing:moment.twice" }, true);
      return { kind: "moment", at: typed.which === "second" ? moment.second : moment.first };
    default:
      return moment satisfies never;
  }
}
