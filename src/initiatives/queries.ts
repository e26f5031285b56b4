import type { ExpressionBuilder } from "kysely";
import { jsonArrayFrom } from "kysely/helpers/postgres";
import type { Tables } from "../database.ts";
import type { Ctx } from "../platform/context.ts";
import { connectionsBetween } from "./connections.ts";
import type { InitiativeKind } from "./table.ts";

/** Islands with a host name of their own. */
export const listOwnHosts = (ctx: Pick<Ctx, "db">) =>
  ctx.db
    .selectFrom("initiatives")
    .select(["slug", "host", "name"])
    .where("host", "is not", null)
    .$narrowType<{ host: string }>()
    .execute();

const themesOf = (eb: ExpressionBuilder<Tables, "initiatives">) =>
  jsonArrayFrom(
    eb
      .selectFrom("initiative_themes")
      .innerJoin("themes", "themes.slug", "initiative_themes.theme")
      .select(["themes.slug", "themes.name"])
      .whereRef("initiative_id", "=", "initiatives.id")
      .orderBy("themes.position"),
  );

export type DirectoryFilter = { kind: InitiativeKind | null; theme: string | null };

/** The islands of the directory, in the movement's order. */
export async function listInitiatives(ctx: Ctx, { kind, theme }: DirectoryFilter) {
  return ctx.db
    .selectFrom("initiatives")
    .select((eb) => ["slug", "kind", "name", "tagline", themesOf(eb).as("themes")])
    .$if(kind !== null, (query) => query.where("kind", "=", kind))
    .$if(theme !== null, (query) =>
      query.where("id", "in", (eb) =>
        eb.selectFrom("initiative_themes").select("initiative_id").where("theme", "=", theme),
      ),
    )
    .orderBy("position")
    .orderBy("slug")
    .execute();
}

export type InitiativeCard = Awaited<ReturnType<typeof listInitiatives>>[number];

/** The kinds and themes that some island has: what the directory can be filtered by. */
export async function listFilters(ctx: Ctx) {
  const [kinds, themes] = await Promise.all([
    ctx.db.selectFrom("initiatives").select("kind").distinct().orderBy("kind").execute(),
    ctx.db
      .selectFrom("themes")
      .select(["slug", "name"])
      .where("slug", "in", (eb) => eb.selectFrom("initiative_themes").select("theme"))
      .orderBy("position")
      .execute(),
  ]);
  return { kinds: kinds.map(({ kind }) => kind), themes };
}

/** An island with all that its home shows of itself, in one query; undefined for an unknown slug. */
export const getIsland = (ctx: Ctx, slug: string) =>
  ctx.db
    .selectFrom("initiatives")
    .selectAll("initiatives")
    .select((eb) => [
      themesOf(eb).as("themes"),
      jsonArrayFrom(
        eb
          .selectFrom("portraits")
          .select(["portraits.name", "role", "text", "image"])
          .whereRef("initiative_id", "=", "initiatives.id")
          .orderBy("position"),
      ).as("portraits"),
      jsonArrayFrom(
        eb
          .selectFrom("questions")
          .select(["questions.slug", "question", "answer"])
          .whereRef("initiative_id", "=", "initiatives.id")
          .orderBy("position"),
      ).as("questions"),
      jsonArrayFrom(
        eb
          .selectFrom("supporters")
          .leftJoin("initiatives as own", "own.id", "supporters.supporter_id")
          .select(["supporters.name", "supporters.text", "supporters.url", "own.slug as island"])
          .whereRef("supporters.initiative_id", "=", "initiatives.id")
          .orderBy("supporters.position"),
      ).as("supporters"),
    ])
    .where("slug", "=", slug)
    .executeTakeFirst();

export type Island = NonNullable<Awaited<ReturnType<typeof getIsland>>>;

/** All islands by name and tagline, and the real connections between them (`connectionsBetween` has the rule). */
export async function listConnections(ctx: Ctx) {
  const rows = await ctx.db
    .selectFrom("initiatives")
    .select((eb) => [
      "id",
      "slug",
      "name",
      "tagline",
      themesOf(eb).as("themes"),
      eb
        .selectFrom("initiatives as whole")
        .select("whole.slug")
        .whereRef("whole.id", "=", "initiatives.part_of")
        .as("partOf"),
      jsonArrayFrom(
        eb.selectFrom("portraits").select("portraits.name").whereRef("initiative_id", "=", "initiatives.id"),
      ).as("portraits"),
      jsonArrayFrom(
        eb
          .selectFrom("supporters")
          .innerJoin("initiatives as own", "own.id", "supporters.supporter_id")
          .select("own.slug")
          .whereRef("supporters.initiative_id", "=", "initiatives.id")
          .orderBy("supporters.position"),
      ).as("supported"),
    ])
    .orderBy("position")
    .orderBy("slug")
    .execute();
  const islands = rows.map(({ portraits, supported, ...island }) => ({
    ...island,
    people: portraits.map(({ name }) => name),
    supporters: supported.map(({ slug }) => slug),
  }));
  return { islands, connections: connectionsBetween(islands) };
}

export type Connections = Awaited<ReturnType<typeof listConnections>>;

/** What the map of the archipelago shows: the connected islands, and how much life each has (updates + people). */
export async function listArchipelago(ctx: Ctx) {
  const [{ islands, connections }, counts] = await Promise.all([
    listConnections(ctx),
    ctx.db
      .selectFrom("updates")
      .select((eb) => ["initiative_id", eb.fn.countAll<number>().as("count")])
      .where("published_at", "<=", ctx.now())
      .groupBy("initiative_id")
      .execute(),
  ]);
  const updates = new Map(counts.map((row) => [row.initiative_id, row.count]));
  return {
    islands: islands.map((island) => ({
      ...island,
      life: island.people.length + (updates.get(island.id) ?? 0),
    })),
    connections,
  };
}

export type ArchipelagoContent = Awaited<ReturnType<typeof listArchipelago>>;
