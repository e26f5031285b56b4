import { DeskRoutes } from "../accounts/operations.ts";
import { listSuppressions, type SuppressionPlace } from "../suppressions/queries.ts";
import { SuppressionsPage } from "./suppressions-page.tsx";

const perPage = 50;

/** Which addresses get no mail, and why. There is nothing to do here: the way back is the owner's. */
export const suppressionsDesk = new DeskRoutes().get(
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
    return c.html(<SuppressionsPage {...{ visit, search, addresses, next }} isFirst={!after} />);
  },
);

/** What stands in the address, without what no text of the database holds. */
const typed = (text = "") => text.replace(/\p{C}+/gu, "").toWellFormed();

/** Where a page of the list goes on: after a moment and an address. What makes no sense is the beginning. */
function placeFrom(text: string): SuppressionPlace | undefined {
  const cut = text.indexOf(" ");
  const since = new Date(text.slice(0, Math.max(0, cut)));
  return cut > 0 && !Number.isNaN(since.getTime()) ? { since, address: text.slice(cut + 1) } : undefined;
}
