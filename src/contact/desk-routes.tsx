import { z } from "zod";
import { DeskRoutes, type DeskVisit, may, whereMay } from "../accounts/operations.ts";
import { type FieldErrors, fieldErrors } from "../platform/fields.ts";
import { readPlace } from "../platform/keyset.ts";
import { readFields } from "../protection/operations.ts";
import type { VisitContext } from "../visit.tsx";
import { type Asked, TipsPage } from "./desk-list-page.tsx";
import { answerTip, assignTip, draftFromTip, noteOnTip, resendAnswer, settleTip } from "./desk-operations.ts";
import { type DoneWithTip, doneWithTip, TipPage } from "./desk-pages.tsx";
import {
  getTipAtWork,
  listIslands,
  listTips,
  nextOpenTip,
  placeOfTip,
  type TipState,
  tipStates,
} from "./desk-queries.ts";

const isId = (id: string | undefined): id is string => z.uuid().safeParse(id).success;
const tipId = (c: VisitContext) => c.req.param("id") ?? "";
const ofTip = async (c: VisitContext) => (isId(tipId(c)) ? placeOfTip(c.var.visit.ctx, tipId(c)) : undefined);

/** Tips in the workplace: what came in, who takes it up, what was answered. */
export const contactDesk = new DeskRoutes()
  .get(
    (to) => to.section("tips"),
    "tips.handle",
    "anywhere",
    async (c, visit) => {
      const { ctx, person } = visit;
      const places = whereMay(person.roles, "tips.handle");
      const state = tipStates.find((one) => one === c.req.query("state")) ?? "open";
      const asked = readAsked(c);
      const [list, islands] = await Promise.all([
        listTips(ctx, {
          ...{ places, state, after: readPlace(c.req.query("after")) },
          assignedTo: asked.who === "me" ? person.id : null,
          initiative: asked.initiative,
          search: asked.q,
        }),
        listIslands(ctx, places),
      ]);
      return c.html(<TipsPage {...{ visit, state, asked, islands, all: places === "all", ...list }} />);
    },
  )
  .get(
    (to) => to.one("tips", ":id"),
    "tips.handle",
    ofTip,
    (c, visit) => showTip(c, visit),
  )
  .post(
    (to) => to.part("tips", ":id", "assign"),
    "tips.handle",
    ofTip,
    async (c, visit) => {
      const fields = await readFields(c);
      const { to = "" } = fields;
      const result =
        to === "" || isId(to)
          ? await assignTip(visit.ctx, doing(c, visit), to || null)
          : ({ kind: "not-in-team" } as const);
      if (result.kind === "assigned") return back(c, visit, "assigned", fields);
      return showTip(c, visit, { errors: [{ name: "to", message: "work:assign.notInTeam" }], typed: fields });
    },
  )
  .post(
    (to) => to.part("tips", ":id", "note"),
    "tips.handle",
    ofTip,
    (c, visit) => write(c, visit, "note"),
  )
  .post(
    (to) => to.part("tips", ":id", "answer"),
    "tips.handle",
    ofTip,
    (c, visit) => write(c, visit, "answer"),
  )
  .post(
    (to) => to.part("tips", ":id", "resend"),
    "tips.handle",
    ofTip,
    async (c, visit) => {
      const { message } = await readFields(c);
      const sending = isId(message) && (await resendAnswer(visit.ctx, doing(c, visit), message));
      return c.redirect(`${visit.desk.one("tips", tipId(c))}${sending ? "?done=resent" : ""}`, 303);
    },
  )
  .post(
    (to) => to.part("tips", ":id", "draft"),
    "tips.handle",
    ofTip,
    async (c, visit) => {
      const fields = await readFields(c);
      const into = visit.initiativeId ?? fields.initiative;
      if (!isId(into) || !may(visit.person.roles, "updates.write", into)) {
        const errors = [{ name: "initiative", message: "work:draft.choose" }];
        return showTip(c, visit, { errors, typed: fields });
      }
      const document = await draftFromTip(visit.ctx, doing(c, visit), into);
      if (!document) return c.notFound();
      return hasTyped(fields)
        ? back(c, visit, "drafted", fields)
        : c.redirect(visit.desk.document("update", document), 303);
    },
  )
  .post(
    (to) => to.part("tips", ":id", "done"),
    "tips.handle",
    ofTip,
    (c, visit) => settle(c, visit),
  )
  .post(
    (to) => to.part("tips", ":id", "spam"),
    "tips.handle",
    ofTip,
    (c, visit) => settle(c, visit, "spam"),
  );

