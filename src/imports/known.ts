import { sql } from "kysely";
import { onlyImported } from "../newsletters/queries.ts";
import type { Ctx } from "../platform/context.ts";
import type { HeldImport } from "./batch.ts";
import { type Counts, standings } from "./table.ts";

/** Of an address that stands in the file twice the strictest word counts, whichever row it is in. */
const strictness = sql`array_position(
  array['complained', 'gone', 'silent', 'ended', 'active'], coalesce(data ->> 'status', 'active'))`;

/**
 * Marks the rows of who or what is here already. Of an address that stands in the file twice one row counts: a "no"
 * before a "yes". Where the other row cannot be read and may say no, the yes is no yes.
 */
export async function markKnown(ctx: Ctx, held: HeldImport): Promise<void> {
  const { id, kind } = held;
  await sql`
    update import_rows as r set outcome = 'double' from (
      select number, row_number() over (
        partition by key order by ${strictness}, number) as nth
      from import_rows where import_id = ${id}::uuid and outcome = 'good'
    ) as same where r.import_id = ${id}::uuid and r.number = same.number and nth > 1`.execute(ctx.db);
  await sql`
    update import_rows as r set outcome = 'bad', reason = 'unclear', data = null
    where r.import_id = ${id}::uuid and r.outcome = 'good' and coalesce(r.data ->> 'status', 'active') = 'active'
      and r.key in (select key from import_rows where import_id = ${id}::uuid and outcome = 'bad' and key is not null)`.execute(
    ctx.db,
  );
  if (kind === "subscribers") return markSubscribers(ctx, held);
  const known = {
    signatures: sql`select from signatures as s join people as p on p.id = s.person_id where p.email = r.key`,
    // One whose address was somebody else's before has another one than its name says.
    initiatives: sql`select from initiatives as i where i.slug = r.key or i.name ->> 'nl' = r.data ->> 'name'`,
  };
  await sql`
    update import_rows as r set outcome = 'known'
    where import_id = ${id}::uuid and outcome = 'good' and exists (${known[kind]})`.execute(ctx.db);
}

/**
 * Who is or was on the newsletter stays so. Only a "no" of the file counts where an earlier import was all there was;
 * where the person said yes here, the "no" is to be looked at by somebody.
 */
const markSubscribers = (ctx: Ctx, { id, newsletter_id }: HeldImport) =>
  sql`
    update import_rows as r set
      outcome = case when here.no and here.imported then 'good' else 'known' end,
      reason = case when here.no and here.imported then 'ends' when here.no then 'disagrees' end
    from (
      select r.number, r.data ->> 'status' <> 'active' and s.ended_at is null as no,
        ${onlyImported("s.person_id", newsletter_id)} as imported
      from import_rows as r join people as p on p.email = r.key
        join subscriptions as s on s.person_id = p.id and s.newsletter_id = ${newsletter_id}::uuid
      where r.import_id = ${id}::uuid and r.outcome = 'good'
    ) as here
    where r.import_id = ${id}::uuid and r.number = here.number`
    .execute(ctx.db)
    .then(() => undefined);

/** How many rows there are of each kind, once they were checked. */
export async function countsOf(ctx: Ctx, id: string): Promise<Counts> {
  const rows = await ctx.db
    .selectFrom("import_rows")
    .select(["outcome", "reason", ({ fn }) => fn.countAll<number>().as("count")])
    .select([
      sql<string | null>`data ->> 'status'`.as("status"),
      sql<boolean>`coalesce(data ->> 'undated', '') <> ''`.as("undated"),
      sql<boolean>`data ? 'consentGiven' and data ->> 'consentGiven' is null`.as("stated"),
    ])
    .where("import_id", "=", id)
    .groupBy(["outcome", "reason", "status", "undated", "stated"])
    .execute();
  const counts: Counts = {};
  const add = (name: keyof Counts, count: number) => {
    counts[name] = (counts[name] ?? 0) + count;
  };
  for (const { outcome, reason, status, undated, stated, count } of rows) {
    add(outcome ?? "good", count);
    if (outcome === "known" && reason === "disagrees") add("disagrees", count);
    if (outcome !== "good") continue;
    const standing = standings.find((one) => one === status);
    if (standing) add(standing, count);
    if (reason === "ends") add("ends", count);
    if (undated) add("undated", count);
    if (stated && (standing ?? "active") === "active") add("stated", count);
  }
  return counts;
}
