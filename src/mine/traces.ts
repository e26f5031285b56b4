import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";

/** What somebody made and did in the workplace, as far as it is still known to be theirs. */
export async function listMadeBy(ctx: Ctx, personId: string) {
  const [texts, images, imports, done] = await Promise.all([
    listTexts(ctx, personId),
    ctx.db
      .selectFrom("media")
      .select(["name", "added_at"])
      .where("added_by", "=", personId)
      .orderBy("added_at", "desc")
      .execute(),
    ctx.db
      .selectFrom("imports")
      .select(["kind", "file_name", "made_at", "statement", "statement_day", "statement_by"])
      .where("made_by", "=", personId)
      .orderBy("made_at", "desc")
      .execute(),
    countDone(ctx, personId),
  ]);
  return { texts, images, imports, done };
}

export type Made = Awaited<ReturnType<typeof listMadeBy>>;

/** Texts that somebody wrote on or is to publish, by their titles: how many revisions, and the last moment. */
async function listTexts(ctx: Ctx, personId: string) {
  const { rows } = await sql<{ kind: string; title: string; revisions: number; last_at: Date | null }>`
    select d.kind, count(r.id)::int as revisions, greatest(max(r.made_at),
        max(d.changed_at) filter (where d.changed_by = ${personId})) as last_at,
      coalesce(d.content #>> '{title,nl}', d.content #>> '{name,nl}', d.content #>> '{subject,nl}', '') as title
    from documents as d left join revisions as r on r.document_id = d.id and r.made_by = ${personId}
    where r.id is not null or d.changed_by = ${personId} or d.publish_by = ${personId}
      or d.saves @> ${JSON.stringify([{ by: personId }])}::jsonb
    group by d.id order by last_at desc nulls last`.execute(ctx.db);
  return rows;
}

const deeds = [
  ...(["assignedTips", "tipMessages", "askedQuestions"] as const),
  ...(["decidedProposals", "givenRoles", "sentInvitations", "plannedEditions"] as const),
] as const;
export type Deed = (typeof deeds)[number];

/** In how many rows about others somebody is named as who did it or is to do it. */
async function countDone(ctx: Ctx, personId: string): Promise<Record<Deed, number>> {
  const count = (table: string, column: string) =>
    sql`(select count(*)::int from ${sql.table(table)} where ${sql.ref(column)} = ${personId})`;
  const { rows } = await sql<Record<Deed, number>>`
    select ${count("tips", "assigned_to")} as "assignedTips", ${count("tip_messages", "made_by")} as "tipMessages",
      ${count("proposal_questions", "asked_by")} as "askedQuestions",
      ${count("proposals", "decided_by")} as "decidedProposals", ${count("roles", "given_by")} as "givenRoles",
      ${count("invitations", "invited_by")} as "sentInvitations",
      ${count("editions", "planned_by")} as "plannedEditions"`.execute(ctx.db);
  return rows[0]!;
}