const doing = (c: VisitContext, { person, initiativeId }: DeskVisit) => ({
  id: tipId(c),
  personId: person.id,
  initiativeId,
});

function readAsked(c: VisitContext): Asked {
  const initiative = c.req.query("initiative");
  return {
    who: c.req.query("who") === "me" ? "me" : "",
    initiative: isId(initiative) || initiative === "movement" ? initiative : "",
    q: (c.req.query("q") ?? "").trim().slice(0, 100),
  };
}

type Fields = Record<string, string>;
const hasTyped = ({ answer = "", note = "" }: Fields) => `${answer}${note}`.trim() !== "";

/** To the tip, with what was done; where something else was half typed the page itself, with that in it. */
function back(c: VisitContext, visit: DeskVisit, just: DoneWithTip, typed: Fields) {
  if (hasTyped(typed)) return showTip(c, visit, { typed, just });
  return c.redirect(`${visit.desk.one("tips", tipId(c))}?done=${just}`, 303);
}

async function settle(c: VisitContext, visit: DeskVisit, as?: "spam") {
  const fields = await readFields(c);
  const state: TipState = fields.again ? "open" : (as ?? "done");
  await settleTip(visit.ctx, doing(c, visit), state);
  return back(c, visit, state, fields);
}

type Shown = { errors?: FieldErrors; typed?: Fields; just?: DoneWithTip };

async function showTip(c: VisitContext, visit: DeskVisit, shown: Shown = {}) {
  const { ctx, person } = visit;
  const tip = await getTipAtWork(ctx, tipId(c));
  if (!tip) return c.notFound();
  const { errors = [], typed = {} } = shown;
  const just = shown.just ?? doneWithTip.find((one) => one === c.req.query("done")) ?? null;
  const islands = tip.initiative_id ? [] : await listIslands(ctx, whereMay(person.roles, "updates.write"));
  const mayDraft = tip.initiative_id
    ? may(person.roles, "updates.write", tip.initiative_id)
    : islands.length > 0;
  const here = { id: tip.id, at: tip.confirmed_at };
  const settled = tip.done_at ?? tip.spam_at;
  const next = settled ? await nextOpenTip(ctx, whereMay(person.roles, "tips.handle"), here) : null;
  return c.html(
    <TipPage {...{ visit, tip, islands, mayDraft, errors, typed, just, next }} />,
    errors.length > 0 ? 422 : 200,
  );
}

const text = z
  .string("work:text.missing")
  .trim()
  .min(1, "work:text.missing")
  .max(10_000, "work:text.tooLong");

/** An answer to the sender, or a note for the team. */
async function write(c: VisitContext, visit: DeskVisit, name: "note" | "answer") {
  const fields = await readFields(c);
  const parsed = z.object({ [name]: text }).safeParse(fields);
  if (!parsed.success) return showTip(c, visit, { errors: fieldErrors(parsed.error), typed: fields });
  const message = { text: parsed.data[name] ?? "", formId: isId(fields.form) ? fields.form : null };
  if (name === "answer") await answerTip(visit.ctx, doing(c, visit), message);
  else await noteOnTip(visit.ctx, doing(c, visit), message);
  return back(c, visit, name === "answer" ? "answered" : "noted", { ...fields, [name]: "" });
}
