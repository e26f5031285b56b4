import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";

/** The program that is measured, its database, and somebody who may see everything. */
export type Rig = {
  origin: string;
  program: ChildProcess;
  client: pg.Client;
  cookie: string;
  /** Signatures, and as many subscribers. */
  count: number;
};

export const say = (text: string) => process.stdout.write(`${text}\n`);
export const load = () => loadavg()[0]?.toFixed(1) ?? "";

export async function get({ origin, cookie }: Rig, path: string): Promise<string> {
  const answer = await fetch(origin + path, { headers: { cookie } });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
  return text;
}

/** Memory of the program in MB: now, and the most it ever had. */
export function memory({ program }: Rig) {
  const status = readFileSync(`/proc/${program.pid}/status`, "utf8");
  const of = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
  return { now: of("VmRSS"), most: of("VmHWM") };
}

/** Memory of the program in MB, without what it only had not let go yet. */
export async function tidied(rig: Rig): Promise<number> {
  for (let turn = 0; turn < 2; turn++) {
    rig.program.kill("SIGUSR2");
    await sleep(300);
  }
  return memory(rig).now;
}
