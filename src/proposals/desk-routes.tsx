import { z } from "zod";
import { DeskRoutes, type DeskVisit } from "../accounts/operations.ts";
import { readFields } from "../protection/operations.ts";
import type { VisitContext } from "../visit.tsx";
import { ProposalPage, ProposalsPage } from "./desk-pages.tsx";
import { approveProposal, askBack, type DecideResult, refuseProposal } from "./operations.ts";
import { getProposal, listOpenProposals, listOtherProposals, listSimilar } from "./queries.ts";

const proposalId = (c: VisitContext) => c.req.param("id") ?? "";
const isId = (id: string) => z.uuid().safeParse(id).success;

/** Proposed initiatives in the workplace: yes, no, or a question back. */
export const proposalsDesk = new DeskRoutes()
  .get(
    (to) => to.section("proposals"),
    "proposals.decide",
    "movement",
    async (c, visit) => {
      const [open, others] = await Promise.all([listOpenProposals(visit.ctx), listOtherProposals(visit.ctx)]);
      return c.html(<ProposalsPage {...{ visit, open, others }} />);
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
    (c, visit) => decide(c, visit, (id, by) => approveProposal(visit.ctx, id, by)),
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
  );

type Decide = (id: string, by: string) => Promise<DecideResult>;

async function decide(c: VisitContext, visit: DeskVisit, act: Decide): Promise<Response> {
  const id = proposalId(c);
  if (!isId(id)) return c.notFound();
  const { kind } = await act(id, visit.person.id);
  if (kind === "not-found") return c.notFound();
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
  act: (id: string, by: string, text: string) => Promise<DecideResult>,
): Promise<Response> {
  const fields = await readFields(c);
  const parsed = text.safeParse(fields[name]);
  if (parsed.success) return decide(c, visit, (id, by) => act(id, by, parsed.data));
  const message = parsed.error.issues[0]?.message ?? "proposals:words.missing";
  return showProposal(c, visit, { name, message }, fields);
}

async function showProposal(
  c: VisitContext,
  visit: DeskVisit,
  error?: { name: string; message: string },
  typed: Record<string, string> = {},
) {
  const id = proposalId(c);
  const proposal = isId(id) && (await getProposal(visit.ctx, id));
  if (!proposal) return c.notFound();
  const similar = (await listSimilar(visit.ctx, proposal.name)).filter(({ slug }) => slug !== proposal.slug);
  const just = (["decided", "already-decided"] as const).find((one) => one === c.req.query("done"));
  return c.html(<ProposalPage {...{ visit, proposal, similar, error, typed, just }} />, error ? 422 : 200);
}
