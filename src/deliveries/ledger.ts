import { sql } from "kysely";
import { z } from "zod";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { defineJobKind } from "../platform/jobs.ts";
import type { Settled } from "./policy.ts";
import { queueUp, whyNot } from "./recipients.ts";

/** The mail server refused recipients, or put them off until we gave up: for who keeps account of addresses. */
export const refusedAtServer = defineJobKind({
  name: "deliveries.refused",
  data: z.object({
    refused: z.array(z.object({ id: z.guid(), code: z.string(), server: z.string().optional() })),
  }),
});

/** What a server said of one mail: not that none answered, nor that the server itself is closing (421). */
const isAnswer = /^(?!421)[45]\d\d/;

export type Turn = {
  settled: Settled[];
  /** Ids of deliveries whose content would go out now. */
  asking: string[];
  /** Ids of deliveries that are at the server at this moment, and stay there. */
  inHand: string[];
};

/** Per delivery that asked: null when it may go out, or why not. */
export type Answers = Map<string, string | null>;

/**
 * One turn of a sender's books, in one statement: writes what became of deliveries, and which ones are at the mail
 * server from now on. Only after it has returned may those go out, so a kill leaves as uncertain exactly who could be.
 * It can be done twice (when the answer of the database was lost) without another effect.
 *
 * @returns null when this sender was taken for dead: nothing may go out under its number any more.
 */
export async function writeTurn(ctx: Ctx, sender: number, turn: Turn): Promise<Answers | null> {
  const refused = turn.settled
    .filter(({ state, code }) => state === "refused" && isAnswer.test(code ?? ""))
    .map(({ id, code, server }) => ({ id, code: code ?? "", ...(server && { server }) }));
  if (refused.length === 0) return write(ctx, sender, turn);
  return inTransaction(ctx, async (ctx) => {
    await ctx.jobs.enqueue(refusedAtServer, { refused });
    return write(ctx, sender, turn);
  });
}

async function write(ctx: Ctx, sender: number, turn: Turn): Promise<Answers | null> {
  const now = ctx.now();
  const { settled } = turn;
  const column = <Name extends keyof Settled>(name: Name) => settled.map((one) => one[name]);
  const { rows } = await sql<{ id: string | null; why: string | null }>`
    with settled as (
      update deliveries as d set state = o.state, code = o.code, tries = o.tries, doubts = d.doubts + o.doubt,
        due_at = coalesce(o.due_at, d.due_at), done_at = o.done_at,
        first_tried_at = coalesce(d.first_tried_at, o.tried_at)
      from unnest(${column("id")}::uuid[], ${column("claimed_by")}::int[], ${column("state")}::text[],
        ${column("code")}::text[], ${column("tries")}::int[], ${column("doubt")}::int[],
        ${column("due_at")}::timestamptz[], ${column("done_at")}::timestamptz[], ${column("tried_at")}::timestamptz[])
        as o (id, claimed_by, state, code, tries, doubt, due_at, done_at, tried_at)
      where d.id = o.id and d.claimed_by = o.claimed_by and d.state in ('sending', 'uncertain', 'unanswered')
        and (d.state = 'sending' or o.state in ('sent', 'refused'))
      returning d.edition_id, d.domain, d.state, d.due_at
    ),
    due as (select edition_id, domain, due_at as at from settled where state in ('waiting', 'retry', 'uncertain')),
    queued as (${queueUp}),
    answers as materialized (
      select d.id, case when e.state <> 'sending' then 'stopped' else ${whyNot(now)} end as why
      -- "limit": by their ids, not among all that is claimed
      from unnest(${turn.asking}::uuid[]) as a (id)
        cross join lateral (select * from deliveries where id = a.id limit 1) as d
        join editions as e on e.id = d.edition_id
        left join people as p on p.id = d.person_id
        left join subscriptions as s on s.id = d.subscription_id
      where d.claimed_by = ${sender} and d.state = 'sending'
    ),
    hand as (
      update senders set seen_at = clock_timestamp(),
        in_hand = ${turn.inHand}::uuid[] || array(select id from answers where why is null)
      where id = ${sender} returning id
    )
    select a.id, a.why from hand left join answers as a on true
  `.execute(ctx.db);
  if (rows.length === 0) return null;
  return new Map(rows.flatMap(({ id, why }) => (id === null ? [] : [[id, why] as const])));
}
