import { z } from "zod";
import { DeskRoutes, type DeskVisit, whereMay } from "../accounts/operations.ts";
import { noteAudit } from "../audit/operations.ts";
import { inTransaction } from "../platform/context.ts";
import { readFields } from "../protection/operations.ts";
import type { VisitContext } from "../visit.tsx";
import { OfferPage, OffersPage } from "./desk-pages.tsx";
import { listOpenOffers, placeOfOffer } from "./desk-queries.ts";
import { answerOffer } from "./operations.ts";
import { getOffer } from "./queries.ts";

const offerId = (c: VisitContext) => c.req.param("id") ?? "";
const ofOffer = async (c: VisitContext) =>
  z.uuid().safeParse(offerId(c)).success ? placeOfOffer(c.var.visit.ctx, offerId(c)) : undefined;

/** Offers to work along, answered from the workplace. */
export const participationDesk = new DeskRoutes()
  .get(
    (to) => to.section("offers"),
    "offers.answer",
    "anywhere",
    async (c, visit) => {
      const offers = await listOpenOffers(visit.ctx, whereMay(visit.person.roles, "offers.answer"));
      return c.html(<OffersPage visit={visit} offers={offers} />);
    },
  )
  .get(
    (to) => to.one("offers", ":id"),
    "offers.answer",
    ofOffer,
    (c, visit) => showOffer(c, visit),
  )
  .post(
    (to) => to.part("offers", ":id", "accept"),
    "offers.answer",
    ofOffer,
    (c, visit) => answer(c, visit, "accepted"),
  )
  .post(
    (to) => to.part("offers", ":id", "decline"),
    "offers.answer",
    ofOffer,
    (c, visit) => answer(c, visit, "declined"),
  );

const form = z.object({ reason: z.string().trim().max(2000, "work:offer.reason.tooLong").optional() });

async function answer(c: VisitContext, visit: DeskVisit, as: "accepted" | "declined") {
  const fields = await readFields(c);
  const parsed = form.safeParse(fields);
  if (!parsed.success) return showOffer(c, visit, "work:offer.reason.tooLong", fields.reason);
  const id = offerId(c);
  await inTransaction(visit.ctx, async (ctx) => {
    const result = await answerOffer(ctx, id, {
      ...{ answer: as, reason: parsed.data.reason || null, alsoLate: true },
    });
    if (result.kind === "answered")
      await noteAudit(ctx, {
        ...{ personId: visit.person.id, action: `offers.${as}`, initiativeId: visit.initiativeId },
        details: { offer: id },
      });
  });
  return c.redirect(`${visit.desk.one("offers", id)}?done=answered`, 303);
}

async function showOffer(c: VisitContext, visit: DeskVisit, error?: string, typed?: string) {
  const offer = await getOffer(visit.ctx, offerId(c));
  if (!offer) return c.notFound();
  const answered = c.req.query("done") === "answered";
  return c.html(<OfferPage {...{ visit, offer, error, typed, answered }} />, error ? 422 : 200);
}
