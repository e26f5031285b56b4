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
 * Whether another site sends this form: by Sec-Fetch-Site where the browser gives it, else by Origin. A program that
 * sends neither (a mail provider's one-click unsubscribe, RFC 8058) carries no visitor's rights, so it is not foreign.
 */
export function isForeignForm({ method, headers }: Request): boolean {
  if (method === "GET" || method === "HEAD") return false;
  const site = headers.get("sec-fetch-site");
  if (site) return site !== "same-origin" && site !== "none";
  const origin = headers.get("origin");
  return origin !== null && URL.parse(origin)?.host !== headers.get("host")?.toLowerCase();
}

/**
 * Whether a form comes from this very site: what signs a request with a session must show it (CSRF; OWASP, "Verifying
 * origin with standard headers"). A browser sends Sec-Fetch-Site or Origin with every POST.
 */
export function isSameOriginForm(request: Request): boolean {
  const { method, headers } = request;
  if (method === "GET" || method === "HEAD") return true;
  return (headers.has("sec-fetch-site") || headers.has("origin")) && !isForeignForm(request);
}

/**
 * Whether another site led a browser here, or a page that asks for it as a picture, say: for an address that leaves a
 * trace when it is asked for. What was typed or bookmarked ("none") is the visitor's own; a browser without
 * Sec-Fetch-Site tells by its Referer.
 */
export function isFromElsewhere({ headers }: Request): boolean {
  if (!["document", "empty"].includes(headers.get("sec-fetch-dest") ?? "document")) return true;
  const site = headers.get("sec-fetch-site");
  if (site) return site !== "same-origin" && site !== "none";
  const from = headers.get("referer");
  return from !== null && URL.parse(from)?.host !== headers.get("host")?.toLowerCase();
}
