import { z } from "zod";
import { DeskRoutes, type DeskVisit, whereMay } from "../accounts/operations.ts";
import { type AuditAction, noteAudit } from "../audit/operations.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { readPlace } from "../platform/keyset.ts";
import { readFields } from "../protection/operations.ts";
import type { VisitContext } from "../visit.tsx";
import { OfferPage, type OfferPageProps, OffersPage } from "./desk-pages.tsx";
import { listOpenOffers, placeOfOffer } from "./desk-queries.ts";
import { answerOffer, resendAnswer, settleAnswer } from "./operations.ts";
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
      const places = whereMay(visit.person.roles, "offers.answer");
      const list = await listOpenOffers(visit.ctx, places, readPlace(c.req.query("after")));
      return c.html(<OffersPage visit={visit} {...list} />);
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
  )
  .post(
    (to) => to.part("offers", ":id", "resend"),
    "offers.answer",
    ofOffer,
    async (c, visit) => {
      const sending = await inTransaction(visit.ctx, async (ctx) => {
        const sending = await resendAnswer(ctx, offerId(c));
        if (sending) await note(ctx, c, visit, "offers.resend");
        return sending;
      });
      return c.redirect(`${visit.desk.one("offers", offerId(c))}${sending ? "?done=resent" : ""}`, 303);
    },
  )
  .post(
    (to) => to.part("offers", ":id", "done"),
    "offers.answer",
    ofOffer,
    async (c, visit) => {
      await settleAnswer(visit.ctx, offerId(c));
      return c.redirect(visit.desk.section("offers"), 303);
    },
  );

const note = (ctx: Ctx, c: VisitContext, visit: DeskVisit, action: AuditAction) =>
  noteAudit(ctx, {
    ...{ personId: visit.person.id, action, initiativeId: visit.initiativeId },
    details: { offer: offerId(c) },
  });

const form = z.object({ reason: z.string().trim().max(2000, "work:offer.reason.tooLong").optional() });

async function answer(c: VisitContext, visit: DeskVisit, as: "accepted" | "declined") {
  const fields = await readFields(c);
  const parsed = form.safeParse(fields);
  const typed = fields.reason?.trim() || undefined;
  if (!parsed.success) return showOffer(c, visit, { error: "work:offer.reason.tooLong", typed });
  const id = offerId(c);
  const { kind } = await inTransaction(visit.ctx, async (ctx) => {
    const result = await answerOffer(ctx, id, {
      ...{ answer: as, reason: parsed.data.reason || null, alsoLate: true },
    });
    if (result.kind === "answered") await note(ctx, c, visit, `offers.${as}`);
    return result;
  });
  switch (kind) {
    case "answered":
      return c.redirect(`${visit.desk.one("offers", id)}?done=answered`, 303);
    case "already-answered":
    case "withdrawn": {
      const offer = await getOffer(visit.ctx, id);
      // its button was pressed twice
      if (offer?.answer === as && (offer.reason ?? undefined) === typed)
        return c.redirect(`${visit.desk.one("offers", id)}?done=answered`, 303);
      return showOffer(c, visit, { just: kind, typed });
    }
    case "not-found":
      return c.notFound();
    case "expired":
      throw new Error("From the workplace an offer is answered at any time");
    default:
      return kind satisfies never;
  }
}

type Shown = Partial<Pick<OfferPageProps, "error" | "typed" | "just">>;

async function showOffer(c: VisitContext, visit: DeskVisit, shown: Shown = {}) {
  const offer = await getOffer(visit.ctx, offerId(c));
  if (!offer) return c.notFound();
  const { error, typed } = shown;
  const just = shown.just ?? (["answered", "resent"] as const).find((one) => one === c.req.query("done"));
  const status = error ? 422 : shown.just ? 409 : 200;
  return c.html(<OfferPage {...{ visit, offer, error, typed, just }} />, status);
}
