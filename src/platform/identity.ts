import { randomUUID } from "node:crypto";
import type { Keys } from "./keys.ts";

/** The header by which an installation proves to itself that a host name leads here. */
export const identityHeader = "x-archipel-identity";

const purpose = "identity";

/** A question that only this installation asks, and each time anew: an answer that somebody wrote down is none. */
export const nonceOf = (keys: Keys): string => keys.token(purpose, randomUUID());

/** The answer at a host name (as the Host header has it) to a question of our own; null to a stranger's. */
export function proofOf(keys: Keys, host: string, nonce: string): string | null {
  const asked = keys.readToken(purpose, nonce);
  return asked && keys.hash(purpose, `${asked} ${host.toLowerCase()}`);
}
