/**
 * An address on an origin of ours. One slash at the start of the path: two, or a backslash, would make what follows the
 * name of another site, and none would add to the name of this one (open redirect; OWASP, "Unvalidated redirects and
 * forwards").
 */
export const onOrigin = (origin: string, path: string): string => origin + fromRoot(path);

/** A path with one slash at its start. */
export const fromRoot = (path: string): string => path.replace(/^[/\\]*/, "/");

/**
 * The Cache-Control of every 308: it stands until further notice, and is asked for again each time. A browser that keeps
 * it for good goes round in circles once an address is renamed back.
 */
export const askAgain = "no-cache";
