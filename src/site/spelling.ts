import { paths } from "../paths.ts";
import { languages } from "../platform/i18n.ts";

/** A route as the router lists it. */
type Listed = { method: string; path: string };

/** What a part of an address is, and so what may be mended of it. */
type Part = "slug" | "token" | "other";

/** Routes by their parts, fixed words before values. */
type Branch = { words: Map<string, Branch>; values: Value[]; isRoute: boolean };
type Value = { part: Part; shape: RegExp; branch: Branch };

/** A path as it is written. `isNamed`: it has a slug in it, so that it may well stand for nothing. */
type Right = { path: string; isNamed: boolean };
type Written = { text: string; isSlug: boolean };

/** Longer than any address of ours, in characters. */
const longest = 1000;

/** What most addresses are: nothing has to be looked up for them. */
const plain = /^(?:\/[a-z0-9-]+(?:\.[a-z0-9]+)*)+$|^\/$/;

const slugs = new Set(["slug", "island", "initiative", "update", "edition"]);
const tokens = new Set(["token", "code"]);

/** What a value may hold. A token's capitals count; a slug has none. */
const shapes: Record<Part, RegExp> = {
  slug: /^[a-z0-9-]+$/,
  token: /^[\w-]+(?:\.[\w-]+)*$/,
  other: /^[\w.-]+$/,
};

/** What programs that make links of addresses take along at the end: ".", ")", ">", "=". */
const tails: Record<Part, RegExp> = {
  slug: /[^a-zA-Z0-9]+$/,
  token: /[^\w-]+$/,
  other: /[^a-zA-Z0-9]+$/,
};

/**
 * The right spelling of what people paste and programs make of addresses: with a slash or a bracket at the end, in
 * capitals. It follows the router's own routes, so that a new one is known by itself; what is no route stays as it is.
 */
export class Spelling {
  #movement: Record<string, Branch>;
  #ownHost: Record<string, Branch>;

  constructor(routes: Listed[]) {
    // "*": for all that is below, or an expression over several parts; no page's own address.
    const ofMethod = (method: string) =>
      routes.filter((route) => route.method === method && !route.path.includes("*")).map(({ path }) => path);
    const both = (of: (found: string[]) => string[]) =>
      Object.fromEntries(["GET", "POST"].map((method) => [method, branchOf(of(ofMethod(method)))]));
    this.#movement = both((found) => found);
    this.#ownHost = both((found) => [...found.flatMap(atRoot), ...found]);
  }

  /** How the path of a request is written, or null where it is right or stands for nothing. */
  of(path: string, { method, onOwnHost }: { method: string; onOwnHost: boolean }): Right | null {
    if (plain.test(path) || path.length > longest || path.includes("%00")) return null;
    const parts = decoded(path.split("/").filter(Boolean));
    while (parts && /^[^\w/-]+$/.test(parts.at(-1) ?? "")) parts.pop();
    // An interface answers to its exact address (NL API Design Rules, "no trailing slash").
    if (!parts || parts[0]?.toLowerCase() === "api") return null;
    const branch = (onOwnHost ? this.#ownHost : this.#movement)[method];
    const found = branch ? follow(branch, parts) : null;
    const right = found && `/${found.map(({ text }) => text).join("/")}`;
    return !right || right === path ? null : { path: right, isNamed: found.some(({ isSlug }) => isSlug) };
  }
}

function decoded(parts: string[]): string[] | null {
  try {
    return parts.map(decodeURIComponent);
  } catch {
    return null; // no UTF-8
  }
}

/** The words and values of the route that the parts stand for, each as it is written; null where there is none. */
function follow(branch: Branch, [part, ...others]: string[]): Written[] | null {
  if (part === undefined) return branch.isRoute ? [] : null;
  const isLast = others.length === 0;
  const word = (isLast ? part.replace(tails.other, "") : part).toLowerCase();
  const next = branch.words.get(word);
  const found = next && follow(next, others);
  if (found) return [{ text: word, isSlug: false }, ...found];
  for (const { part: kind, shape, branch: below } of branch.values) {
    const whole = isLast || kind === "token" ? part.replace(tails[kind], "") : part;
    const value = kind === "slug" ? whole.toLowerCase() : whole;
    const rest = shape.test(value) ? follow(below, others) : null;
    if (rest) return [{ text: value, isSlug: kind === "slug" }, ...rest];
  }
  return null;
}

function branchOf(routes: string[]): Branch {
  const root: Branch = { words: new Map(), values: [], isRoute: false };
  for (const route of routes) {
    let at = root;
    for (const part of route.split("/").filter(Boolean)) at = nextOf(at, part);
    at.isRoute = true;
  }
  return root;
}

function nextOf({ words, values }: Branch, part: string): Branch {
  const fresh: Branch = { words: new Map(), values: [], isRoute: false };
  const [, name, own] = /^:(\w+)(?:\{(.+)\})?$/.exec(part) ?? [];
  if (!name) {
    const known = words.get(part) ?? fresh;
    words.set(part, known);
    return known;
  }
  const kind: Part = slugs.has(name) ? "slug" : tokens.has(name) ? "token" : "other";
  const shape = own ? new RegExp(`^(?:${own})$`) : shapes[kind];
  const known = values.find((one) => one.part === kind && one.shape.source === shape.source);
  if (!known) values.push({ part: kind, shape, branch: fresh });
  return known?.branch ?? fresh;
}

/** On an island's own host its paths stand at the root. */
function atRoot(route: string): string[] {
  for (const language of languages) {
    const { initiatives, home } = paths(language);
    const [, rest] = new RegExp(`^${initiatives}/:\\w+(/.+)?$`).exec(route) ?? [];
    if (rest) return [(home === "/" ? "" : home) + rest];
  }
  return [];
}
