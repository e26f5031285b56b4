import { z } from "zod";
import { readFields } from "../protection/operations.ts";
import { type Moment, momentAt, tomorrowAtNine, wallTimeAt } from "./amsterdam.ts";
import type { Problem } from "./fields/index.ts";
import { problemsOfPublishing } from "./publishing.ts";
import { SchedulePage, type TypedMoment } from "./schedule-page.tsx";
import { scheduleDocument, unscheduleDocument } from "./scheduling.ts";
import { editPage, type Working } from "./working.tsx";

const asTyped = (time: ReturnType<typeof wallTimeAt>): TypedMoment => ({
  day: String(time.day),
  month: String(time.month),
  year: String(time.year),
  hour: String(time.hour).padStart(2, "0"),
  minute: String(time.minute).padStart(2, "0"),
  which: "",
});

/** The form for the moment: the one that was chosen before, or else tomorrow at nine. */
export async function askMoment(working: Working): Promise<Response> {
  const { c, visit, kind, document } = working;
  const missing = await problemsOfPublishing(visit.ctx, kind, document);
  if (missing.length > 0) return editPage(working, { errors: missing });
  const { publishAt } = document;
  const typed = asTyped(publishAt ? wallTimeAt(publishAt) : tomorrowAtNine(visit.ctx.now()));
  return c.html(<SchedulePage {...{ visit, kind, document, typed }} errors={[]} />);
}

const digits = z
  .string()
  .regex(/^\d{1,4}$/)
  .transform(Number);
const form = z.object({ day: digits, month: digits, year: digits, hour: digits, minute: digits });

export async function schedule(working: Working): Promise<Response> {
  const { c, visit, kind, document } = working;
  const fields = await readFields(c);
  const typed: TypedMoment = {
    day: fields.day ?? "",
    month: fields.month ?? "",
    year: fields.year ?? "",
    hour: fields.hour ?? "",
    minute: fields.minute ?? "",
    which: fields.which === "first" || fields.which === "second" ? fields.which : "",
  };
  const refuse = (error: Problem, twice = false) =>
    c.html(<SchedulePage {...{ visit, kind, document, typed, twice }} errors={[error]} />, 422);
  const parsed = form.safeParse(typed);
  const moment: Moment = parsed.success ? momentAt(parsed.data) : { kind: "invalid" };
  if (moment.kind === "invalid") return refuse({ name: "day", message: "writing:moment.invalid" });
  if (moment.kind === "skipped") {
    const { from, to } = moment;
    return refuse({ name: "hour", message: "writing:moment.skipped", values: { from, to } });
  }
  if (moment.kind === "twice" && typed.which === "")
    return refuse({ name: "which", message: "writing:moment.twice" }, true);
  const at = moment.kind === "moment" ? moment.at : typed.which === "second" ? moment.second : moment.first;
  const missing = await problemsOfPublishing(visit.ctx, kind, document);
  if (missing.length > 0) return editPage(working, { errors: missing });
  const who = { id: document.id, personId: visit.person.id };
  const result = await scheduleDocument(visit.ctx, kind, { ...who, at });
  switch (result.kind) {
    case "scheduled":
      return c.redirect(`${visit.desk.document(kind.kind, document.id)}?done=scheduled`, 303);
    case "past":
      return refuse({ name: "day", message: "writing:moment.past" });
    case "not-found":
      return c.notFound();
    default:
      return result satisfies never;
  }
}

export async function unschedule({ c, visit, kind, document }: Working): Promise<Response> {
  await unscheduleDocument(visit.ctx, kind, { id: document.id, personId: visit.person.id });
  return c.redirect(`${visit.desk.document(kind.kind, document.id)}?done=unscheduled`, 303);
}
