/**
 * `npm run bench:send`: the engine of the newsletter beside nodemailer's pool, against one mail server in a process of
 * its own; signatures, memory, list sizes, and a page of the site meanwhile. Prints the tables and writes them to
 * docs/benchmarks-send.md. Takes about eight minutes on a quiet machine; everything it starts is on 127.0.0.1 and ends with
 * it. `--quick`: less than a minute, less precise, writes nothing. `--program`: a built program instead of dist/.
 * `--rounds`: how often pool, post office and engine take turns, 2 by default.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { bySize, checkAll, compare, memoryFor, pageWhileSending, say } from "./send/measurements.ts";
import { reportOf } from "./send/report.ts";
import { startRig } from "./send/rig.ts";

process.chdir(new URL("..", import.meta.url).pathname);
const { quick, program, rounds } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    program: { type: "string" },
    rounds: { type: "string", default: "2" },
  },
}).values;
const connections = 96;
/** How long each program sends whose memory is measured, in seconds. */
const memorySeconds = 60;
const sizes = quick
  ? {
      checked: 500,
      alone: 1500,
      audience: 5000,
      rounds: 1,
      page: 5000,
      lists: [5000, 10_000],
      first: 2000,
      memory: [],
    }
  : {
      checked: 2000,
      alone: 3000,
      audience: 50_000,
      rounds: Number(rounds),
      page: 50_000,
      lists: [10_000, 100_000, 1_000_000],
      first: 10_000,
      memory: [10_000, 500_000],
    };

if (!program) execFileSync("npm", ["run", "--silent", "build"], { stdio: "inherit" });
const [loadBefore = 0] = loadavg();
const rig = await startRig(program ?? "dist/server/main.js", connections);
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void rig.end().finally(() => process.exit(1)));
try {
  say("Every signature of one edition");
  const every = await checkAll(rig, sizes.checked);
  const memory = [];
  const [small, large] = sizes.memory;
  if (small) {
    say("Memory");
    memory.push(await memoryFor(rig, small, memorySeconds));
  }
  // Lists only grow, so each size has its moment.
  const inOrder = (from: number, to: number) => sizes.lists.filter((size) => size > from && size <= to);
  say("List sizes");
  const lists = await bySize(rig, inOrder(0, sizes.page), sizes.first);
  say("A page while sending");
  const page = await pageWhileSending(rig, sizes.page);
  say("Nodemailer's pool, the post office alone, the engine");
  const compared = await compare(rig, sizes);
  say("Longer lists");
  lists.push(...(await bySize(rig, inOrder(sizes.page, large ?? Infinity), sizes.first)));
  if (large) {
    memory.push(await memoryFor(rig, large, memorySeconds));
    lists.push(...(await bySize(rig, inOrder(large, Infinity), sizes.first)));
  }
  const report = reportOf({ loadBefore, connections, sizes, every, compared, page, lists, memory });
  say(`\n${report}`);
  if (!quick) writeFileSync("docs/benchmarks-send.md", report);
} finally {
  await rig.end();
}
