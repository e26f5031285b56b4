import { dirname, join } from "node:path/posix";

/** Source files by their path below src ("updates/routes.tsx"), with their text. */
export type Sources = Record<string, string>;

type Import = { from: string; to: string; typeOnly: boolean };

const app = ["app.ts", "start.ts", "main.ts", "cli.ts", "features.ts"];
const roots = ["paths.ts", "desk-paths.ts", "visit.tsx", "database.ts"];
/** What of a feature another feature may import. */
const doors = ["queries.ts", "operations.ts", "components.tsx"];

type Place =
  | { kind: "app" | "platform" | "ui" | "outside" | "unknown" }
  | { kind: "root"; file: string }
  | { kind: "feature"; name: string; file: string };

function placeOf(path: string): Place {
  if (path.startsWith("../")) return { kind: "outside" };
  if (app.includes(path)) return { kind: "app" };
  if (roots.includes(path)) return { kind: "root", file: path };
  const [name = "", ...rest] = path.split("/");
  if (rest.length === 0) return { kind: "unknown" };
  return name === "platform" || name === "ui"
    ? { kind: name }
    : { kind: "feature", name, file: rest.join("/") };
}

const statement =
  /^\s*(?:import|export)\s+(type\s+)?(?:([\w$*\s,]*(?:\{[^}]*\})?)\s*from\s*)?["']([^"']+)["']/gm;
const dynamic = /\bimport\(\s*(?:\/\*.*?\*\/\s*)?["']([^"']+)["']/g;

/** Whether everything between the braces is marked `type`. */
const namesOnlyTypes = (clause: string) =>
  /^\s*\{[^}]*\}\s*$/.test(clause) &&
  clause
    .replace(/[{}]/g, "")
    .split(",")
    .filter((name) => name.trim())
    .every((name) => /^\s*type\s/.test(name));

/** The relative imports of one file; packages are not ours to order. */
export function importsOf(path: string, text: string): Import[] {
  const resolve = (name: string) => join(dirname(path), name);
  const written = [...text.matchAll(statement)].map(([, type, clause, name = ""]) => ({
    from: path,
    to: name,
    typeOnly: type !== undefined || namesOnlyTypes(clause ?? ""),
  }));
  const late = [...text.matchAll(dynamic)].map(([, name = ""]) => ({
    from: path,
    to: name,
    typeOnly: false,
  }));
  return [...written, ...late]
    .filter(({ to }) => to.startsWith("."))
    .map((one) => ({ ...one, to: resolve(one.to) }));
}

/** Why an import goes the wrong way, or null when it may be there (design: app → features → ui, platform). */
function objection({ from, to, typeOnly }: Import): string | null {
  const [here, there] = [placeOf(from), placeOf(to)];
  if (here.kind === "unknown") return "a file at the top of src that no rule knows";
  if (there.kind === "unknown") return "imports a file that no rule knows";
  if (here.kind === "app") return null;
  if (there.kind === "app") return "only app files may import app files";
  if (there.kind === "outside") return "only app files may import from outside src";
  if (there.kind === "root") {
    if (there.file === "database.ts" && !typeOnly) return "database.ts is imported as types only";
    if (there.file === "visit.tsx" && here.kind !== "feature") return "only features know visits";
    return null;
  }
  if (here.kind === "root") {
    if (here.file === "database.ts")
      return typeOnly ? null : "database.ts holds the types of tables, nothing that runs";
    if (there.kind === "feature") return "a shared file imports no feature";
    return here.file === "paths.ts" && there.kind === "ui" ? "paths.ts imports platform only" : null;
  }
  if (here.kind === "platform") return there.kind === "platform" ? null : "platform imports platform only";
  if (here.kind === "ui") return there.kind === "feature" ? "ui imports no feature" : null;
  if (here.kind !== "feature" || there.kind !== "feature") return null; // ui and platform are for all
  if (there.name === here.name || doors.includes(there.file)) return null;
  if (there.file === "table.ts" && typeOnly) return null;
  return `another feature is reached through ${doors.join(", ")} (or the types of its table.ts)`;
}

/** One circle through each group of nodes that reach each other, as "a → b → a". */
function circles(edges: [string, string][]): string[] {
  const next = new Map<string, Set<string>>();
  for (const [from, to] of edges) next.set(from, (next.get(from) ?? new Set()).add(to));
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (node: string, path: string[]) => {
    const at = path.indexOf(node);
    if (at >= 0) found.push([...path.slice(at), node].join(" → "));
    if (at >= 0 || done.has(node)) return;
    for (const following of next.get(node) ?? []) walk(following, [...path, node]);
    done.add(node);
  };
  for (const node of next.keys()) walk(node, []);
  return found;
}

/**
 * What is wrong in a tree: imports against the arrows, circles of files, circles of features. Types that need each
 * other make no circle: nothing of them is left when the program runs.
 */
export function problemsIn(sources: Sources): string[] {
  const imports = Object.entries(sources).flatMap(([path, text]) => importsOf(path, text));
  const wrong = imports.flatMap((one) => {
    const why = objection(one);
    return why ? [`${one.from} → ${one.to}: ${why}`] : [];
  });
  const running = imports.filter(({ typeOnly }) => !typeOnly);
  const between = running.flatMap(({ from, to }): [string, string][] => {
    const [here, there] = [placeOf(from), placeOf(to)];
    if (here.kind !== "feature" || there.kind !== "feature") return [];
    return here.name === there.name ? [] : [[here.name, there.name]];
  });
  return [
    ...wrong,
    ...circles(running.map(({ from, to }) => [from, to])).map((circle) => `circle of files: ${circle}`),
    ...circles(between).map((circle) => `circle of features: ${circle}`),
  ];
}
