import { DeskRoutes, whereMay } from "../accounts/operations.ts";
import { findMailboxTrouble } from "../bounces/queries.ts";
import { findSendingFault } from "../deliveries/queries.ts";
import { listHolds } from "../suppressions/queries.ts";
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
    const fault = answersForMail ? await findSendingFault(visit.ctx) : null;
    const holds = answersForMail ? await listHolds(visit.ctx) : [];
    return c.html(<HomePage groups={await listWaiting(visit)} {...{ visit, unread, fault, holds }} />);
  },
);
