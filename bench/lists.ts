/**
 * `npm run bench:lists -- [count] [server] [database]`: the workplace's lists with a million signatures and as many
 * subscribers over HTTP, an export of all of them, and an import of 100,000 rows while others look at pages. Prints
 * tables. Everything it starts is on 127.0.0.1 and ends with it. Run `npm run build` first. `database`: the address of one
 * that was filled like this before (filling takes minutes); it stays, with what was imported.
 */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { startEmbeddedPostgres } from "../src/platform/embedded-postgres.ts";
import { createKeys } from "../src/platform/keys.ts";
import { ms, percentile, table } from "./manifest/figures.ts";
import { fillSignatures } from "./manifest/fill.ts";
import { secretKey } from "./manifest/program.ts";

const count = Number(process.argv[2] ?? 1_000_000);
const main = process.argv[3] ?? "dist/server/main.js";
const filled = process.argv[4];
const imported = 100_000;
const rounds = 20;
const port = 31_874;
const origin = `http://127.0.0.1:${port}`;
const say = (text: string) => process.stdout.write(`${text}\n`);

const dir = mkdtempSync(join(tmpdir(), "archipel-lists-"));
chmodSync(dir, 0o755); // as root, the database's account must be able to enter
mkdirSync(join(dir, "data"));
const server = filled
  ? { url: () => filled, stop: async () => {} }
  : await startEmbeddedPostgres(dir, ["shared_buffers=512MB"]);
