import type { ExpressionBuilder } from "kysely";
import { jsonArrayFrom } from "kysely/helpers/postgres";
import type { Tables } from "../database.ts";
import { focalPoint } from "../media/queries.ts";
import type { Ctx } from "../platform/context.ts";
import { amsterdamDay } from "../platform/i18n.ts";
import { connectionsBetween } from "./connections.ts";
import { type InitiativeKind, initiativeKinds } from "./table.ts";

/**
 * Islands with a host name of their own. One that was withdrawn keeps it, to say so there; one that was never out has
 * none yet.
 */
export const listOwnHosts = (ctx: Pick<Ctx, "db">) =>
  ctx.db
    .selectFrom("initiatives")
    .select(["slug", "host", "name"])
    .where("host", "is not", null)
    .where((eb) => eb.or([eb("published_at", "is not", null), eb("withdrawn_at", "is not", null)]))
    .$narrowType<{ host: string }>()
    .execute();

/** The initiatives that visitors see. */
const publicInitiatives = (ctx: Pick<Ctx, "db">) =>
  ctx.db.selectFrom("initiatives").where("initiatives.published_at", "is not", null);

/** Slugs of the islands that answer on the movement's host only. */
export async function listSlugsOnMovement(ctx: Pick<Ctx, "db">): Promise<string[]> {
  const rows = await publicInitiatives(ctx)
    .select("slug")
    .where("host", "is", null)
    .orderBy("slug")
    .execute();
  return rows.map(({ slug }) => slug);
}

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
  return publicInitiatives(ctx)
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
    publicInitiatives(ctx).select("kind").distinct().execute(),
    ctx.db
      .selectFrom("themes")
      .select(["slug", "name"])
      .where("slug", "in", (eb) =>
        eb
          .selectFrom("initiative_themes")
          .innerJoin("initiatives", "initiatives.id", "initiative_themes.initiative_id")
          .select("theme")
          .where("initiatives.published_at", "is not", null),
      )
      .orderBy("position")
      .execute(),
  ]);
  const present = new Set(kinds.map(({ kind }) => kind));
  return { kinds: initiativeKinds.filter((kind) => present.has(kind)), themes };
}

/** An island with all that its home shows of itself, in one query; undefined for an unknown slug. */
export const getIsland = (ctx: Ctx, slug: string) =>
  publicInitiatives(ctx)
    .selectAll("initiatives")
    .select((eb) => [
      themesOf(eb).as("themes"),
      jsonArrayFrom(
        eb
          .selectFrom("portraits")
          .select(["portraits.name", "role", "text", "image"])
          .select(focalPoint("portraits.image").as("focal"))
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
          .leftJoin("initiatives as own", (join) =>
            join.onRef("own.id", "=", "supporters.supporter_id").on("own.published_at", "is not", null),
          )
          .select(["supporters.name", "supporters.text", "supporters.url", "own.slug as island"])
          .whereRef("supporters.initiative_id", "=", "initiatives.id")
          .orderBy("supporters.position"),
      ).as("supporters"),
      jsonArrayFrom(
        eb
          .selectFrom("help_wanted")
          .select(["help_wanted.kind", "help_wanted.text", "until"])
          .whereRef("initiative_id", "=", "initiatives.id")
          .where((eb) => eb.or([eb("until", "is", null), eb("until", ">=", amsterdamDay(ctx.now()))]))
          .orderBy("position"),
      ).as("help"),
    ])
    .where("slug", "=", slug)
    .executeTakeFirst();

export type Island = NonNullable<Awaited<ReturnType<typeof getIsland>>>;

/**
 * The archipelago: all islands with how much life each has (updates that are out + people), and the real connections
 * between them (`connectionsBetween` has the rule).
 */
export async function listArchipelago(ctx: Ctx) {
  const rows = await publicInitiatives(ctx)
    .select((eb) => [
      "slug",
      "name",
      "tagline",
      themesOf(eb).as("themes"),
      eb
        .selectFrom("initiatives as whole")
        .select("whole.slug")
        .whereRef("whole.id", "=", "initiatives.part_of")
        .where("whole.published_at", "is not", null)
        .as("partOf"),
      jsonArrayFrom(
        eb
          .selectFrom("portraits")
          .select("portraits.name")
          .whereRef("initiative_id", "=", "initiatives.id")
          .orderBy("portraits.position"),
      ).as("portraits"),
      jsonArrayFrom(
        eb
          .selectFrom("supporters")
          .innerJoin("initiatives as own", "own.id", "supporters.supporter_id")
          .select("own.slug")
          .whereRef("supporters.initiative_id", "=", "initiatives.id")
          .where("own.published_at", "is not", null)
          .orderBy("supporters.position"),
      ).as("supported"),
      eb
        .selectFrom("updates")
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .whereRef("initiative_id", "=", "initiatives.id")
        .where("published_at", "<=", ctx.now())
        .as("updates"),
    ])
    .orderBy("position")
    .orderBy("slug")
    .execute();
  const islands = rows.map(({ portraits, supported, updates, ...island }) => ({
    ...island,
    people: portraits.map(({ name }) => name),
    supporters: supported.map(({ slug }) => slug),
    life: portraits.length + (updates ?? 0),
  }));
  return { islands, connections: connectionsBetween(islands) };
}

export type ArchipelagoContent = Awaited<ReturnType<typeof listArchipelago>>;

export { initiativeKinds } from "./table.ts";
