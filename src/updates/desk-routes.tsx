import { DeskRoutes, whereMay } from "../accounts/operations.ts";
import { isUuid } from "../writing/operations.ts";
import { UpdatesAtWork } from "./desk-pages.tsx";
import { listPlaces, listUpdatesAtWork, updateStates, updatesPerPage } from "./desk-queries.ts";

/** The updates in the workplace: what is being written, waits, is out, or was taken away. */
export const updatesDesk = new DeskRoutes().get(
  (to) => to.section("updates"),
  "updates.write",
  "anywhere",
  async (c, visit) => {
    const where = whereMay(visit.person.roles, "updates.write");
    const places = await listPlaces(visit.ctx, where);
    const island = places.find(({ id }) => id === c.req.query("initiatief"))?.id ?? null;
    const state = updateStates.find((one) => one === c.req.query("stand")) ?? null;
    const search = (c.req.query("zoek") ?? "").trim().slice(0, 100);
    const after = cursorFrom(c.req.query("na") ?? "");
    const rows = await listUpdatesAtWork(visit.ctx, { where, island, state, search, after });
    const updates = rows.slice(0, updatesPerPage);
    const last = rows.length > updatesPerPage ? updates.at(-1) : undefined;
    const next = last ? `${last.changed} ${last.key}` : null;
    const chosen = { island, state, search };
    const removed = c.req.query("done") === "removed";
    return c.html(<UpdatesAtWork visit={visit} {...{ updates, places, chosen, next, removed }} />);
  },
);

/** Where a page of the list goes on: after a moment and a key. */
function cursorFrom(text: string): { changed: string; key: string } | null {
  const cut = text.lastIndexOf(" ");
  const [changed, key] = [text.slice(0, cut), text.slice(cut + 1)];
  return isUuid(key) && /^[\d: .+-]{19,40}$/.test(changed) && !Number.isNaN(Date.parse(changed))
    ? { changed, key }
    : null;
}
