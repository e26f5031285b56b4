/**
 * `npm run bench`: the built program under load, beside a bare Hono server that returns the same bytes. Takes about
 * twelve minutes, listens on 127.0.0.1 only, and stops all it started. `--quick`: a minute less precise, writes nothing.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { compareForms, formPath, formRequest, newForm } from "./forms.ts";
import { fillWithUpdates, type Installation, install, newDataDir, removeDataDir } from "./installation.ts";
import { ask, comparePage, type PageLoad, type Rig, type Row } from "./measure.ts";
import { type Helper, memoryNow, start, stopAll } from "./processes.ts";
import { type Results, reportOf } from "./report.ts";

process.chdir(new URL("..", import.meta.url).pathname);
const { quick } = parseArgs({ options: { quick: { type: "boolean", default: false } } }).values;
const timing = quick
  ? { rounds: 1, seconds: 1, warmUpSeconds: 1 }
  : { rounds: 3, seconds: 4, warmUpSeconds: 2 };
const formsPerRound = quick ? 50 : 300;
const manyUpdates = 10_000;
const say = (text: string) => process.stdout.write(`${text}\n`);

/**
 * The pages, each from memory (many visitors at once) and made anew (one visitor after the other). From memory they are
 * asked uncompressed: the load is slow in taking compressed bytes, so that it would be the limit and not the server.
 */
const pagesOf = (update: string): PageLoad[] => {
  const pages = [
    { name: "Home", path: "/" },
    { name: "An update", path: update },
    { name: "List of updates", path: "/updates" },
  ];
  return [
    ...pages.map(({ name, path }) => ({
      what: `${name}, from memory`,
      path,
      connections: 20,
      uncached: false,
      headers: {},
    })),
    ...pages.map(({ name, path }) => ({
      what: `${name}, made anew`,
      path,
      connections: 1,
      uncached: true,
      headers: { "accept-encoding": "gzip, deflate, br" },
    })),
  ];
};

type Feed = { items: { url: string }[] };

/** The paths of the newest updates. */
async function newestUpdates(origin: string): Promise<[string, ...string[]]> {
  const feed: Feed = JSON.parse((await ask(`${origin}/updates.json`, { headers: {} })).body.toString());
  const [first, ...others] = feed.items.map(({ url }) => new URL(url).pathname);
  if (!first) throw new Error("The starter content has no updates");
  return [first, ...others];
}

/** Queries for one answer, counted in a program that does nothing else. */
async function countQueries({ program, origin }: Installation): Promise<(row: Row) => number> {
  const count = async () => (await program.ask<{ queries: number }>({})).queries;
  const each = async (send: () => Promise<unknown>) => {
    await send(); // what is asked once and then remembered
    const before = await count();
    for (let i = 0; i < 10; i++) await send();
    return Math.round(((await count()) - before) / 10);
  };
  const counts = new Map<string, number>();
  let asked = 0;
  const [newest] = await newestUpdates(origin);
  for (const { what, path, uncached, headers } of pagesOf(newest)) {
    const url = () => `${origin}${path}${uncached ? `?count=${asked++}` : ""}`;
    counts.set(what, await each(() => ask(url(), { headers })));
  }
  const form = await each(() => ask(origin + formPath, formRequest(newForm())));
  return (row) => counts.get(row.what) ?? form;
}

async function bench(dataDir: string): Promise<Results> {
  const sink = start("bench/mail-sink.ts");
  const raw = start("bench/raw.ts");
  const load = start("bench/load.ts");
  const portOf = async (helper: Helper) => (await helper.greeting<{ port: number }>()).port;
  const [smtpPort, rawPort] = await Promise.all([portOf(sink), portOf(raw)]);
  const mailsTaken = async () => (await sink.ask<{ taken: number }>({})).taken;

  let { program, origin } = await install({ dataDir, smtpPort });
  const rig: Rig = { program, origin, raw, rawOrigin: `http://127.0.0.1:${rawPort}`, load, ...timing };
  await sleep(5000);
  const restAfterStart = memoryNow(program.pid);
  const rows: Row[] = [];
  const sent: Results["sent"] = [];
  for (const wanted of [null, manyUpdates]) {
    if (wanted) await fillWithUpdates(dataDir, wanted);
    const newest = await newestUpdates(origin);
    const updates = wanted ?? newest.length;
    say(`With ${updates} updates`);
    for (const page of pagesOf(newest[0])) {
      rows.push(await comparePage(rig, updates, page));
      say(`  ${page.what}`);
    }
    const forms = await compareForms(rig, updates, formsPerRound, mailsTaken);
    rows.push(...forms.rows);
    sent.push(forms.sent);
    say("  Subscribe");
  }
  await sleep(60_000); // V8 gives memory back after half a minute without work
  const restAfterLoad = memoryNow(program.pid);
  await program.stop();

  const warm = await install({ dataDir, smtpPort });
  await warm.program.stop();
  const counting = await install({
    dataDir,
    smtpPort,
    execArgv: ["--import", "./bench/count-queries.ts"],
    args: ["--only", "web"],
  });
  ({ program, origin } = counting);
  const queriesOf = await countQueries(counting);
  await program.stop();
  const counted = rows.map((row) => ({ ...row, queries: queriesOf(row) }));
  const { rounds, seconds } = timing;
  return { rows: counted, warmStart: warm.startedIn, restAfterStart, restAfterLoad, sent, rounds, seconds };
}

execFileSync("npm", ["run", "--silent", "build"], { stdio: "inherit" });
const dataDir = newDataDir();
const clean = async () => {
  await stopAll();
  removeDataDir(dataDir);
};
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void clean().finally(() => process.exit(1)));
try {
  const report = reportOf(await bench(dataDir));
  say(`\n${report}`);
  if (!quick) writeFileSync("docs/benchmarks.md", report);
} finally {
  await clean();
}
