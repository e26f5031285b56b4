import { sql } from "kysely";
import { type Ctx, inTransaction } from "../platform/context.ts";
import type { Language } from "../platform/i18n.ts";
import { allowance, costOf, slowedRate } from "./pace.ts";
import { isOpen, whyNot } from "./recipients.ts";

/** A delivery that this process is about to send. */
export type Claimed = {
  id: string;
  edition_id: string;
  claimed_by: number;
  subscription_id: string;
  language: Language;
  tries: number;
  doubts: number;
  first_tried_at: Date | null;
  email: string;
  name: string | null;
};

/** How many provider domains one claim looks at. */
const domainsAtOnce = 200;

/**
 * Claims at most `wanted` deliveries of an edition that are due, as far as the rates in all and per domain allow. Who
 * ended, paused, was erased or suppressed meanwhile is skipped in the same statement. Claims of all processes come one
 * after the other, because each takes from the one bucket of all; so does who lays down a dead sender's number, under
 * which nothing is claimed any more.
 */
export function claimDeliveries(
  ctx: Ctx,
  sender: number,
  editionId: string,
  wanted: number,
): Promise<Claimed[]> {
  return inTransaction(ctx, async (ctx) => {
    // By itself, so that the claim sees what the one before it took. A claim that is lost in a crash of the database was
    // never acted upon: the turn before a hand-over puts it on disk. So nothing waits for the disk here.
    await sql`select set_config('synchronous_commit', 'off', true) from send_buckets where domain = '*'
      for update`.execute(ctx.db);
    return claimInTurn(ctx, sender, editionId, wanted);
  });
}

async function claimInTurn(ctx: Ctx, sender: number, editionId: string, wanted: number): Promise<Claimed[]> {
  const now = ctx.now();
  const { rate, ratePerDomain } = ctx.config.sending;
  const inAll = slowedRate(rate, sql.ref("b.slowness"));
  const perDomain = sql`${ratePerDomain}::float`;
  const free = sql`coalesce(b.free_at, 'epoch')`;
  const { rows } = await sql<Claimed>`
    with clock as materialized (select clock_timestamp() as moment),
    whole as materialized (
      select greatest(b.free_at, c.moment) as from_when, ${inAll} as rate,
        least(${wanted}::int, ${allowance(sql`b.free_at`, inAll)}) as may
      from send_buckets as b cross join clock as c
      where b.domain = '*' and exists (select from editions where id = ${editionId} and state = 'sending')
        and exists (select from senders where id = ${sender})
    ),
    queues as materialized (
      select q.domain, greatest(${free}, c.moment) as from_when, ${allowance(free, perDomain)} as may, h.sample
      from send_queues as q cross join clock as c left join send_buckets as b on b.domain = q.domain
        left join provider_domains as o on o.domain = q.domain
        left join provider_holds as h on h.provider = o.provider and h.opened_at is null
      where q.edition_id = ${editionId} and q.next_at <= ${now}
        and ${allowance(free, perDomain)} > 0 and (select may from whole) > 0
        -- A provider that is held (suppressions/fuse.ts) gets nothing but a sample.
        and (h.id is null or h.sample is not null)
      order by q.next_at, q.domain limit ${domainsAtOnce}
      for update of q skip locked
    ),
    picked as materialized (
      select d.* from queues as q cross join lateral (
        select id, domain, person_id, subscription_id from deliveries
        where edition_id = ${editionId} and domain = q.domain and ${isOpen} and due_at <= ${now}
          and (q.sample is null or id = any(q.sample))
        order by due_at limit least(q.may, ${wanted}::int)
        for update skip locked
      ) as d
      limit coalesce((select greatest(may, 0) from whole), 0)
    ),
    taken as (select domain, count(*)::int as taken from picked group by domain),
    paid as (
      update send_buckets as b set free_at = w.from_when + ${costOf(sql`n.taken`, sql`w.rate`)}
      from whole as w cross join (select sum(taken)::int as taken from taken) as n
      where b.domain = '*' and n.taken > 0
    ),
    paid_by_domain as (
      insert into send_buckets (domain, free_at)
      select q.domain, q.from_when + ${costOf(sql`t.taken`, perDomain)}
      from queues as q join taken as t using (domain) order by 1
      on conflict (domain) do update set free_at = excluded.free_at
    ),
    looked_on as (
      -- Where nothing was taken because others had enough, and where the next one is due already, nothing changes.
      update send_queues as q set next_at = l.next_at
      from queues as o left join taken as t using (domain) cross join lateral (
        select coalesce((
          select due_at from deliveries where edition_id = ${editionId} and domain = o.domain and ${isOpen}
          order by due_at offset coalesce(t.taken, 0) limit 1), 'infinity') as next_at
        where t.taken is not null or (select count(*) from picked) < (select may from whole)
      ) as l
      where q.edition_id = ${editionId} and q.domain = o.domain and q.next_at <> l.next_at
        and (l.next_at > ${now} or q.next_at > ${now})
    ),
    claimed as (
      update deliveries as d set claimed_by = ${sender}, claimed_at = ${now},
        state = case when w.why is null then 'sending' else 'skipped' end,
        code = w.why, done_at = case when w.why is not null then ${now}::timestamptz end
      from picked as k
        left join people as p on p.id = k.person_id
        left join subscriptions as s on s.id = k.subscription_id
        cross join lateral (select ${whyNot(now)} as why) as w
      where d.id = k.id
      returning d.*, p.email, p.name
    )
    select id, edition_id, claimed_by, subscription_id, language, tries, doubts, first_tried_at, email, name
    from claimed where state = 'sending'
  `.execute(ctx.db);
  return rows;
}
