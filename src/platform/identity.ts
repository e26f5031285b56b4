import type { Keys } from "./keys.ts";

/** The header by which an installation recognises itself. */
export const identityHeader = "x-archipel-identity";

/** What tells one installation from another; says nothing else. */
export const identityOf = (keys: Keys): string => keys.hash("identity", "installation");
