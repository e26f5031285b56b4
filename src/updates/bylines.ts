import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";

/**
 * Takes the names of people who are erased out of the author lines of drafts that were never out, and of their revisions.
 * What is or was out is the movement's publication, and keeps its line (docs/decisions/0016). The caller removes the people.
 */
export async function forgetBylines(ctx: Ctx, personIds: string[]): Promise<void> {
  const people = await ctx.db
    .selectFrom("people")
    .select("name")
    .where("id", "in", personIds)
    .where("name", "is not", null)
    .execute();
  const names = people.flatMap(({ name }) => (name?.trim() ? [name.trim()] : []));
  if (names.length === 0) return;
  const { rows } = await sql<{ author: string }>`
    select distinct c.content ->> 'author' as author from (
      select content from documents where kind = 'update' and published_at is null
      union all select r.content from revisions as r join documents as d on d.id = r.document_id
      where d.kind = 'update' and d.published_at is null) as c
    where c.content ->> 'author' <> ''`.execute(ctx.db);
  for (const { author } of rows) {
    const left = names.reduce(withoutName, author);
    if (left !== author) await replaceByline(ctx, author, left);
  }
}

const replaceByline = (ctx: Ctx, author: string, left: string) =>
  sql`
    with drafts as (
      update documents set content = content || jsonb_build_object('author', ${left}::text)
      where kind = 'update' and published_at is null and content ->> 'author' = ${author})
    update revisions as r set content = r.content || jsonb_build_object('author', ${left}::text)
    from documents as d
    where d.id = r.document_id and d.kind = 'update' and d.published_at is null
      and r.content ->> 'author' = ${author}`.execute(ctx.db);

/** A line without a name. A first name alone may well be somebody else's, so it counts only where it is the whole line. */
export function withoutName(author: string, name: string): string {
  if (author.trim().toLowerCase() === name.toLowerCase()) return "";
  if (!/\s/.test(name)) return author;
  const words = name.split(/\s+/).map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  const whole = new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])${words.join("\\s+")}(?![\\p{L}\\p{M}\\p{N}])`, "giu");
  return author.replace(whole, "…");
}
