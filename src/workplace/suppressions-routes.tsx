import { DeskRoutes } from "../accounts/operations.ts";
import { openHold } from "../suppressions/operations.ts";
import { listHolds, listSuppressions, type SuppressionPlace } from "../suppressions/queries.ts";
import { isUuid } from "../writing/operations.ts";
import { SuppressionsPage } from "./suppressions-page.tsx";

const perPage = 50;

/**
 * Which addresses get no mail, and why: there the way back is the owner's. A provider that is held is released here.
 */
export const suppressionsDesk = new DeskRoutes()
  .get(
    (to) => to.section("suppressions"),
    "suppressions.see",
    "movement",
    async (c, visit) => {
      const search = typed(c.req.query("zoek")).trim().slice(0, 100);
      const after = placeFrom(typed(c.req.query("na")));
      const rows = await listSuppressions(visit.ctx, { search, after, limit: perPage + 1 });
      const addresses = rows.slice(0, perPage);
      const last = rows.length > perPage ? addresses.at(-1) : undefined;
      const next = last ? `${last.since.toISOString()} ${last.address}` : null;
      const holds = search || after ? [] : await listHolds(visit.ctx);
      const done = announcements.find((one) => one === c.req.query("done"));
      const announce = done && visit.t(`suppressions:held.${done}`);
      return c.html(
        <SuppressionsPage {...{ visit, search, addresses, next, holds, announce }} isFirst={!after} />,
      );
    },
  )
  .post(
    (to) => to.part("suppressions", ":id", "open"),
    "suppressions.open",
    "movement",
    async (c, { ctx, person, desk }) => {
      const id = c.req.param("id") ?? "";
      const result = isUuid(id) ? await openHold(ctx, id, person.id) : { kind: "not-held" };
      const done = result.kind === "opened" ? "opened" : "late";
      return c.redirect(`${desk.section("suppressions")}?done=${done}`, 303);
    },
  )
  .get(
    (to) => to.part("suppressions", ":id", "open"),
    "suppressions.see",
    "movement",
    (c, { desk }) => c.redirect(desk.section("suppressions"), 303),
  );

const announcements = ["opened", "late"] as const;

/** What stands in the address, without what no text of the database holds. */
const typed = (text = "") => text.replace(/\p{C}+/gu, "").toWellFormed();

/** Where a page of the list goes on: after a moment and an address. What makes no sense is the beginning. */
function placeFrom(text: string): SuppressionPlace | undefined {
  const cut = text.indexOf(" ");
  const since = new Date(text.slice(0, Math.max(0, cut)));
  return cut > 0 && !Number.isNaN(since.getTime()) ? { since, address: text.slice(cut + 1) } : undefined;
}
