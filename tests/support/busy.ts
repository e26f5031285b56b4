import { readFileSync } from "node:fs";
import { sql } from "kysely";
import { processorTime } from "./processor-time.ts";
import type { TestApp } from "./test-app.ts";

/** Milliseconds between two readings of a process' time in /proc (USER_HZ is 100 on Linux). */
const tick = 10;

/** How often it is looked which of the database's processes serve an app. */
const lookedEvery = 25;

/**
 * Measures how many milliseconds a piece of work keeps this program and its database busy: by the clock, or the processor
 * time of this process and of the database's processes that serve it where that is less. On a machine with other work to do
 * the clock goes on, and processor time does not. Without /proc (macOS) that of this process alone.
 */
export function stopwatch(): (app: TestApp, work: () => Promise<unknown>) => Promise<number> {
  const known = new WeakMap<TestApp, { pids: number[]; left: number }>();
  const backendsOf = async (app: TestApp): Promise<number[]> => {
    const one = known.get(app);
    if (one && one.left-- > 0) return one.pids;
    const pids = await backendsNow(app);
    known.set(app, { pids, left: lookedEvery });
    return pids;
  };
  return async (app, work) => {
    const backends = await backendsOf(app);
    const [begun, cpu, ticks] = [performance.now(), process.cpuUsage(), sum(backends)];
    await work();
    return Math.min(performance.now() - begun, processorTime(cpu) + sum(backends) - ticks);
  };
}

async function backendsNow(app: TestApp): Promise<number[]> {
  const { rows } = await sql<{ pid: number }>`
    select pid from pg_stat_activity where datname = current_database()`.execute(app.ctx.db);
  return rows.map(({ pid }) => pid);
}

const sum = (pids: number[]) => pids.reduce((total, pid) => total + timeOf(pid), 0);

function timeOf(pid: number): number {
  try {
    // utime and stime, counted from behind the name, which may hold anything (proc_pid_stat(5))
    const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ").at(-1)?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) * tick;
  } catch {
    return 0;
  }
}

export const median = (numbers: number[]): number =>
  numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN;
