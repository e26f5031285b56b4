import { createHmac, timingSafeEqual } from "node:crypto";

/** What is derived from the installation's secret: links in mail and keyed hashes. */
export type Keys = {
  /** A link token for a row: its id and a MAC over purpose and id; nothing of it is stored. */
  token: (purpose: string, id: string) => string;
  /** The id in a token, or null when it is not one that this installation made for this purpose. */
  readToken: (purpose: string, token: string) => string | null;
  /** A keyed hash (hex, 32 characters) that cannot be reversed without the secret. */
  hash: (purpose: string, value: string) => string;
};

const tokenShape = /^([0-9a-f]{32})([A-Za-z0-9_-]{22})$/;

/** The id that a token claims to be for, or null; whether that is true, `readToken` says. */
export const idClaimedBy = (token: string): string | null =>
  tokenShape.exec(token)?.[1]?.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5") ?? null;

export function createKeys(secret: string): Keys {
  const mac = (purpose: string, value: string) =>
    createHmac("sha256", secret).update(`${purpose}\0${value}`).digest();
  const signature = (purpose: string, id: string) =>
    mac(`token:${purpose}`, id).subarray(0, 16).toString("base64url");
  return {
    token: (purpose, id) => id.replaceAll("-", "") + signature(purpose, id),
    readToken: (purpose, token) => {
      const id = idClaimedBy(token);
      if (id === null) return null;
      return timingSafeEqual(Buffer.from(token.slice(32)), Buffer.from(signature(purpose, id))) ? id : null;
    },
    hash: (purpose, value) => mac(`hash:${purpose}`, value).toString("hex").slice(0, 32),
  };
}
