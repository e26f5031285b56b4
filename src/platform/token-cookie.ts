import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";

/** Whether the site is served over https only, and the request's own context. */
type Asked = { c: Context; secure: boolean };

/**
 * A cookie that holds a random token and nothing else. Over https its name binds it to this host (RFC 6265bis, the
 * "__Host-" prefix), which wants Path=/; script cannot read it, and forms of other sites do not bring it along.
 *
 * @param lasts Milliseconds.
 */
export function tokenCookie(name: string, lasts: number) {
  const attributes = (secure: boolean) => ({
    path: "/",
    httpOnly: true,
    sameSite: "Lax" as const,
    ...(secure ? { secure: true, prefix: "host" as const } : {}),
  });
  return {
    /** The token that the browser sent, or null; what it stands for is another question. */
    read: ({ c, secure }: Asked): string | null => {
      const value = secure ? getCookie(c, name, "host") : getCookie(c, name);
      return value && /^[\w-]{43}$/.test(value) ? value : null;
    },
    set: ({ c, secure }: Asked, token: string): void =>
      setCookie(c, name, token, { ...attributes(secure), maxAge: lasts / 1000 }),
    drop: ({ c, secure }: Asked): void => {
      deleteCookie(c, name, attributes(secure));
    },
  };
}
