import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join, relative } from "node:path";
import { ReadyAnswer } from "./ready-answer.ts";

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

/** The files of a few folders, read once at the start, by public path. */
export class StaticFiles {
  #files = new Map<string, ReadyAnswer>();
  #headers: Record<string, string>;

  /** `headers` go with every file. */
  constructor(headers: Record<string, string>) {
    this.#headers = headers;
  }

  /** Adds a folder's files below `prefix`; `immutable` for names that hold a hash of the content. */
  add(folder: string, prefix: string, immutable: boolean): this {
    if (!existsSync(folder)) return this;
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const type = types[extname(entry.name)];
      if (!entry.isFile() || !type) continue;
      const file = join(entry.parentPath, entry.name);
      const path = `${prefix}/${relative(folder, file).replaceAll("\\", "/")}`;
      const cache = immutable ? "public, max-age=31536000, immutable" : "public, max-age=3600";
      const headers = { ...this.#headers, "content-type": type, "cache-control": cache };
      this.#files.set(path, new ReadyAnswer(readFileSync(file), headers));
    }
    return this;
  }

  /** The answer for a path, with or without a query; null when there is no such file. */
  answer(target: string, request: Request): Response | null {
    const query = target.indexOf("?");
    return this.#files.get(query < 0 ? target : target.slice(0, query))?.to(request) ?? null;
  }
}
