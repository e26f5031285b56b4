import { DeskRoutes } from "../accounts/operations.ts";
import { HomePage } from "./pages.tsx";
import { listWaiting } from "./queries.ts";

/** The workplace's first page: what waits for whoever is at work. */
export const workplaceDesk = new DeskRoutes().get(
  (to) => to.home,
  "workplace.open",
  "anywhere",
  async (c, visit) => c.html(<HomePage visit={visit} groups={await listWaiting(visit)} />),
);
