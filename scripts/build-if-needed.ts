import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Builds server and browser code when a source is newer than the last build. */
const sources = ["src", "browser", "locales", "migrations", "package-lock.json", "vite.config.ts"];
const builds = ["dist/server/main.js", "dist/server/cli.js", "dist/browser/.vite/manifest.json"];

function newest(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

const built = builds.every(existsSync) ? Math.min(...builds.map((file) => statSync(file).mtimeMs)) : 0;
if (existsSync("src") && Math.max(...sources.map(newest)) > built) {
  process.stderr.write("Building…\n"); // a command's standard output may be a file
  execFileSync("npm", ["run", "--silent", "build"], {
    stdio: ["inherit", 2, 2],
    shell: process.platform === "win32",
  });
}
