import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { VisitContext } from "../visit.tsx";
import { sessionLasts } from "./sessions.ts";

/** The workplace's cookie, beside that of /mijn. Over https its name binds it to this host (RFC 6265bis, "__Host-"). */
const name = "archipel-beheer";
const isSecure = (c: VisitContext) => c.var.visit.ctx.config.secure;
const attributes = (c: VisitContext) => ({
  path: "/",
  httpOnly: true,
  sameSite: "Lax" as const,
  ...(isSecure(c) ? { secure: true, prefix: "host" as const } : {}),
});

/** The token that the browser sent, or null; whether it stands for a session is another question. */
export function readSessionCookie(c: VisitContext): string | null {
  const value = isSecure(c) ? getCookie(c, name, "host") : getCookie(c, name);
  return value && /^[\w-]{43}$/.test(value) ? value : null;
}

export const setSessionCookie = (c: VisitContext, token: string): void =>
  setCookie(c, name, token, { ...attributes(c), maxAge: sessionLasts / 1000 });

export function dropSessionCookie(c: VisitContext): void {
  deleteCookie(c, name, attributes(c));
}
