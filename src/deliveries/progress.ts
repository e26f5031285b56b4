import { sql } from "kysely";
import type { EditionState } from "../editions/table.ts";
import type { Ctx } from "../platform/context.ts";
import { faultOf } from "./fault.ts";
import { type DeliveryState, type DeliveryTallyTable, deliveryStates } from "./table.ts";

export type Progress = {
  state: EditionState;
  sendAt: Date | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  /** The number of recipients; it grows while the audience is being frozen. The counts always add up to it. */
  audience: number;
  counts: Record<DeliveryState, number>;
  /** How often a mail was handed over without an answer, and so perhaps came twice. */
  doubts: number;
  /** How many ended their subscription through this edition. */
  unsubscribed: number;
  /** Mails a second over the last minute. */
  speed: number;
  /** At that speed; null when it cannot be told. */
  secondsLeft: number | null;
  /** Since the mail server is in trouble nothing is sent until then. */
  heldUntil: Date | null;
  /** The code with which the mail server refuses to take any mail of ours (5xx), for the operator to mend. */
  refusal: string | null;
  /** The code with which it cannot be reached (a certificate, a name, an hour without connection), likewise. */
  fault: string | null;
  /** Its rows were removed after a year: nobody can get it any more. */
  forgotten: boolean;
};

type Sum = { what: DeliveryTallyTable["what"]; sum: number; lately: number };

/** How an edition's sending stands at this moment; reads a handful of rows, however many recipients there are. */
export async function getProgress(ctx: Ctx, editionId: string): Promise<Progress | undefined> {
  const { rows } = await sql<{
    state: EditionState;
    send_at: Date | null;
    started_at: Date | null;
    finished_at: Date | null;
    held_until: Date | null;
    trouble: string | null;
    trouble_since: Date | null;
    forgotten: boolean;
    sums: Sum[];
    seconds: number;
  }>`select e.state, e.send_at, e.started_at, e.finished_at,
      (select free_at from send_buckets where domain = '*' and slowness > 0
        and free_at > clock_timestamp() + interval '1 second') as held_until,
      (select trouble from send_buckets where domain = '*' and slowness > 0) as trouble,
      (select trouble_since from send_buckets where domain = '*') as trouble_since,
      e.forgotten_at is not null as forgotten,
      coalesce(jsonb_agg(to_jsonb(t)) filter (where t.what is not null), '[]') as sums,
      least(60, extract(epoch from clock_timestamp() - min(t.began)))::float as seconds
    from editions as e left join lateral (
      select what, sum(change) as sum, min(at) filter (where at > '-infinity') as began,
        coalesce(sum(change) filter (where at > clock_timestamp() - interval '60 seconds'), 0) as lately
      from delivery_tallies where edition_id = e.id group by what
    ) as t on true
    where e.id = ${editionId} group by e.id`.execute(ctx.db);
  const row = rows[0];
  if (!row) return undefined;
  const sumOf = (what: Sum["what"]) => row.sums.find((one) => one.what === what);
  const counts = Object.fromEntries(
    deliveryStates.map((state) => [state, sumOf(state)?.sum ?? 0]),
  ) as Progress["counts"];
  const lately = (sumOf("sent")?.lately ?? 0) + (sumOf("refused")?.lately ?? 0);
  const speed = row.finished_at ? 0 : Math.max(0, lately) / Math.max(1, row.seconds ?? 60);
  const left = counts.waiting + counts.sending + counts.retry + counts.uncertain;
  const fault = row.finished_at === null ? faultOf(row.trouble, row.trouble_since, ctx.now()) : null;
  return {
    state: row.state,
    sendAt: row.send_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    audience: Object.values(counts).reduce((sum, count) => sum + count, 0),
    counts,
    doubts: sumOf("doubts")?.sum ?? 0,
    unsubscribed: sumOf("unsubscribed")?.sum ?? 0,
    speed,
    secondsLeft: left > 0 && speed > 0 ? Math.ceil(left / speed) : null,
    heldUntil: row.held_until,
    refusal: fault?.kind === "refused" ? fault.code : null,
    fault: fault?.kind === "unreachable" ? fault.code : null,
    forgotten: row.forgotten,
  };
}
