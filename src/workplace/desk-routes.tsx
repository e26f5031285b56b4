import { DeskRoutes, whereMay } from "../accounts/operations.ts";
import { findMailboxTrouble } from "../bounces/queries.ts";
import { HomePage } from "./pages.tsx";
import { listWaiting } from "./queries.ts";

/** The workplace's first page: what waits for whoever is at work. */
export const workplaceDesk = new DeskRoutes().get(
  (to) => to.home,
  "workplace.open",
  "anywhere",
  async (c, visit) => {
    const answersForMail = whereMay(visit.person.roles, "suppressions.see") === "all";
    const unread = answersForMail ? await findMailboxTrouble(visit.ctx) : null;
    return c.html(<HomePage visit={visit} groups={await listWaiting(visit)} unread={unread} />);
  },
);
