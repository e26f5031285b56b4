import { desk } from "../desk-paths.ts";
import { languages } from "../platform/i18n.ts";

const homes = languages.map((language) => desk(language).home);

/**
 * Where somebody wanted to go before signing in: a path of the workplace and nothing else, else null (open redirect;
 * OWASP, "Unvalidated redirects and forwards"). It is read as a browser reads it, and answered as it was understood.
 */
export function safeNext(wanted: string | undefined): string | null {
  if (!wanted?.startsWith("/") || /[\\\p{Cc}]/u.test(wanted)) return null;
  const base = "http://here.invalid";
  const url = URL.parse(wanted, base);
  if (url?.origin !== base) return null;
  const inside = homes.some((home) => url.pathname === home || url.pathname.startsWith(`${home}/`));
  return inside ? url.pathname + url.search : null;
}

/** Takes along where somebody wanted to go. */
export const withNext = (path: string, next: string | null): string =>
  next ? `${path}?${new URLSearchParams({ next })}` : path;
