import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { ContentVersion } from "./content-version.ts";
import { ReadyAnswer } from "./ready-answer.ts";

/** Marks an answer as the same for everyone, so that it may be kept and answered with an ETag. */
export const sameForEveryone = "public, max-age=0, must-revalidate";

/** Marks an answer that is the same for everyone and may be so many seconds (0 to 9) behind: no notice tells when it changes. */
export const briefly = (seconds: number) => (seconds > 0 ? `public, max-age=${seconds}` : "no-cache");

/**
 * A header that an answer carries inside the program only: what is counted each time that it is sent, also from memory.
 * Nobody outside gets to see it.
 */
export const countsFor = "x-archipel-counts";

/** Hears what a page counts for, with the request, when the page itself was sent: not for 304. */
export type Sent = (what: string, request: Request) => void;
const unheard: Sent = () => {};

/**
 * For how many milliseconds an answer is kept, or null. What depends on the date is at most a minute late; what was behind
 * when it was made (its `Age`) is kept for the rest of its time.
 */
function keptFor(headers: Headers): number | null {
  const cacheControl = headers.get("cache-control");
  if (cacheControl === sameForEveryone) return 60_000;
  const [, seconds] = /^public, max-age=([1-9])$/.exec(cacheControl ?? "") ?? [];
  return seconds ? Math.max(0, Number(seconds) - Number(headers.get("age"))) * 1000 : null;
}

const defaultMaxBytes = 32 * 1024 * 1024;

/** Anonymous pages in this process's memory, by site, path and query, until content changes. */
export class PageCache {
  #pages: LRUCache<string, KeptPage>;
  #version: ContentVersion;

  constructor(version: ContentVersion, maxBytes = defaultMaxBytes) {
    this.#pages = new LRUCache<string, KeptPage>({
      maxSize: maxBytes,
      sizeCalculation: (page, key) => page.bytes + 2 * key.length + 2000,
    });
    this.#version = version;
    version.onChange(() => this.#pages.clear());
  }

  /** The answer for a request that was kept, or null; never while a change could go unheard. */
  answer(key: string, request: Request, sent = unheard): Response | null {
    if (!this.#version.listening()) return null;
    return this.#pages.get(key)?.answer(request, sent) ?? null;
  }

  /** The last answer that was kept, however old: better than none while the database is away (RFC 5861, stale-if-error). */
  lastAnswer(key: string, request: Request, sent = unheard): Response | null {
    const page = this.#pages.get(key, { allowStale: true, noDeleteOnStaleGet: true });
    return page?.answer(request, sent) ?? null;
  }

  /** Keeps an answer that says it is the same for everyone; `version` is the content's when it was begun. */
  async keep(
    key: string,
    version: number,
    request: Request,
    response: Response,
    sent = unheard,
  ): Promise<Response> {
    const ttl = keptFor(response.headers);
    if (response.status !== 200 || ttl === null) return response;
    const page = new KeptPage(
      Buffer.from(await response.arrayBuffer()),
      Object.fromEntries(response.headers),
    );
    // To lru-cache a time of 0 is none at all.
    if (ttl > 0 && this.#version.listening() && version === this.#version.current())
      this.#pages.set(key, page, { ttl });
    return page.answer(request, sent);
  }
}

/** One page with its ETag: the page itself, or the word that it did not change. */
class KeptPage {
  #etag: string;
  #page: ReadyAnswer;
  #unchanged: ResponseInit;
  #counts: string | undefined;
  /** What it was behind when it was made, in seconds; null for what tells nobody. */
  #age: number | null;
  #madeAt = performance.now();

  constructor(body: Buffer, given: Record<string, string>) {
    // Weak, since it stands for the page in every encoding (RFC 9110, section 8.8.3.3).
    this.#etag = `W/"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
    const { "x-request-id": _first, [countsFor]: counts, age, ...rest }: Record<string, string> = given;
    const headers: Record<string, string> = { ...rest, etag: this.#etag };
    this.#counts = counts;
    this.#age = age === undefined ? null : Number(age);
    this.#page = new ReadyAnswer(body, headers);
    const { "content-type": _type, "content-length": _length, ...others } = headers;
    this.#unchanged = { status: 304, headers: { ...others, vary: "Accept-Encoding" } };
  }

  get bytes(): number {
    return this.#page.bytes;
  }

  answer(request: Request, sent: Sent): Response {
    const answer = this.#answer(request, sent);
    if (this.#age !== null) {
      const kept = (performance.now() - this.#madeAt) / 1000;
      answer.headers.set("age", String(this.#age + Math.ceil(kept)));
    }
    return answer;
  }

  #answer(request: Request, sent: Sent): Response {
    const known = request.headers.get("if-none-match");
    if (known !== null && this.#isIn(known)) return new Response(null, this.#unchanged);
    if (this.#counts !== undefined) sent(this.#counts, request);
    return this.#page.to(request);
  }

  /** Whether an If-None-Match header names this page; "W/" makes no difference there (RFC 9110, 13.1.2). */
  #isIn(known: string): boolean {
    return known.split(",").some((one) => {
      const tag = one.trim();
      return tag === "*" || tag === this.#etag || `W/${tag}` === this.#etag;
    });
  }
}
