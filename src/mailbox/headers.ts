import { securityHeaders } from "../platform/security.ts";

const sandbox = "allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation";

/** What the frame around a mail may do: nothing but follow a link that somebody clicks. */
export const frameSandbox = sandbox;

const shared = { "cache-control": "no-store", "x-robots-tag": "noindex" };

/** A page that holds a mail in a frame. */
export const framingHeaders = (secure: boolean): Record<string, string> => ({
  ...shared,
  "content-security-policy": `${securityHeaders(secure)["content-security-policy"]}; frame-src 'self'`,
});

/**
 * A mail's own HTML. Mails have their styles within and their pictures in data: URLs. Nothing else runs or loads, also
 * when the address is opened outside the frame.
 */
export const mailHtmlHeaders: Record<string, string> = {
  ...shared,
  "content-security-policy": [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    `sandbox ${sandbox}`,
  ].join("; "),
  "x-frame-options": "SAMEORIGIN",
};

/** A mail's links open in the whole window: the site's pages refuse to stand in a frame. */
export const forFrame = (html: string): string => html.replace(/<head[^>]*>/i, '$&<base target="_top">');
