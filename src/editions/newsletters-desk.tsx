import { DeskRoutes, whereMay } from "../accounts/operations.ts";
import type { VisitContext } from "../visit.tsx";
import { isUuid } from "../writing/operations.ts";
import {
  getNewsletterAtWork,
  listEditions,
  listNewslettersAtWork,
  perPage,
  placeOfNewsletter,
  type ShownState,
  shownStates,
} from "./desk-queries.ts";
import { NewsletterAtWorkPage, NewslettersPage } from "./newsletter-pages.tsx";
import { beginEdition } from "./operations.ts";

const action = "newsletters.write";
const idOf = (c: VisitContext) => c.req.param("id") ?? "";
const ofNewsletter = (c: VisitContext) => placeOfNewsletter(c.var.visit.ctx, idOf(c));
const afterIn = (c: VisitContext) => {
  const after = c.req.query("na") ?? "";
  return isUuid(after) ? after : null;
};

/** A page of rows, and the id behind which the next one begins. */
const pageOf = <Row extends { id: string }>(rows: Row[]) => ({
  rows: rows.slice(0, perPage),
  next: rows.length > perPage ? (rows[perPage - 1]?.id ?? null) : null,
});

/** The newsletters in the workplace, and the editions of each. */
export const newslettersDesk = new DeskRoutes()
  .get(
    (to) => to.section("newsletters"),
    action,
    "anywhere",
    async (c, visit) => {
      const places = whereMay(visit.person.roles, action);
      const { rows, next } = pageOf(await listNewslettersAtWork(visit.ctx, places, afterIn(c)));
      const [only] = rows;
      if (rows.length === 1 && only && !afterIn(c))
        return c.redirect(visit.desk.one("newsletters", only.id), 303);
      return c.html(<NewslettersPage visit={visit} newsletters={rows} next={next} />);
    },
  )
  .get(
    (to) => to.one("newsletters", ":id"),
    action,
    ofNewsletter,
    async (c, visit) => {
      const newsletter = await getNewsletterAtWork(visit.ctx, idOf(c));
      if (!newsletter) return c.notFound();
      const asked = c.req.query("stand");
      const state = (Object.keys(shownStates) as ShownState[]).find((one) => one === asked) ?? null;
      const wanted = { state, after: afterIn(c) };
      const { rows, next } = pageOf(await listEditions(visit.ctx, newsletter.id, wanted));
      const announce = c.req.query("done") === "removed" ? visit.t("editions:done.removed") : undefined;
      return c.html(
        <NewsletterAtWorkPage {...{ visit, newsletter, state, next, announce }} editions={rows} />,
      );
    },
  )
  .post(
    (to) => to.part("newsletters", ":id", "new"),
    action,
    ofNewsletter,
    async (c, visit) => {
      const { ctx, person, desk } = visit;
      const begun = await beginEdition(ctx, { newsletterId: idOf(c), personId: person.id });
      if (begun.kind === "not-found") return c.notFound();
      return c.redirect(desk.document("edition", begun.documentId), 303);
    },
  );
