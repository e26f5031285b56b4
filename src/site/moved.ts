import { languageOf, paths } from "../paths.ts";
import type { Ctx } from "../platform/context.ts";
import { fromRoot } from "../platform/redirects.ts";
import type { Place } from "../visit.tsx";

export type WhereNow =
  | { kind: "moved"; path: string }
  | { kind: "gone"; what: "update" | "initiative" }
  | { kind: "unknown" };

/**
 * Where a page is now that answers nothing (any more) at this route. Former slugs of an initiative and of its update are
 * looked up by what they stood for, so that a chain of changes is one step, and what has a live row never moves.
 */
export async function whereNow(ctx: Ctx, here: Place, route: string): Promise<WhereNow> {
  const language = languageOf(route);
  const to = paths(language);
  const below = [to.island("").home, to.joinInitiative("")].find((base) => route.startsWith(base));
  if (!below) return { kind: "unknown" };
  const [, slug = "", rest = ""] = /^([a-z0-9-]+)(\/.*)?$/.exec(route.slice(below.length)) ?? [];
  const island = slug ? await findIsland(ctx, slug) : null;
  if (!island) return { kind: "unknown" };
  if (!island.publishedAt)
    return island.withdrawnAt ? { kind: "gone", what: "initiative" } : { kind: "unknown" };
  const own = to.island(island.slug);
  const inUpdates = to.island(slug).update("");
  const update = route.startsWith(inUpdates)
    ? await findUpdate(ctx, island.id, route.slice(inUpdates.length))
    : null;
  if (update?.kind === "gone") return { kind: "gone", what: "update" };
  const path = update?.kind === "here" ? own.update(update.slug) : below + island.slug + rest;
  if (path === route) return { kind: "unknown" };
  return { kind: "moved", path: asSeenFrom(here, island.slug, path, own.home, to.home) };
}

/** On an island's own host its paths stand at the root. */
const asSeenFrom = (here: Place, slug: string, path: string, island: string, home: string) =>
  here.ownIsland === slug && `${path}/`.startsWith(`${island}/`)
    ? fromRoot((home === "/" ? "" : home) + path.slice(island.length))
    : path;

type Island = { id: string; slug: string; publishedAt: Date | null; withdrawnAt: Date | null };

/** The initiative that has this slug, or had it last. */
async function findIsland(ctx: Ctx, slug: string): Promise<Island | undefined> {
  const initiatives = ctx.db
    .selectFrom("initiatives as i")
    .select(["i.id", "i.slug", "i.published_at as publishedAt", "i.withdrawn_at as withdrawnAt"]);
  const present = await initiatives.where("i.slug", "=", slug).executeTakeFirst();
  if (present) return present;
  return initiatives
    .innerJoin("former_slugs as f", "f.target_id", "i.id")
    .where("f.kind", "=", "initiative")
    .where("f.slug", "=", slug)
    .executeTakeFirst();
}

/** The update that has this slug or had it last: where it is now; gone where it is not out; null where none had it. */
async function findUpdate(ctx: Ctx, initiativeId: string, slug: string) {
  const updates = ctx.db
    .selectFrom("updates as u")
    .select("u.slug")
    .where("u.initiative_id", "=", initiativeId)
    .where("u.published_at", "<=", ctx.now());
  const present = await updates.where("u.slug", "=", slug).executeTakeFirst();
  if (present) return { kind: "here" as const, slug };
  const former = await ctx.db
    .selectFrom("former_slugs as f")
    .select("f.target_id as id")
    .where("f.kind", "=", "update")
    .where("f.initiative_id", "=", initiativeId)
    .where("f.slug", "=", slug)
    .executeTakeFirst();
  if (!former) return null;
  const now = await updates.where("u.id", "=", former.id).executeTakeFirst();
  return now ? { kind: "here" as const, slug: now.slug } : { kind: "gone" as const };
}
