export { type DeskRoute, DeskRoutes, type DeskVisit, type Scope } from "./desk-routes.tsx";
export { mayErase } from "./entering.ts";
export { firstOwnerLink } from "./first-owner.ts";
export { leaveTeams } from "./own.ts";
export { isOnlyOwner } from "./owners.ts";
export { type Action, may, whereMay } from "./policy.ts";
export { closeSessionsOf, openSession } from "./sessions.ts";
export { listWhoMay, personMay, stillMay } from "./still.ts";
