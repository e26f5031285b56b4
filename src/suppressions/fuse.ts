import { sql } from "kysely";
import { z } from "zod";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { defineJobKind } from "../platform/jobs.ts";
import { registrableDomain } from "../platform/mail-failures/server-named.ts";
import { severityOf } from "../platform/mail-failures/severity.ts";

/**
 * A circuit breaker per provider: one that lists our network may say "no such user" of all its subscribers, and one
 * edition would end every address there. From so many hard answers within an edition on, when they are such a share of all
 * that the provider answered, and so many times its usual share, it is held: it suppresses nobody and gets nothing more.
 */
const blowsAt = { hard: 20, share: 0.05, timesUsual: 10 };
/** So many earlier editions say what is usual. */
const editionsBefore = 10;
/** From holding to the first sample, and between two, in milliseconds. */
export const untilSample = 24 * 3_600_000;
/** Advisory locks by provider: answers of one come one after another, whichever process reads them. */
const lockClass = 4704802;

/** Tells the owners that a provider is held. */
export const tellHeld = defineJobKind({ name: "suppressions.held", data: z.object({ id: z.uuid() }) });

export type HardAnswer = {
  deliveryId: string;
  editionId: string;
  /** Lower-case. */
  address: string;
  code: string;
  /** The host name of the server that said so, where it is named. */
  server: string | null;
};

/** Notes a hard answer. "held": it must suppress nobody now, since its provider is held, perhaps because of it. */
export function noteHardAnswer(
  ctx: Ctx,
  answer: HardAnswer,
  suppressIt: (ctx: Ctx) => Promise<void>,
): Promise<"suppressed" | "held"> {
  return inTransaction(ctx, async (ctx) => {
    const { deliveryId, editionId, code } = answer;
    const provider = await providerOf(ctx, answer);
    await sql`select pg_advisory_xact_lock(${lockClass}, hashtext(${provider}))`.execute(ctx.db);
    const held = await isHeld(ctx, provider);
    const row = { provider, code, held };
    await ctx.db
      .insertInto("hard_answers")
      .values({ ...row, delivery_id: deliveryId, edition_id: editionId, at: ctx.now() })
      .onConflict((conflict) => conflict.column("delivery_id").doUpdateSet(row))
      .execute();
    if (held) return "held";
    await suppressIt(ctx);
    const counts = await countsThatBlow(ctx, editionId, provider);
    if (!counts) return "suppressed";
    await hold(ctx, editionId, provider, counts);
    return "held";
  });
}

/** The provider by the server named; else by what its domain's servers were before; else by the address itself. */
async function providerOf(ctx: Ctx, { address, server }: HardAnswer): Promise<string> {
  const domain = address.slice(address.lastIndexOf("@") + 1);
  const named = server && registrableDomain(server);
  if (named) {
    await ctx.db
      .insertInto("provider_domains")
      .values({ domain, provider: named })
      .onConflict((conflict) => conflict.column("domain").doUpdateSet({ provider: named }))
      .execute();
    return named;
  }
  const known = await ctx.db
    .selectFrom("provider_domains")
    .select("provider")
    .where("domain", "=", domain)
    .executeTakeFirst();
  return known?.provider ?? registrableDomain(domain) ?? domain;
}

async function isHeld(ctx: Ctx, provider: string): Promise<boolean> {
  const hold = await ctx.db
    .selectFrom("provider_holds")
    .select("id")
    .where("provider", "=", provider)
    .where("opened_at", "is", null)
    .executeTakeFirst();
  return hold !== undefined;
}

type Counts = { hard: number; answered: number };

/** What a provider answered within an edition, when that is enough to hold it; a person who opened it has the last word. */
async function countsThatBlow(ctx: Ctx, editionId: string, provider: string): Promise<Counts | null> {
  const { hard } = await ctx.db
    .selectFrom("hard_answers")
    .select(({ fn }) => fn.countAll<number>().as("hard"))
    .where("edition_id", "=", editionId)
    .where("provider", "=", provider)
    .executeTakeFirstOrThrow();
  if (!isStep(Number(hard))) return null;
  const { rows } = await sql<{ answered: number; opened: boolean }>`
    select count(*)::int as answered, exists (select from provider_holds
      where edition_id = ${editionId} and provider = ${provider} and opened_how = 'person') as opened
    from deliveries as d where edition_id = ${editionId} and ${isAnswered} and ${isBehind(provider)}`.execute(
    ctx.db,
  );
  const { answered = 0, opened = false } = rows[0] ?? {};
  const counts = { hard: Number(hard), answered: Math.max(answered, Number(hard)) };
  const share = counts.hard / counts.answered;
  if (opened || share < blowsAt.share) return null;
  return share >= blowsAt.timesUsual * (await usualShare(ctx, editionId, provider)) ? counts : null;
}

/** Counting costs more than noting, so it is done at twenty answers, and then each time that there are a quarter more. */
function isStep(hard: number): boolean {
  const step = (count: number) => Math.floor(Math.log(count / blowsAt.hard) / Math.log(1.25));
  return hard === blowsAt.hard || (hard > blowsAt.hard && step(hard) !== step(hard - 1));
}

/** Which part of a provider's answers was hard in the editions before; none where there were none. */
async function usualShare(ctx: Ctx, editionId: string, provider: string): Promise<number> {
  const { rows } = await sql<{ state: string; code: string | null; count: number }>`
    select state, code, count(*)::int as count from deliveries as d
    where edition_id in (select id from editions where finished_at is not null and id <> ${editionId}
        order by finished_at desc limit ${editionsBefore})
      and ${isAnswered} and ${isBehind(provider)}
      and not exists (select from hard_answers where delivery_id = d.id and held)
    group by state, code`.execute(ctx.db);
  const sum = (all: typeof rows) => all.reduce((total, { count }) => total + count, 0);
  const hard = rows.filter(({ state, code }) => state !== "sent" && severityOf(code ?? "") === "hard");
  return rows.length > 0 ? sum(hard) / sum(rows) : 0;
}

const isAnswered = sql<boolean>`state in ('sent', 'bounced', 'refused')`;

/** Whether a delivery (d) is to a domain behind a provider. */
export const isBehind = (provider: string) =>
  sql<boolean>`(d.domain in (select domain from provider_domains where provider = ${provider})
    or (d.domain = ${provider} and not exists (select from provider_domains where domain = ${provider})))`;

/** Holds a provider, and lifts what this edition's answers of it suppressed. */
async function hold(ctx: Ctx, editionId: string, provider: string, counts: Counts): Promise<void> {
  const now = ctx.now();
  await ctx.db
    .insertInto("provider_domains")
    .values({ domain: provider, provider })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { id } = await ctx.db
    .insertInto("provider_holds")
    .values({ provider, edition_id: editionId, ...counts, held_at: now, next_at: later(now, untilSample) })
    .returning("id")
    .executeTakeFirstOrThrow();
  await sql`with answers as (
      update hard_answers set held = true where edition_id = ${editionId} and provider = ${provider}
      returning delivery_id)
    delete from suppressions using answers as a join deliveries as d on d.id = a.delivery_id
      join people as p on p.id = d.person_id
    where suppressions.address = p.email and suppressions.reason = 'hard'
      and suppressions.edition_id = ${editionId}`.execute(ctx.db);
  await ctx.jobs.enqueue(tellHeld, { id });
  ctx.log.error(
    { provider, edition: editionId, ...counts },
    "a mail provider is held: it refuses too many addresses",
  );
}

export const later = (now: Date, milliseconds: number) => new Date(now.getTime() + milliseconds);
