import type { Config } from "../platform/config.ts";
import type { SignedIn } from "./sessions.ts";

/** Whether somebody signed in firmly enough for their roles: some want a passkey or the organisation's account. */
export const isStrongEnough = ({ strongRoles }: Pick<Config, "strongRoles">, person: SignedIn): boolean =>
  person.method === "passkey" ||
  person.method === "oidc" ||
  !person.roles.some(({ role }) => strongRoles.includes(role));
