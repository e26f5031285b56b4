import type { MiddlewareHandler } from "hono";

/**
 * Security headers of every answer (internet.nl v1.11; STANDARDS, "Headers"). All scripts and styles are files of
 * our own, so that no nonce and no inline exception is needed.
 */
export function securityHeaders(secure: boolean): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(secure ? ["upgrade-insecure-requests"] : []),
  ];
  return {
    "content-security-policy": policy.join("; "),
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    ...(secure ? { "strict-transport-security": "max-age=63072000; includeSubDomains" } : {}),
  };
}

/**
 * Refuses forms that another site sends: by Sec-Fetch-Site where the browser gives it, else by Origin. A program
 * that sends neither (a mail provider's one-click unsubscribe, RFC 8058) carries no visitor's rights and passes.
 */
export const refuseForeignForms: MiddlewareHandler = async (c, next) => {
  if (c.req.method === "GET" || c.req.method === "HEAD") return next();
  const site = c.req.header("sec-fetch-site");
  const origin = c.req.header("origin");
  const foreign = site
    ? site !== "same-origin" && site !== "none"
    : origin !== undefined && URL.parse(origin)?.host !== c.req.header("host");
  if (foreign) return c.text("This form was sent from another site.", 403);
  return next();
};
