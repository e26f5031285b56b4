import { randomUUID } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { expect } from "vitest";
import type { Tables } from "../../src/database.ts";
import { checkTallies, getProgress } from "../../src/deliveries/queries.ts";
import type { EditionState, Segment } from "../../src/editions/table.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { slot } from "../../src/platform/mass-mail/letter.ts";

type Database = Kysely<Tables>;

/** The movement's newsletter. */
export async function newsletterOf(db: Ctx["db"], slug: string | null = null): Promise<string> {
  const { id } = await db
    .selectFrom("newsletters as n")
    .leftJoin("initiatives as i", "i.id", "n.initiative_id")
    .select("n.id")
    .where("i.slug", slug === null ? "is" : "=", slug)
    .executeTakeFirstOrThrow();
  return id;
}

/** So many subscribers, "lezer-1@…" and on; each tenth reads English. Their addresses are spread over `domains`. */
export const subscribers = (db: Ctx["db"], newsletterId: string, count: number, domains = ["example.org"]) =>
  subscribersNamed("lezer", 10, { db, newsletterId, count, domains });

/** So many subscribers who all read Dutch. */
export const dutchSubscribers = (db: Ctx["db"], newsletterId: string, count: number) =>
  subscribersNamed("nederlander", count + 1, { db, newsletterId, count, domains: ["example.org"] });

type Many = { db: Ctx["db"]; newsletterId: string; count: number; domains: string[] };

async function subscribersNamed(name: string, englishEach: number, many: Many): Promise<void> {
  const { db, newsletterId, count, domains } = many;
  await sql`
    with readers as (
      insert into people (email, name, language, confirmed_at)
      select ${name} || '-' || n || '@' || (${domains}::text[])[1 + n % ${domains.length}::int], initcap(${name}) || ' ' || n,
        case when n % ${englishEach}::int = 0 then 'en' else 'nl' end, now() - interval '1 day'
      from generate_series(1, ${count}::int) as n returning id, language)
    insert into subscriptions (newsletter_id, person_id, language, since)
    select ${newsletterId}, id, language, now() - interval '1 day' from readers`.execute(db);
}

type Wanted = {
  newsletterId: string;
  state?: EditionState;
  segment?: Segment;
  languages?: ("nl" | "en")[];
  at?: Date;
};

/** An edition with its letters, by default about to be frozen. */
export async function edition(db: Ctx["db"], wanted: Wanted): Promise<string> {
  const at = wanted.at ?? new Date();
  const { id } = await db
    .insertInto("editions")
    .values({
      newsletter_id: wanted.newsletterId,
      slug: `editie-${randomUUID().slice(0, 8)}`,
      title: JSON.stringify({ nl: "De eerste editie" }),
      state: wanted.state ?? "freezing",
      segment: JSON.stringify(wanted.segment ?? {}),
      created_at: at,
      started_at: at,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  for (const language of wanted.languages ?? ["nl", "en"])
    await db
      .insertInto("edition_letters")
      .values({
        edition_id: id,
        language,
        subject: language === "nl" ? "Nieuws voor jou" : "News for you",
        preheader: "",
        html: `<p>${slot("name")}</p><a href="${slot("unsubscribe")}">Afmelden</a> <a href="${slot("preferences")}">x</a>`,
        text: `${slot("name")}\n${slot("unsubscribe")}\n${slot("archive")}\n`,
      })
      .execute();
  return id;
}

/** The number of a process that sends, or once did: it was last heard of at `seenAt`. */
export async function senderOf(db: Ctx["db"], seenAt = new Date()): Promise<number> {
  const { id } = await db
    .insertInto("senders")
    .values({ connections: 4, seen_at: seenAt })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** Waits until something is so; fails after `seconds`. */
export async function until(what: string, seen: () => Promise<boolean>, seconds = 30): Promise<void> {
  const last = Date.now() + seconds * 1000;
  while (!(await seen())) {
    if (Date.now() > last) throw new Error(`${what} did not happen in ${seconds} s`);
    await new Promise((done) => setTimeout(done, 25));
  }
}

/** Waits until an edition is finished. */
export const finished = (db: Ctx["db"], id: string, seconds?: number) =>
  until(
    "The edition's end",
    async () =>
      (await db.selectFrom("editions").select("finished_at").where("id", "=", id).executeTakeFirst())
        ?.finished_at != null,
    seconds,
  );

/** What holds at every moment: the sums are those of the rows, and add up to the audience. */
export async function expectToAddUp(ctx: Ctx, id: string): Promise<void> {
  expect(await checkTallies(ctx, id)).toEqual([]);
  const progress = await getProgress(ctx, id);
  const { audience } = await ctx.db
    .selectFrom("editions")
    .select("audience")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  expect(progress?.audience).toBe(audience);
}

/** The states of an edition's deliveries, by address. */
export async function statesOf(db: Ctx["db"] | Database, id: string) {
  const rows = await db
    .selectFrom("deliveries as d")
    .leftJoin("people as p", "p.id", "d.person_id")
    .select(["p.email", "d.state", "d.code", "d.tries", "d.doubts"])
    .where("d.edition_id", "=", id)
    .execute();
  return Object.fromEntries(rows.map(({ email, ...rest }) => [email ?? "erased", rest]));
}
