import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { LRUCache } from "lru-cache";
import type { ContentVersion } from "./content-version.ts";

type Kept = { body: Buffer; gzip: Buffer | null; headers: Record<string, string> };

/** Marks an answer as the same for everyone, so that it may be kept and answered with an ETag. */
export const sameForEveryone = "public, max-age=0, must-revalidate";

const maxBytes = 32 * 1024 * 1024;

/** Anonymous pages in this process's memory, by site, path and query, until content changes. */
export class PageCache {
  #pages = new LRUCache<string, Kept>({
    maxSize: maxBytes,
    sizeCalculation: (kept) => kept.body.length + (kept.gzip?.length ?? 0) + 500,
    ttl: 60_000, // what depends on the date is at most a minute late
  });
  #version: ContentVersion;

  constructor(version: ContentVersion) {
    this.#version = version;
    version.onChange(() => this.#pages.clear());
  }

  /** The answer for a request that was kept, or null. */
  answer(key: string, request: Request): Response | null {
    const kept = this.#pages.get(key);
    return kept ? answerFrom(kept, request) : null;
  }

  /** Keeps an answer that says it is the same for everyone; `version` is the content's when it was begun. */
  async keep(key: string, version: number, request: Request, response: Response): Promise<Response> {
    if (response.status !== 200 || response.headers.get("cache-control") !== sameForEveryone) return response;
    const body = Buffer.from(await response.arrayBuffer());
    const headers = Object.fromEntries(response.headers);
    headers.etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
    headers.vary = "Accept-Encoding";
    const kept: Kept = { body, gzip: null, headers };
    if (this.#version.listening() && version === this.#version.current()) this.#pages.set(key, kept);
    return answerFrom(kept, request);
  }
}

const compressible = /^(text\/|application\/(json|atom\+xml|feed\+json|xml|manifest\+json)|image\/svg)/;

function answerFrom(kept: Kept, request: Request): Response {
  const { headers } = kept;
  const etag = headers.etag ?? "";
  const known = request.headers.get("if-none-match");
  if (known?.split(/,\s*/).some((one) => one === etag || one === `W/${etag}`))
    return new Response(null, { status: 304, headers: withoutBodyHeaders(headers) });
  if (
    request.headers.get("accept-encoding")?.includes("gzip") &&
    compressible.test(headers["content-type"] ?? "")
  ) {
    kept.gzip ??= gzipSync(kept.body, { level: 6 });
    return new Response(kept.gzip as BodyInit, { headers: { ...headers, "content-encoding": "gzip" } });
  }
  return new Response(kept.body as BodyInit, { headers });
}

const withoutBodyHeaders = ({
  "content-type": _type,
  "content-length": _length,
  ...rest
}: Record<string, string>) => rest;
