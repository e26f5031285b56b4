import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Checks the licence of every package that a running installation uses: `npm run licences`.
 * Exits with 1 and names the offenders when one does not go together with distribution under EUPL-1.2.
 *
 * It reads what packages say of themselves. Libraries inside a package's binaries (PostgreSQL, libvips) are
 * outside its sight.
 */

/**
 * SPDX identifiers that leave this project free to stay under EUPL-1.2. GPL and AGPL are missing on purpose:
 * EUPL's article 5 lets us combine with them, but the whole would then go out under their terms.
 */
const allowed = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "EUPL-1.1",
  "EUPL-1.2",
  "ISC",
  "LGPL-2.1-only",
  "LGPL-2.1-or-later",
  "LGPL-3.0-only",
  "LGPL-3.0-or-later",
  "MIT",
  "MIT-0",
  "MPL-2.0",
  "OFL-1.1", // fonts
  "PostgreSQL",
  "PSF-2.0",
  "Python-2.0",
  "Unlicense",
  "Zlib",
]);

/** Packages judged by hand, with the exact licence they stated then; another statement is judged anew. */
const judged: Record<string, string> = {
  "caniuse-lite": "CC-BY-4.0", // a data table, unchanged, with its attribution in the package
  slick: "MIT (http://mootools.net/license.txt)", // the MIT text in an old notation
};

type Manifest = { name?: string; version?: string; license?: unknown; licenses?: unknown };
type Locked = Manifest & { dev?: boolean; link?: boolean };

/** The licence as an SPDX expression, from today's notation or the two older ones; null when there is none. */
function stated({ license, licenses }: Manifest): string | null {
  if (typeof license === "string" && license.trim() !== "") return license.trim();
  if (Array.isArray(licenses)) {
    const each = licenses.map((entry) => stated({ license: entry }));
    return each.length > 0 && !each.includes(null) ? each.map((one) => `(${one})`).join(" OR ") : null;
  }
  const type = (license as { type?: unknown } | null | undefined)?.type;
  return typeof type === "string" ? type : null;
}

/** Whether an SPDX expression can be met with allowed licences: one side of OR, every side of AND. */
function isAllowed(expression: string): boolean {
  const tokens = expression.match(/[()]|[^\s()]+/g) ?? [];
  const one = (): boolean => {
    const token = tokens.shift();
    if (token === "(") {
      const inside = either();
      return tokens.shift() === ")" && inside;
    }
    // "WITH …" only adds permission, so the licence before it decides.
    if (tokens[0] === "WITH") tokens.splice(0, 2);
    return token !== undefined && allowed.has(token);
  };
  const all = (): boolean => {
    let fine = one();
    while (tokens[0] === "AND") {
      tokens.shift();
      fine = one() && fine;
    }
    return fine;
  };
  const either = (): boolean => {
    let fine = all();
    while (tokens[0] === "OR") {
      tokens.shift();
      fine = all() || fine;
    }
    return fine;
  };
  const fine = either();
  return fine && tokens.length === 0;
}

// Another folder can be named: `node scripts/check-licences.ts FOLDER`.
const root = process.argv[2] ?? join(import.meta.dirname, "..");
const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, "utf8"));

const { packages } = readJson<{ packages: Record<string, Locked> }>(join(root, "package-lock.json"));
const offenders: string[] = [];
let count = 0;
for (const [path, locked] of Object.entries(packages)) {
  if (path === "" || locked.dev || locked.link) continue;
  count += 1;
  const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
  // Packages for other platforms are not installed here: the lockfile still holds their licence.
  const file = join(root, path, "package.json");
  const licence = (existsSync(file) ? stated(readJson<Manifest>(file)) : null) ?? stated(locked);
  if (licence !== null && (isAllowed(licence) || judged[name] === licence)) continue;
  offenders.push(`${name}@${locked.version}: ${licence ?? "states no licence"} (${path})`);
}

if (offenders.length > 0) {
  process.stderr.write(
    `Licences to look at before distribution under EUPL-1.2:\n  ${offenders.join("\n  ")}\n`,
  );
  process.exitCode = 1;
} else {
  process.stdout.write(`The licences of ${count} packages go together with EUPL-1.2.\n`);
}
