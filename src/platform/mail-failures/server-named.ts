import { getDomain } from "tldts";

/** The registrable domain of a host name ("mx1.post.example" → "post.example"), by the public suffix list; or null. */
export const registrableDomain = (host: string): string | null => getDomain(host.trim().toLowerCase());

const named =
  /\b(?:host|server|mta|relay|by)\s+([a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,})\.?(?=[\s[(:,]|$)|\[([a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,})(?=[\s\]])/i;

/** The server that an answer names as the one that gave it ("host mx.post.example[198.51.100.3] said: 550 …"); or null. */
export function serverNamedIn(answer: string): string | null {
  const [, before, inside] = named.exec(answer) ?? [];
  return (before ?? inside)?.toLowerCase() ?? null;
}
