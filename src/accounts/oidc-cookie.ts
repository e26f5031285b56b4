import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { type Language, languages } from "../platform/i18n.ts";
import type { VisitContext } from "../visit.tsx";
import { safeNext } from "./next.ts";

/** What one attempt at the identity provider holds: its secret, the language, and where somebody wanted to go. */
export type Attempt = { secret: string; language: Language; next: string | null };

const name = "archipel-aanmelden";
const isSecure = (c: VisitContext) => c.var.visit.ctx.config.secure;
/** Lax: the provider sends the browser back by a link of its own site (RFC 6265bis, 5.6.7.1). */
const attributes = (c: VisitContext) => ({
  path: "/",
  httpOnly: true,
  sameSite: "Lax" as const,
  ...(isSecure(c) ? { secure: true, prefix: "host" as const } : {}),
});

/** Seconds that somebody may take at the provider: ten minutes. */
const lasts = 600;

export function setAttempt(c: VisitContext, { secret, language, next }: Attempt): void {
  const kept = `${secret}.${language}.${Buffer.from(next ?? "").toString("base64url")}`;
  setCookie(c, name, kept, { ...attributes(c), maxAge: lasts });
}

/** The attempt of this browser, which is over with this; null when it made none. */
export function takeAttempt(c: VisitContext): Attempt | null {
  const value = (isSecure(c) ? getCookie(c, name, "host") : getCookie(c, name)) ?? "";
  deleteCookie(c, name, attributes(c));
  const [, secret, word, wanted = ""] = /^([\w-]{43})\.(\w+)\.([\w-]*)$/.exec(value) ?? [];
  const language = languages.find((one) => one === word);
  if (!secret || !language) return null;
  return { secret, language, next: safeNext(Buffer.from(wanted, "base64url").toString()) };
}
