import { z } from "zod";
import { DeskRoutes, type DeskVisit, may, whereMay } from "../accounts/operations.ts";
import { type FieldErrors, fieldErrors } from "../platform/fields.ts";
import { readFields } from "../protection/operations.ts";
import type { VisitContext } from "../visit.tsx";
import { answerTip, assignTip, draftFromTip, noteOnTip, settleTip } from "./desk-operations.ts";
import { TipPage, TipsPage } from "./desk-pages.tsx";
import { getTipAtWork, listIslands, listTips, placeOfTip, type TipState, tipStates } from "./desk-queries.ts";

const isId = (id: string) => z.uuid().safeParse(id).success;
const tipId = (c: VisitContext) => c.req.param("id") ?? "";
const ofTip = async (c: VisitContext) => (isId(tipId(c)) ? placeOfTip(c.var.visit.ctx, tipId(c)) : undefined);

/** Tips in the workplace: what came in, who takes it up, what was answered. */
export const contactDesk = new DeskRoutes()
  .get(
    (to) => to.section("tips"),
    "tips.handle",
    "anywhere",
    async (c, visit) => {
      const state = tipStates.find((one) => one === c.req.query("state")) ?? "open";
      const after = readPlace(c.req.query("after"));
      const list = await listTips(visit.ctx, {
        places: whereMay(visit.person.roles, "tips.handle"),
        ...{ state, after },
      });
      return c.html(<TipsPage visit={visit} state={state} {...list} />);
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
      const { to = "" } = await readFields(c);
      const result =
        to === "" || isId(to)
          ? await assignTip(visit.ctx, doing(c, visit), to || null)
          : ({ kind: "not-in-team" } as const);
      if (result.kind === "assigned") return back(c, visit, "assigned");
      return showTip(c, visit, [{ name: "to", message: "work:assign.notInTeam" }], { to });
    },
  )
  .post(
    (to) => to.part("tips", ":id", "note"),
    "tips.handle",
    ofTip,
    async (c, visit) => {
      const text = await readText(c, "note");
      if ("errors" in text) return showTip(c, visit, text.errors, text.typed);
      await noteOnTip(visit.ctx, doing(c, visit), text.text);
      return back(c, visit, "noted");
    },
  )
  .post(
    (to) => to.part("tips", ":id", "answer"),
    "tips.handle",
    ofTip,
    async (c, visit) => {
      const text = await readText(c, "answer");
      if ("errors" in text) return showTip(c, visit, text.errors, text.typed);
      await answerTip(visit.ctx, doing(c, visit), text.text);
      return back(c, visit, "answered");
    },
  )
  .post(
    (to) => to.part("tips", ":id", "draft"),
    "tips.handle",
    ofTip,
    async (c, visit) => {
      const { initiative = "" } = await readFields(c);
      const into = visit.initiativeId ?? initiative;
      if (!isId(into) || !may(visit.person.roles, "updates.write", into))
        return showTip(c, visit, [{ name: "initiative", message: "work:draft.choose" }], { initiative });
      const document = await draftFromTip(visit.ctx, doing(c, visit), into);
      return document ? c.redirect(visit.desk.document("update", document), 303) : c.notFound();
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

const done = ["assigned", "noted", "answered", "done", "open", "spam"] as const;

const back = (c: VisitContext, visit: DeskVisit, what: (typeof done)[number]) =>
  c.redirect(`${visit.desk.one("tips", tipId(c))}?done=${what}`, 303);

async function settle(c: VisitContext, visit: DeskVisit, as?: "spam") {
  const { again } = await readFields(c);
  const state: TipState = again ? "open" : (as ?? "done");
  await settleTip(visit.ctx, doing(c, visit), state);
  return back(c, visit, state);
}

async function showTip(
  c: VisitContext,
  visit: DeskVisit,
  errors: FieldErrors = [],
  typed: Record<string, string> = {},
) {
  const tip = await getTipAtWork(visit.ctx, tipId(c));
  if (!tip) return c.notFound();
  const just = done.find((one) => one === c.req.query("done")) ?? null;
  const places = whereMay(visit.person.roles, "updates.write");
  const islands = tip.initiative_id ? [] : await listIslands(visit.ctx, places);
  const mayDraft = tip.initiative_id
    ? may(visit.person.roles, "updates.write", tip.initiative_id)
    : islands.length > 0;
  return c.html(
    <TipPage {...{ visit, tip, islands, mayDraft, errors, typed, just }} />,
    errors.length > 0 ? 422 : 200,
  );
}

const text = z
  .string("work:text.missing")
  .trim()
  .min(1, "work:text.missing")
  .max(10_000, "work:text.tooLong");

/** The one text of a form, or what is wrong with it. */
async function readText(c: VisitContext, name: "note" | "answer") {
  const fields = await readFields(c);
  const parsed = z.object({ [name]: text }).safeParse(fields);
  if (!parsed.success) return { errors: fieldErrors(parsed.error), typed: fields };
  return { text: parsed.data[name] ?? "" };
}

/** Where a page of a list begins: "<milliseconds>.<id>". */
function readPlace(text: string | undefined): { at: Date; id: string } | null {
  const [, at, id = ""] = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(text ?? "") ?? [];
  return at && isId(id) ? { at: new Date(Number(at)), id } : null;
}
