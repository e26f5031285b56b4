import { z } from "zod";
import { DeskRoutes, type DeskVisit } from "../accounts/operations.ts";
import { readPlace } from "../platform/keyset.ts";
import { readFields } from "../protection/operations.ts";
import type { VisitContext } from "../visit.tsx";
import { resendMail, settleDecision } from "./delivery.ts";
import { ProposalsPage } from "./desk-list-page.tsx";
import { ProposalPage } from "./desk-pages.tsx";
import { type AskResult, approveProposal, askBack, refuseProposal } from "./operations.ts";
import { getProposal, listProposals, listSimilar, proposalStates } from "./queries.ts";

const proposalId = (c: VisitContext) => c.req.param("id") ?? "";
const isId = (id: string) => z.uuid().safeParse(id).success;

/** Proposed initiatives in the workplace: yes, no, or a question back. */
export const proposalsDesk = new DeskRoutes()
  .get(
    (to) => to.section("proposals"),
    "proposals.decide",
    "movement",
    async (c, visit) => {
      const state = proposalStates.find((one) => one === c.req.query("state")) ?? "open";
      const list = await listProposals(visit.ctx, { state, after: readPlace(c.req.query("after")) });
      return c.html(<ProposalsPage {...{ visit, state, ...list }} />);
    },
  )
  .get(
    (to) => to.one("proposals", ":id"),
    "proposals.decide",
    "movement",
    (c, visit) => showProposal(c, visit),
  )
  .post(
    (to) => to.part("proposals", ":id", "approve"),
    "proposals.decide",
    "movement",
    (c, visit) => decide(c, visit, (id) => approveProposal(visit.ctx, id, visit.person)),
  )
  .post(
    (to) => to.part("proposals", ":id", "askBack"),
    "proposals.decide",
    "movement",
    (c, visit) => decideWith(c, visit, "question", (id, by, text) => askBack(visit.ctx, id, by, text)),
  )
  .post(
    (to) => to.part("proposals", ":id", "refuse"),
    "proposals.decide",
    "movement",
    (c, visit) => decideWith(c, visit, "reason", (id, by, text) => refuseProposal(visit.ctx, id, by, text)),
  )
  .post(
    (to) => to.part("proposals", ":id", "resend"),
    "proposals.decide",
    "movement",
    async (c, visit) => {
      const id = proposalId(c);
      if (!isId(id) || !(await getProposal(visit.ctx, id))) return c.notFound();
      const sending = (await resendMail(visit.ctx, id, visit.person.id)) === "sending";
      return c.redirect(`${visit.desk.one("proposals", id)}${sending ? "?done=resent" : ""}`, 303);
    },
  )
  .post(
    (to) => to.part("proposals", ":id", "done"),
    "proposals.decide",
    "movement",
    async (c, visit) => {
      const id = proposalId(c);
      if (!isId(id) || !(await getProposal(visit.ctx, id))) return c.notFound();
      await settleDecision(visit.ctx, id);
      return c.redirect(visit.desk.section("proposals"), 303);
    },
  );

type Decide = (id: string, by: string) => Promise<AskResult>;

async function decide(
  c: VisitContext,
  visit: DeskVisit,
  act: Decide,
  typed: Record<string, string> = {},
): Promise<Response> {
  const id = proposalId(c);
  if (!isId(id)) return c.notFound();
  const { kind } = await act(id, visit.person.id);
  if (kind === "not-found") return c.notFound();
  if (kind === "already-asked")
    return showProposal(c, visit, { name: "question", message: "proposals:ask.waits" }, typed);
  // what was typed for nothing is shown again, to be copied
  if (kind === "already-decided" && Object.keys(typed).length > 0)
    return showProposal(c, visit, undefined, typed, kind);
  return c.redirect(`${visit.desk.one("proposals", id)}?done=${kind}`, 303);
}

const text = z
  .string("proposals:words.missing")
  .trim()
  .min(1, "proposals:words.missing")
  .max(2000, "proposals:words.tooLong");

/** A decision that needs words. */
async function decideWith(
  c: VisitContext,
  visit: DeskVisit,
  name: "question" | "reason",
  act: (id: string, by: string, text: string) => Promise<AskResult>,
): Promise<Response> {
  const fields = await readFields(c);
  const parsed = text.safeParse(fields[name]);
  if (parsed.success) return decide(c, visit, (id, by) => act(id, by, parsed.data), { [name]: parsed.data });
  const message = parsed.error.issues[0]?.message ?? "proposals:words.missing";
  return showProposal(c, visit, { name, message }, fields);
}

const announced = ["decided", "already-decided", "resent"] as const;

async function showProposal(
  c: VisitContext,
  visit: DeskVisit,
  error?: { name: string; message: string },
  typed: Record<string, string> = {},
  done = c.req.query("done"),
) {
  const id = proposalId(c);
  const proposal = isId(id) && (await getProposal(visit.ctx, id));
  if (!proposal) return c.notFound();
  const similar = (await listSimilar(visit.ctx, proposal.name)).filter(({ slug }) => slug !== proposal.slug);
  const just = announced.find((one) => one === done);
  const status = error ? 422 : Object.keys(typed).length > 0 ? 409 : 200;
  return c.html(<ProposalPage {...{ visit, proposal, similar, error, typed, just }} />, status);
}
