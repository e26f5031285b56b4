import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { VisitContext } from "../visit.tsx";
import { visitLasts } from "./policy.ts";

/**
 * The one cookie that a visitor gets: it holds a visit's token. Over https its name binds it to this host (RFC 6265bis, the
 * "__Host-" prefix), which wants Path=/. No other page looks at it.
 */
const name = "archipel-mijn";
const isSecure = (c: VisitContext) => c.var.visit.ctx.config.secure;
const attributes = (c: VisitContext) => ({
  path: "/",
  httpOnly: true,
  sameSite: "Lax" as const,
  ...(isSecure(c) ? { secure: true, prefix: "host" as const } : {}),
});

/** The token that the browser sent, or null; whether it stands for a visit is another question. */
export function readVisitCookie(c: VisitContext): string | null {
  const value = isSecure(c) ? getCookie(c, name, "host") : getCookie(c, name);
  return value && /^[\w-]{43}$/.test(value) ? value : null;
}

export const setVisitCookie = (c: VisitContext, token: string): void =>
  setCookie(c, name, token, { ...attributes(c), maxAge: visitLasts / 1000 });

export function dropVisitCookie(c: VisitContext): void {
  deleteCookie(c, name, attributes(c));
}
