import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join, relative } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

type StaticFile = { type: string; cache: string; body: Buffer; gzip: Buffer | null; brotli: Buffer | null };

const types: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".avif": "image/avif",
  ".woff2": "font/woff2",
};
const compressible = new Set([".css", ".js", ".svg"]);

/** The files of a few folders, read and compressed once at the start, by public path. */
export class StaticFiles {
  #files = new Map<string, StaticFile>();

  /** Adds a folder's files below `prefix`; `immutable` for names that hold a hash of the content. */
  add(folder: string, prefix: string, immutable: boolean): this {
    if (!existsSync(folder)) return this;
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const type = types[extname(entry.name)];
      if (!entry.isFile() || !type) continue;
      const file = join(entry.parentPath, entry.name);
      const body = readFileSync(file);
      const compress = compressible.has(extname(entry.name));
      this.#files.set(`${prefix}/${relative(folder, file).replaceAll("\\", "/")}`, {
        type,
        cache: immutable ? "public, max-age=31536000, immutable" : "public, max-age=3600",
        body,
        gzip: compress ? gzipSync(body, { level: 9 }) : null,
        brotli: compress ? brotliCompressSync(body) : null,
      });
    }
    return this;
  }

  /** The answer for a path, or null when there is no such file. */
  answer(path: string, request: Request, headers: Record<string, string>): Response | null {
    const file = this.#files.get(path);
    if (!file) return null;
    const accepted = request.headers.get("accept-encoding") ?? "";
    const [body, encoding] =
      file.brotli && accepted.includes("br")
        ? [file.brotli, "br"]
        : file.gzip && accepted.includes("gzip")
          ? [file.gzip, "gzip"]
          : [file.body, null];
    return new Response((request.method === "HEAD" ? null : body) as BodyInit | null, {
      headers: {
        ...headers,
        "content-type": file.type,
        "cache-control": file.cache,
        ...(compressible.has(extname(path)) ? { vary: "Accept-Encoding" } : {}),
        ...(encoding ? { "content-encoding": encoding } : {}),
      },
    });
  }
}
