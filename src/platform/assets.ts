import { existsSync, readFileSync } from "node:fs";

type Manifest = Record<string, { file: string; css?: string[] }>;

/** Where `npm run build` leaves browser code, relative to the project's root. */
export const browserBuild = "dist/browser";

let manifest: Manifest | undefined;
function readManifest(): Manifest {
  const file = `${browserBuild}/.vite/manifest.json`;
  if (!existsSync(file)) throw new Error(`No browser build at ${file}: run "npm run build" first`);
  return JSON.parse(readFileSync(file, "utf8"));
}

/** The public URL of a built browser file, by its source name: `asset("browser/site.css")`. */
export function asset(source: string): string {
  manifest ??= readManifest();
  const entry = manifest[source];
  if (!entry) throw new Error(`No built file for ${source}`);
  return `/assets/${entry.file.replace(/^assets\//, "")}`;
}
