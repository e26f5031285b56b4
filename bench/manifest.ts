/**
 * `npm run bench:manifest`: a million signatures, the wall's pages and searches over HTTP, and a crowd that signs, on the
 * built program and a PostgreSQL of its own; each beside a raw limit. Prints the tables and writes them to
 * docs/benchmarks-manifest.md. Takes about five minutes; everything it starts is on 127.0.0.1 and ends with it.
 * `npm run bench:manifest -- 100000` takes fewer signatures and writes nothing.
 */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startEmbeddedPostgres } from "../src/platform/embedded-postgres.ts";
import { hangUp } from "./manifest/ask.ts";
import { fillSignatures } from "./manifest/fill.ts";
import { startProgram } from "./manifest/program.ts";
import { explainSearches, measureSearches } from "./manifest/searches.ts";
import { measureViralHour } from "./manifest/viral.ts";
import { measureWall } from "./manifest/wall.ts";

const wanted = Number(process.argv[2] ?? 1_000_000);
const signers = 500;
const port = 31_870;

const say = (text: string) => process.stdout.write(`${text}\n`);
const ending: (() => unknown)[] = [];
let ended = false;
async function end(): Promise<void> {
  if (ended) return;
  ended = true;
  for (const close of ending.reverse()) await close();
}
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => end().finally(() => process.exit(1)));

async function timed<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const begun = performance.now();
  const result = await work();
  say(`${what}: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  return result;
}

async function run(): Promise<string> {
  const [loadBefore] = loadavg();
  const dir = mkdtempSync(join(tmpdir(), "archipel-bench-"));
  chmodSync(dir, 0o755); // as root, the database's account must be able to enter
  ending.push(() => rmSync(dir, { recursive: true, force: true }));
  const server = await startEmbeddedPostgres(dir, ["shared_buffers=512MB"]);
  ending.push(server.stop);
  const pool = new pg.Pool({ connectionString: server.url(), max: 10 });
  pool.on("error", () => {}); // a connection that ends with the server
  const client = new pg.Client({ connectionString: server.url() });
  await client.connect();
  ending.push(
    () => pool.end(),
    () => client.end(),
  );
  const program = await timed("program started", () => startProgram(server.url(), port));
  ending.push(program.stop);
  await timed(`${wanted} signatures`, () => fillSignatures(client, wanted));

  const wall = await timed("wall", () => measureWall(program.origin, wanted, 8));
  const searches = await timed("searches", () => measureSearches(program.origin, client, 5));
  const plans = await timed("plans", () => explainSearches(pool));
  const viral = await timed("signing", () => measureViralHour(program.origin, client, pool, signers));
  hangUp();
  const { rows } = await client.query("select current_setting('server_version') as version");
  const [size] = (
    await client.query(`select pg_size_pretty(pg_total_relation_size('signatures')) as signatures,
      pg_size_pretty(pg_relation_size('signatures_search_idx')) as search, (select count(*) from signature_words) as words`)
  ).rows;
  return `# Benchmarks of the manifesto

Written by \`npm run bench:manifest\` on ${new Date().toISOString().slice(0, 10)}: ${cpus()[0]?.model.trim()},
${availableParallelism()} processors shared by PostgreSQL ${rows[0]?.version}, the program and what asks it. The load average
was ${loadBefore?.toFixed(1)} before it began: what is above 0 is other work on the same machine, which makes all of this slower. ${wanted.toLocaleString("en-GB")} signatures (${size.signatures} with their indexes, of which
${size.search} the index of words), ${Number(size.words).toLocaleString("en-GB")} different words. Everything over HTTP on the loopback address,
against the built program.

## The wall

Ten readers at once, each as fast as it is answered: so p50 and p99 are those of a server that is fully busy.

${wall}

## Search

One search at a time, each answered as a whole page. The aim is 50 ms for 95 of 100.

${searches}

## A viral hour

${viral.note} Every form of more than 120 a minute has to prove its work (docs/decisions/0006): such a signer posts the form
twice, and the program makes and checks a challenge. The benchmark's challenges are right at the first try, so that it
measures the program and not its own search for the answer. Each signature comes with a subscription to the newsletter.

${viral.table}

## What PostgreSQL does for a search

As asked by the program (src/signatures/search.ts and wall-finds.ts): reading the words, looking through the nearest
signatures, then where needed the index of words, then the rows of the page.

${plans}
`;
}

try {
  const report = await run();
  say(`\n${report.split("## What PostgreSQL does")[0]}`);
  if (process.argv[2] === undefined) writeFileSync("docs/benchmarks-manifest.md", report);
} finally {
  await end();
}
