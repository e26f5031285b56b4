import { sql } from "kysely";
import { freeSlug } from "../initiatives/operations.ts";
import type { Ctx } from "../platform/context.ts";
import { translator } from "../platform/i18n.ts";
import { type Batch, readBatch } from "./batch.ts";

type Row = Awaited<ReturnType<typeof readBatch>>[number];

/**
 * Adds initiatives with a newsletter each. Nobody but who works on them sees them, until each is published. Returns
 * how many were added.
 */
export async function addInitiatives(ctx: Ctx, batch: Batch): Promise<number> {
  const rows = await readBatch(ctx, batch);
  const { rows: former } = await sql<{ slug: string }>`
    select distinct slug from former_slugs
    where kind = 'initiative' and slug = any(${rows.map(({ key }) => key)}::text[])`.execute(ctx.db);
  const taken = new Set(former.map(({ slug }) => slug));
  const isTaken = ({ key }: Row) => taken.has(key);
  let added = await insert(
    ctx,
    rows.filter((row) => !isTaken(row)),
  );
  // An address that led to another one before still does; one by one, as they are few.
  for (const row of rows.filter(isTaken))
    added += await insert(ctx, [{ ...row, key: await freeSlug(ctx, row.data.name ?? "") }]);
  return added;
}

/** Adds them with their keys as slugs, as far as those are free. */
async function insert(ctx: Ctx, rows: Row[]): Promise<number> {
  const t = translator("nl");
  const dutch = (text: string) => JSON.stringify({ nl: text });
  const column = (of: (row: Row) => string | null) => rows.map(of);
  const { rows: added } = await sql<{ id: string; slug: string }>`
    insert into initiatives (slug, kind, name, tagline, lead, story, links, contact_email, position, created_at, published_at)
    select slug, kind, name::jsonb, tagline::jsonb, tagline::jsonb, story::jsonb, links::jsonb, contact,
      (select coalesce(max(position), 0) from initiatives) + nth, ${ctx.now()}::timestamptz, null
    from unnest(${column(({ key }) => key)}::text[], ${column(({ data }) => data.kind ?? null)}::text[],
      ${column(({ data }) => dutch(data.name ?? ""))}::text[], ${column(({ data }) => dutch(data.tagline ?? ""))}::text[],
      ${column(({ data }) => dutch(data.story ?? ""))}::text[], ${column(linksOf)}::text[],
      ${column(({ data }) => data.contact ?? null)}::text[])
      with ordinality as given (slug, kind, name, tagline, story, links, contact, nth)
    order by nth on conflict do nothing returning id, slug`.execute(ctx.db);
  const names = new Map(rows.map(({ key, data }) => [key, data.name ?? ""]));
  if (added.length > 0)
    await ctx.db
      .insertInto("newsletters")
      .values(
        added.map(({ id, slug }) => ({
          initiative_id: id,
          name: dutch(t("initiatives:newsletter.name", { name: names.get(slug) })),
          description: dutch(t("initiatives:newsletter.description", { name: names.get(slug) })),
        })),
      )
      .execute();
  return added.length;
}

const linksOf = ({ data }: { data: Record<string, string | null> }): string =>
  JSON.stringify(data.website ? [{ kind: "website", url: data.website }] : []);
