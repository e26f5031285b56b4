import { readFields } from "../protection/operations.ts";
import { tomorrowAtNine, wallTimeAt } from "./amsterdam.ts";
import type { Problem } from "./fields/index.ts";
import { asTyped, chosenMoment, typedMoment } from "./moment.ts";
import { problemsOfPublishing } from "./publishing.ts";
import { SchedulePage } from "./schedule-page.tsx";
import { scheduleDocument, unscheduleDocument } from "./scheduling.ts";
import { editPage, type Working } from "./working.tsx";

/** The form for the moment: the one that was chosen before, or else tomorrow at nine. */
export async function askMoment(working: Working): Promise<Response> {
  const { c, visit, kind, document } = working;
  const missing = await problemsOfPublishing(visit.ctx, kind, document);
  if (missing.length > 0) return editPage(working, { errors: missing });
  const { publishAt } = document;
  const typed = asTyped(publishAt ? wallTimeAt(publishAt) : tomorrowAtNine(visit.ctx.now()));
  return c.html(<SchedulePage {...{ visit, kind, document, typed }} errors={[]} />);
}

export async function schedule(working: Working): Promise<Response> {
  const { c, visit, kind, document } = working;
  const fields = await readFields(c);
  const typed = typedMoment(fields);
  const chosen = chosenMoment(typed);
  const refuse = (problem: Problem, twice = false) =>
    c.html(<SchedulePage {...{ visit, kind, document, typed, twice }} errors={[problem]} />, 422);
  if (chosen.kind === "problem") return refuse(chosen.problem, chosen.twice);
  const { at } = chosen;
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
