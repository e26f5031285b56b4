import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { slot } from "../../src/platform/mass-mail/letter.ts";
import { type Helper, start } from "../processes.ts";
import * as content from "./content.ts";

/** The program as an operator starts it, web and worker in one process, with no limit on the pace of sending. */
export type Engine = { program: Helper; origin: string };

type Wanted = {
  /** The built program, below the repository. */
  main: string;
  databaseUrl: string;
  dataDir: string;
  smtpUrl: string;
  connections: number;
  keyFile: string | null;
};

let port = 31_900;

export async function startEngine(wanted: Wanted): Promise<Engine> {
  const { main, databaseUrl, dataDir, smtpUrl, connections, keyFile } = wanted;
  const origin = `http://127.0.0.1:${++port}`;
  const program = start(main, {
    env: {
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      DATA_DIR: dataDir,
      NODE_ENV: "production",
      BASE_URL: "https://archipel.example",
      MAIL_FROM: content.from,
      SMTP_URL: smtpUrl,
      SMTP_CONNECTIONS: String(connections),
      SEND_RATE: "100000",
      SEND_RATE_DOMAIN: "100000",
      TRUST_PROXY: "1",
      LOG_LEVEL: "error",
      ...(keyFile && {
        DKIM_DOMAIN: content.dkimDomain,
        DKIM_SELECTOR: content.dkimSelector,
        DKIM_KEY_FILE: keyFile,
      }),
    },
  });
  for (let tries = 0; tries < 1200; tries++) {
    const ready = await fetch(`${origin}/readyz`).catch(() => null);
    if (ready?.ok) return { program, origin };
    await sleep(50);
  }
  throw new Error("The program did not start within a minute");
}

const subscribers = `
  with new as (
    insert into people (email, name, language, confirmed_at)
    select 'lezer-' || n || '@provider-' || n % 40 || '.example', 'Véra van der Berg ' || n, 'nl', now()
    from generate_series($1::int + 1, $2::int) as n returning id
  )
  insert into subscriptions (newsletter_id, person_id, language, since)
  select (select id from newsletters where initiative_id is null), id, 'nl', now() - interval '1 day' from new`;

/** Made again at the end, which is quicker than row by row; not those that constraints need. */
const indexesThatWait = `
  select indexname as name, indexdef as definition from pg_indexes
  where tablename in ('people', 'subscriptions') and not exists (select from pg_constraint where conname = indexname)`;

/** Lets the movement's newsletter have so many subscribers, over 40 providers. */
export async function growTo(client: pg.Client, count: number): Promise<void> {
  const { rows } = await client.query("select count(*)::int as there from people where email like 'lezer-%'");
  if (rows[0].there >= count) return;
  const { rows: indexes } = await client.query(indexesThatWait);
  await client.query("set session_replication_role = replica"); // no foreign keys to check, no trigger a row
  for (const { name } of indexes) await client.query(`drop index ${name}`);
  for (let from = rows[0].there; from < count; from += 100_000)
    await client.query(subscribers, [from, Math.min(count, from + 100_000)]);
  for (const { definition } of indexes) await client.query(definition);
  await client.query("set session_replication_role = default");
  await client.query("vacuum analyze people, subscriptions"); // as PostgreSQL does by itself within a minute or so
  await client.query("checkpoint");
}

/** Adds an edition that is to be sent now, and returns its id. */
export async function sendEdition(client: pg.Client, slug: string): Promise<string> {
  const { rows } = await client.query(
    `with edition as (
      insert into editions (newsletter_id, slug, title, state, created_at, send_at, started_at)
      select id, $1, '{"nl": "Nieuws"}', 'freezing', now(), now(), now() from newsletters where initiative_id is null
      returning id)
    insert into edition_letters (edition_id, language, subject, preheader, html, text)
    select id, 'nl', $2, '', $3, $4 from edition returning edition_id as id`,
    [slug, content.subject, content.htmlWith(slot), content.textWith(slot)],
  );
  return rows[0].id;
}

/** Asks until there is an answer other than null, for at most so many seconds. */
async function until<Answer>(
  what: string,
  seconds: number,
  ask: () => Promise<Answer | null>,
): Promise<Answer> {
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    const answer = await ask();
    if (answer !== null) return answer;
    await sleep(200);
  }
  throw new Error(`${what} took more than ${seconds} seconds`);
}

/** Seconds from the first look at the audience to the last row, and how many there are. */
export const frozen = (client: pg.Client, id: string) =>
  until("Freezing", 600, async () => {
    const { rows } = await client.query(
      `select audience, extract(epoch from frozen_at - started_at)::float as seconds from editions
      where id = $1 and frozen_at is not null`,
      [id],
    );
    return (rows[0] as { audience: number; seconds: number } | undefined) ?? null;
  });

/** Waits for the end of an edition of `count`, and that each row says "sent". Mails per second, from first claim to last answer. */
export async function finished(client: pg.Client, id: string, count: number): Promise<number> {
  await until("Sending", 60 + count / 100, async () => {
    const { rows } = await client.query("select 1 from editions where id = $1 and finished_at is not null", [
      id,
    ]);
    return rows[0] ? true : null;
  });
  const { rows } = await client.query(
    `select count(*) filter (where state = 'sent')::int as sent, count(*)::int as of,
      extract(epoch from max(done_at) - min(claimed_at))::float as seconds from deliveries where edition_id = $1`,
    [id],
  );
  const { sent, of, seconds } = rows[0];
  if (sent !== count || of !== count) throw new Error(`${sent} of ${of} sent, and ${count} were to be`);
  return sent / seconds;
}

/** Mails per second over the first `count` of an edition, which is stopped after them. */
export async function firstOnes(client: pg.Client, id: string, count: number): Promise<number> {
  await until("Sending", 60 + count / 100, async () => ((await sentOf(client, id)) >= count ? true : null));
  await stopped(client, id);
  const { rows } = await client.query(
    `select extract(epoch from max(done_at) - min(claimed_at))::float as seconds from
      (select claimed_at, done_at from deliveries where edition_id = $1 and state = 'sent' order by done_at limit $2) as first`,
    [id, count],
  );
  return count / rows[0].seconds;
}

export async function sentOf(client: pg.Client, id: string): Promise<number> {
  const { rows } = await client.query(
    "select coalesce(sum(change), 0)::int as sent from delivery_tallies where edition_id = $1 and what = 'sent'",
    [id],
  );
  return rows[0].sent;
}

/** Stops an edition, and waits until nothing of it is claimed any more. */
export async function stopped(client: pg.Client, id: string): Promise<void> {
  await client.query("update editions set state = 'stopped' where id = $1 and state = 'sending'", [id]);
  await until("Stopping", 60, async () => {
    const { rows } = await client.query(
      "select 1 from deliveries where edition_id = $1 and state = 'sending' limit 1",
      [id],
    );
    return rows[0] ? null : true;
  });
}
