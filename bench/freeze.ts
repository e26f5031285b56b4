import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { migrations } from "../migrations/index.ts";
import type { Tables } from "../src/database.ts";
import { claimDeliveries } from "../src/deliveries/claim.ts";
import { freezeNext } from "../src/deliveries/freeze.ts";
import { writeTurn } from "../src/deliveries/ledger.ts";
import { settle } from "../src/deliveries/policy.ts";
import { getProgress } from "../src/deliveries/progress.ts";
import { checkTallies } from "../src/deliveries/tallies.ts";
import { parseConfig } from "../src/platform/config.ts";
import type { Ctx } from "../src/platform/context.ts";
import { connect, connectForRepeated } from "../src/platform/database.ts";
import { startEmbeddedPostgres } from "../src/platform/embedded-postgres.ts";
import { migrate } from "../src/platform/migrate.ts";

/** Freezing and the books of sending at several sizes, without a mail server: `node bench/freeze.ts [sizes…]`. */
const sizes = process.argv.slice(2).map(Number);
const say = (text: string) => process.stdout.write(`${text}\n`);
const domains = 2000;
const booked = 5000;

const dir = mkdtempSync(join(tmpdir(), "archipel-freeze-"));
chmodSync(dir, 0o755);
const server = await startEmbeddedPostgres(dir);
const parsed = parseConfig({ SEND_RATE: "100000", SEND_RATE_DOMAIN: "100000", DATA_DIR: dir });
if (parsed.kind === "invalid") throw new Error(parsed.problems.join());
await migrate(server.url(), migrations);
const { db } = connect<Tables>(server.url());
const books = connectForRepeated<Tables>(server.url(), 2);
const jobs: Ctx["jobs"] = { enqueue: async () => {}, within: () => jobs };
const ctx = { db, jobs, now: () => new Date(), config: parsed.config } as Ctx;
const bookCtx: Ctx = { ...ctx, db: books };

say("recipients | frozen in s | memory added MB | figures ms | claim and book, µs a mail");
for (const size of sizes.length > 0 ? sizes : [10_000, 100_000, 1_000_000]) {
  const id = await givenAnEdition(size);
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 20);
  const seconds = await timed(async () => {
    while ((await freezeNext(ctx, id)) === "more");
  });
  clearInterval(watch);
  const figures = await timed(async () => void (await getProgress(ctx, id)));
  await db.insertInto("senders").values({ connections: 16 }).execute();
  const { id: sender } = await db
    .selectFrom("senders")
    .select("id")
    .orderBy("id", "desc")
    .executeTakeFirstOrThrow();
  const booking = await timed(() => book(id, sender, Math.min(size, booked)));
  const wrong = await checkTallies(ctx, id);
  if (wrong.length > 0) throw new Error(JSON.stringify(wrong));
  const added = Math.round((most - before) / 1e6);
  const perMail = Math.round((booking / Math.min(size, booked)) * 1e6);
  say(`${size} | ${seconds.toFixed(1)} | ${added} | ${(figures * 1000).toFixed(1)} | ${perMail}`);
}
await books.destroy();
await db.destroy();
await server.stop();
rmSync(dir, { recursive: true, force: true });

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

async function givenAnEdition(size: number): Promise<string> {
  await sql`truncate newsletters, people, editions, deliveries, send_buckets cascade`.execute(db);
  await sql`insert into send_buckets (domain, free_at) values ('*', 'epoch')`.execute(db);
  const { rows } = await sql<{ id: string }>`
    with n as (insert into newsletters (name, description) values ('{"nl":"N"}', '{"nl":"N"}') returning id),
    p as (insert into people (email, name, language, confirmed_at)
      select 'lezer-' || i || '@domein-' || floor(${domains} * random() ^ 6) || '.example', 'Lezer ' || i, 'nl',
        now() - interval '1 day' from generate_series(1, ${size}::int) as i returning id),
    s as (insert into subscriptions (newsletter_id, person_id, language, since)
      select n.id, p.id, 'nl', now() - interval '1 day' from n, p),
    e as (insert into editions (newsletter_id, slug, title, state, created_at, started_at)
      select id, 'een', '{"nl":"Een"}', 'freezing', now(), now() from n returning id),
    l as (insert into edition_letters (edition_id, language, subject, preheader, html, text)
      select id, 'nl', 'a', 'b', 'c', 'd' from e)
    select id from e`.execute(db);
  await sql`vacuum analyze`.execute(db);
  return rows[0]!.id;
}

/** Claims, hands over and writes down so many, as a sender does, with answers that come at once. */
async function book(id: string, sender: number, count: number): Promise<void> {
  for (let done = 0; done < count; ) {
    const claimed = await claimDeliveries(bookCtx, sender, id, 128);
    for (let at = 0; at < claimed.length; at += 16) {
      const some = claimed.slice(at, at + 16);
      const asking = some.map((one) => one.id);
      await writeTurn(bookCtx, sender, { settled: [], asking, inHand: [] });
      const settled = some.map((one) => settle(one, { kind: "sent", code: "250" }, new Date()));
      await writeTurn(bookCtx, sender, { settled, asking: [], inHand: [] });
    }
    done += claimed.length;
  }
}
