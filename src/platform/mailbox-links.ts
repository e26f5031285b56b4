import type { Ctx } from "./context.ts";

/**
 * Links that do something for a team are bound to the mailbox that they were sent to: their MAC covers its address, so
 * that they end when the team's mail goes elsewhere, and with them the way in of who reads the old mailbox.
 */

const boundTo = (purpose: string, address: string) => `${purpose} for ${address.trim().toLowerCase()}`;

/** The token of a link that counts as long as mail of this kind goes to `address`. */
export const mailboxToken = ({ keys }: Pick<Ctx, "keys">, purpose: string, id: string, address: string) =>
  keys.token(boundTo(purpose, address), id);

/** Whether a token was made for a link to one of these mailboxes. */
export const isForMailbox = (
  { keys }: Pick<Ctx, "keys">,
  purpose: string,
  token: string,
  addresses: readonly string[],
): boolean => addresses.some((address) => keys.readToken(boundTo(purpose, address), token) !== null);
