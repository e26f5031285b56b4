import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";

/**
 * What points to a person in another way than by a reference that the database follows: in JSON, by address, or in
 * work of others that goes on. For erasing, before the person's row goes; what refers to that row goes or is emptied
 * with it (migrations: on delete cascade, on delete set null).
 */
export async function unlinkEverywhere(ctx: Ctx, personId: string, email: string): Promise<void> {
  await unlinkWork(ctx, [personId]);
  await forgetInFiles(ctx, personId, email);
  await forgetInMails(ctx, email);
  await forgetInJobs(ctx, personId, email);
}

/** The same for what time alone does not forget: for people of whom nothing is left, a thousand at most. */
export async function unlinkWork(ctx: Ctx, personIds: string[]): Promise<void> {
  await forgetWriters(ctx, personIds);
  await skipDeliveries(ctx, personIds);
}

/** Working copies remember who made the last saves. That a save was made stays, for who writes on. */
async function forgetWriters(ctx: Ctx, personIds: string[]): Promise<void> {
  await sql`
    update documents set saves = (
      select jsonb_agg(case when save ->> 'by' = any(${personIds}) then save || '{"by": null}' else save end order by at)
      from jsonb_array_elements(saves) with ordinality as s (save, at))
    where exists (select from jsonb_array_elements(saves) as s (save) where save ->> 'by' = any(${personIds}))`.execute(
    ctx.db,
  );
}

/**
 * Editions that are under way skip the person, and what they got names neither subscription nor domain. One that is at
 * the mail server at this moment keeps its domain, by which its sender finds it back.
 */
async function skipDeliveries(ctx: Ctx, personIds: string[]): Promise<void> {
  await sql`
    update deliveries set subscription_id = null,
      state = case when open then 'skipped' else state end,
      code = case when open then 'erased' else code end,
      done_at = case when open then ${ctx.now()}::timestamptz else done_at end,
      domain = case when state = 'sending' then domain else '' end
    from (select id as one, state in ('waiting', 'retry', 'uncertain') as open
      from deliveries where person_id = any(${personIds}::uuid[])) as theirs
    where id = one`.execute(ctx.db);
}

/** Rows of files that are being read in, and who said where the consent in a file came from. */
async function forgetInFiles(ctx: Ctx, personId: string, email: string): Promise<void> {
  await sql`delete from import_rows
    where key = ${email} or strpos(lower(cells::text), ${email}) > 0`.execute(ctx.db);
  await ctx.db.updateTable("imports").set({ statement_by: null }).where("made_by", "=", personId).execute();
}

/** Mails that came back and name the address without having been recognised as theirs. */
async function forgetInMails(ctx: Ctx, email: string): Promise<void> {
  await sql`delete from inbound_mails
    where position(convert_to(${email}, 'UTF8') in raw) > 0`.execute(ctx.db);
}

/** Work on the queue, done or not, that names the person or the address; in errors it met, too. */
async function forgetInJobs(ctx: Ctx, personId: string, email: string): Promise<void> {
  await sql`delete from pgboss.job
    where strpos(data::text, ${personId}) > 0
      or strpos(lower(coalesce(data::text, '') || coalesce(output::text, '')), ${email}) > 0`.execute(ctx.db);
}