/** The program tidies its memory up when it is told to, so that what it holds can be told from what it let go. */
const tidies = 'data:text/javascript,process.on("SIGUSR2", () => globalThis.gc())';
const load = () => loadavg()[0]?.toFixed(1) ?? "";
/** Web and worker apart: while the database is filled, no worker looks at it. */
const start = (role: string) =>
  spawn(process.execPath, ["--enable-source-maps", "--expose-gc", "--import", tidies, main, "--only", role], {
    env: {
      ...{ PATH: process.env.PATH, PORT: String(port), DATABASE_URL: server.url(), SECRET_KEY: secretKey },
      ...{ DATA_DIR: join(dir, "data"), LOG_LEVEL: "warn" },
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
const program = start("web");
const programs = [program];
const client = new pg.Client({ connectionString: server.url() });
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => program.kill("SIGTERM"));

try {
  await client.connect();
  while (!(await fetch(`${origin}/healthz`).catch(() => null))) {
    if (program.exitCode !== null) throw new Error("The program did not start: run npm run build first");
    await sleep(200);
  }
  if (!filled) await fill();
  const cookie = await signIn();
  await measurePages(cookie);
  await measureExport(cookie);
  programs.push(start("worker"));
  await measureImport(cookie);
} finally {
  await client.end();
  for (const one of programs) {
    if (one.exitCode !== null) continue;
    one.kill("SIGTERM");
    await once(one, "exit");
  }
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
}

async function fill(): Promise<void> {
  const begun = performance.now();
  const { rows } = await client.query<{ name: string; definition: string }>(`
    select indexname as name, indexdef as definition from pg_indexes where tablename in ('people', 'subscriptions')
    and not exists (select from pg_constraint where conname = indexname)`);
  for (const { name } of rows) await client.query(`drop index ${name}`);
  await fillSignatures(client, count);
  await client.query(`
    update people set name = s.name, confirmed_at = s.confirmed_at, language = case when s.number % 50 = 0 then 'en' else 'nl' end
    from signatures as s where s.person_id = people.id`);
  await client.query(`
    insert into subscriptions (newsletter_id, person_id, language, since, ended_at)
    select n.id, s.person_id, case when s.number % 50 = 0 then 'en' else 'nl' end, s.confirmed_at,
      case when s.number % 20 = 0 then now() end
    from signatures as s, newsletters as n where n.initiative_id is null`);
  for (const { definition } of rows) await client.query(definition);
  for (const name of ["people", "subscriptions"]) await client.query(`vacuum analyze ${name}`);
  say(`${count} signatures and subscribers: ${((performance.now() - begun) / 1000).toFixed(0)} s`);
}

async function signIn(): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const { rows } = await client.query<{ id: string }>(
    `insert into people (email, name, language, confirmed_at) values ('owner@example.org', 'Owner', 'nl', now())
      on conflict (email) do update set name = excluded.name returning id`,
  );
  const id = rows[0]?.id;
  await client.query(
    "insert into roles (person_id, role, given_at) values ($1, 'owner', now()) on conflict do nothing",
    [id],
  );
  await client.query(
    `insert into sessions (token_hash, person_id, method, made_at, seen_at, expires_at)
      values ($1, $2, 'passkey', now(), now(), now() + interval '1 day')`,
    [createKeys(secretKey).hash("desk-session", token), id],
  );
  return `archipel-beheer=${token}`;
}

async function get(path: string, cookie: string): Promise<string> {
  const answer = await fetch(origin + path, { headers: { cookie } });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
  return text;
}

async function scans(): Promise<Map<string, number>> {
  await sleep(1500); // until the counters are there
  const { rows } = await client.query<{ relname: string; seq_tup_read: string }>(
    `select relname, seq_tup_read from pg_stat_user_tables
      where relname in ('people', 'signatures', 'subscriptions', 'consents')`,
  );
  return new Map(rows.map(({ relname, seq_tup_read }) => [relname, Number(seq_tup_read)]));
}

async function measurePages(cookie: string): Promise<void> {
  const random = (rows: { at: string; id: string }[]) => rows[Math.floor(Math.random() * rows.length)];
  const placesIn = async (name: string, at: string) =>
    (
      await client.query<{ at: string; id: string }>(
        `select (extract(epoch from ${at}) * 1000000)::bigint::text as at, id from ${name} tablesample system (0.05) limit 200`,
      )
    ).rows;
  const [signatures, subscribers, people] = [
    await placesIn("signatures", "confirmed_at"),
    await placesIn("subscriptions", "since"),
    await placesIn("people", "confirmed_at"),
  ];
  const deep = (rows: { at: string; id: string }[], way: string) => {
    const place = random(rows);
    return `${way}=${place?.at}.${place?.id}`;
  };
  const kinds: [string, () => string][] = [
    ["signatures, first page", () => "/beheer/ondertekeningen"],
    ["signatures, deep, older", () => `/beheer/ondertekeningen?${deep(signatures, "older")}`],
    ["signatures, deep, newer", () => `/beheer/ondertekeningen?${deep(signatures, "newer")}`],
    [
      "signatures, only counted",
      () => `/beheer/ondertekeningen?appearance=counted&${deep(signatures, "older")}`,
    ],
    ["signatures, the last 30 days", () => "/beheer/ondertekeningen?since=30"],
    ["signatures, one organisation", () => "/beheer/ondertekeningen?organisation=gemeente+amsterdam"],
    ["signatures, common name", () => "/beheer/ondertekeningen?q=jan"],
    [
      "signatures, one organisation, counted",
      () => "/beheer/ondertekeningen?organisation=gemeente+amsterdam&appearance=counted",
    ],
    ["signatures, one letter", () => "/beheer/ondertekeningen?q=j"],
    ["signatures, two letters that nobody has", () => "/beheer/ondertekeningen?q=xq"],
    ["signatures, what everybody has", () => "/beheer/ondertekeningen?q=example"],
    ["signatures, rare name", () => "/beheer/ondertekeningen?q=zwaaghoekstra"],
    [
      "signatures, one address",
      () => `/beheer/ondertekeningen?q=signer-${1 + Math.floor(Math.random() * count)}@`,
    ],
    ["signatures, nothing like it", () => "/beheer/ondertekeningen?q=xqzxqz"],
    ["subscribers, first page", () => "/beheer/abonnees"],
    ["subscribers, deep, older", () => `/beheer/abonnees?${deep(subscribers, "older")}`],
    ["subscribers, ended", () => `/beheer/abonnees?state=ended&${deep(subscribers, "older")}`],
    ["subscribers, English", () => "/beheer/abonnees?language=en"],
    ["subscribers, rare name", () => "/beheer/abonnees?q=berghaveneveld"],
    ["subscribers, two words", () => "/beheer/abonnees?q=anna+vries"],
    ["people, first page", () => "/beheer/mensen"],
    ["people, deep, older", () => `/beheer/mensen?${deep(people, "older")}`],
    ["people who work here", () => "/beheer/mensen?works=yes"],
    ["people, rare name", () => "/beheer/mensen?q=polweideink"],
  ];
  const lines: string[][] = [];
  let before = await scans();
  for (const [name, path] of kinds) {
    const times: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      const begun = performance.now();
      await get(path(), cookie);
      if (round > 0) times.push(performance.now() - begun); // the first one warms up
    }
    const after = await scans();
    const read = [...after]
      .map(([table, rows]) => ({ table, rows: Math.round((rows - (before.get(table) ?? 0)) / (rounds + 1)) }))
      .filter(({ rows }) => rows > 0);
    before = after;
    lines.push([
      ...[name, ms(percentile(times, 0.5)), ms(percentile(times, 0.99))],
      read.map(({ table, rows }) => `${rows} of ${table}`).join(", ") || "none",
      load(),
    ]);
  }
  say(table(["page", "p50", "p99", "rows read without an index, per page", "load"], lines));
}

/** Memory of the program in MB: now, and the most it ever had. */
function memory() {
  const status = readFileSync(`/proc/${program.pid}/status`, "utf8");
  const of = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
  return { now: of("VmRSS"), most: of("VmHWM") };
}

