import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";
import { forgetBylines } from "../updates/operations.ts";

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
  await forgetBylines(ctx, personIds);
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
    where key = ${email} or ${inStrings("cells", email)}`.execute(ctx.db);
  await ctx.db.updateTable("imports").set({ statement_by: null }).where("made_by", "=", personId).execute();
}

/** Mails that came back and name the address without having been recognised as theirs. */
async function forgetInMails(ctx: Ctx, email: string): Promise<void> {
  await sql`delete from inbound_mails
    where exists (select from (select encode(raw, 'escape')) as mail (text) where ${names(email)})`.execute(
    ctx.db,
  );
}

/** Work on the queue, done or not, that names the person or the address; in errors it met, too. And work that is held. */
async function forgetInJobs(ctx: Ctx, personId: string, email: string): Promise<void> {
  await sql`delete from held_jobs
    where strpos(data::text, ${personId}) > 0 or ${inStrings("data", email)}`.execute(ctx.db);
  await sql`delete from pgboss.job
    where strpos(data::text, ${personId}) > 0
      or ${inStrings("data", email)} or ${inStrings("output", email)}`.execute(ctx.db);
}

/** Whether a text in a column of JSON, however deep, names the address. Most rows fall out by a look at the whole. */
const inStrings = (column: string, email: string) => sql<boolean>`
  (strpos(lower(${sql.ref(column)}::text), ${email}) > 0 and exists (
    select from (select value #>> '{}'
      from jsonb_path_query(${sql.ref(column)}, 'strict $.** ? (@.type() == "string")') as value) as strings (text)
    where ${names(email)}))`;

/** Whether a text holds the address. The comparison by letter is quick; the pattern sees who else it could be. */
const names = (email: string) => sql<boolean>`strpos(lower(text), ${email}) > 0 and text ~* ${whole(email)}`;

/**
 * The address by itself, as PostgreSQL's pattern: an@voorbeeld.nl is neither in jan@voorbeeld.nl nor in
 * an@voorbeeld.nl.example. Signs that part words in files and logs ("=", "/", quotes) part addresses too, and so does
 * a sign as mails write it in quoted-printable ("=3D").
 */
function whole(email: string): string {
  const letters = "[[:alnum:]._%+~&-]";
  const literal = email.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return `(?:(?<!${letters})(?<![[:alnum:]]')|(?<==[0-9a-f]{2}))${literal}(?!-*[[:alnum:]_])(?!\\.[[:alnum:]])`;
}