/** Memory of the program in MB, without what it only had not let go yet. */
async function tidied(): Promise<number> {
  for (let turn = 0; turn < 2; turn++) {
    program.kill("SIGUSR2");
    await sleep(300);
  }
  return memory().now;
}

async function measureExport(cookie: string): Promise<void> {
  const lines: string[][] = [];
  for (const path of ["ondertekeningen", "abonnees", "mensen"]) {
    const before = await tidied();
    const begun = performance.now();
    const answer = await fetch(`${origin}/beheer/${path}/-/export.csv`, { headers: { cookie } });
    let [bytes, rows, most, waited] = [0, 0, 0, 0];
    const held: number[] = [];
    for await (const chunk of answer.body ?? []) {
      bytes += chunk.length;
      for (const byte of chunk) if (byte === 10) rows++;
      most = Math.max(most, memory().now);
      if (rows < ((held.length + 1) * count) / 5) continue;
      const paused = performance.now();
      held.push(await tidied());
      waited += performance.now() - paused;
    }
    const seconds = (performance.now() - begun - waited) / 1000;
    const mb = (number: number) => `${number.toFixed(0)}`;
    lines.push([
      ...[path, String(rows), `${(bytes / 1e6).toFixed(0)} MB`, `${seconds.toFixed(1)} s`, mb(before)],
      ...[held.map(mb).join(", "), mb(most), load()],
    ]);
  }
  const memories = ["MB before", "MB at each fifth, tidied up", "most MB"];
  say(table(["export", "lines", "size", "time", ...memories, "load"], lines));
}

async function measureImport(cookie: string): Promise<void> {
  const run = Date.now().toString(36); // nobody of an earlier run on the same database
  const rows = Array.from({ length: imported }, (_, at) =>
    at % 100 === 0 ? `fout ${at};Naam ${at};active` : `nieuw-${run}-${at}@example.org;Naam ${at};active`,
  );
  const { rows: found } = await client.query<{ id: string }>(
    "select id from newsletters where initiative_id is null",
  );
  const form = new FormData();
  form.append("kind", "subscribers");
  form.append("newsletter", found[0]?.id ?? "");
  form.append("file", new File([["e-mail;naam;status", ...rows].join("\n")], "groot.csv"));
  const post = async (path: string, body?: FormData | URLSearchParams) => {
    const headers = { cookie, "sec-fetch-site": "same-origin" };
    const answer = await fetch(origin + path, {
      ...{ method: "POST", headers, redirect: "manual" },
      ...(body && { body }),
    });
    if (answer.status !== 303) throw new Error(`${path} answered ${answer.status}`);
    return answer.headers.get("location") ?? "";
  };
  const before = memory();
  const steps: string[][] = [];
  const timed = async <Result>(name: string, work: () => Promise<Result>) => {
    const begun = performance.now();
    const result = await work();
    steps.push([name, `${((performance.now() - begun) / 1000).toFixed(1)} s`, load()]);
    return result;
  };
  const until = async (path: string, state: string) => {
    while (JSON.parse(await get(`${path}/voortgang`, cookie)).state !== state) await sleep(100);
  };
  const path = await timed("upload, until it is in the database", () => post("/beheer/invoer", form));
  await timed("check", async () => {
    await post(
      `${path}/kolommen`,
      new URLSearchParams({
        ...{ "column-0": "email", "column-1": "name", "column-2": "status", by: "Owner" },
        ...{ statement: "Aangemeld op de vorige site.", day: "1", month: "2", year: "2024" },
      }),
    );
    await until(path, "checked");
  });
  const times: number[] = [];
  await timed("run", async () => {
    await post(`${path}/uitvoeren`);
    let done = false;
    const visit = async () => {
      while (!done) {
        const begun = performance.now();
        await (await fetch(`${origin}/initiatieven?x=${Math.random()}`)).text();
        times.push(performance.now() - begun);
        await sleep(20);
      }
    };
    const visitors = [visit(), visit()];
    await until(path, "done");
    done = true;
    await Promise.all(visitors);
  });
  const { rows: mails } = await client.query<{ count: number }>("select count(*)::int from mailbox");
  const { rows: there } = await client.query<{ count: number }>(
    "select count(*)::int from consents where form_url = $1",
    [`import:${path.split("/").at(-1)}`],
  );
  steps.push(["rows imported", String(there[0]?.count)], ["mails sent", String(mails[0]?.count)]);
  steps.push(["a visitor's page meanwhile, p50", ms(percentile(times, 0.5))]);
  steps.push(["a visitor's page meanwhile, p99", ms(percentile(times, 0.99))]);
  steps.push(["memory before, most", `${before.now.toFixed(0)} MB, ${memory().most.toFixed(0)} MB`]);
  say(table(["import of 100,000 rows", "", "load"], steps));
}
