import { type IncomingHttpHeaders, request } from "node:http";
import { buffer } from "node:stream/consumers";
import type { Load, Loaded } from "./load.ts";
import { forgetPeak, type Helper, memoryPeak, processorTime } from "./processes.ts";
import type { RawAnswer } from "./raw.ts";

export type Rig = {
  program: Helper;
  origin: string;
  raw: Helper;
  rawOrigin: string;
  load: Helper;
  /** Times that program and raw server take turns; the medians count. */
  rounds: number;
  seconds: number;
  warmUpSeconds: number;
};

/** One line of the table. Times in milliseconds, memory in megabytes. */
export type Row = {
  what: string;
  updates: number;
  perSecond: number;
  rawPerSecond: number;
  /** Requests per second of processor time, as a part of the raw server's: what else runs here matters less to it. */
  byProcessor: number | null;
  p50: number;
  p99: number;
  peak: number | null;
};

export async function runLoad(load: Helper, wanted: Load): Promise<Loaded> {
  const answer = await load.ask<{ loaded: Loaded } | { error: string }>(wanted);
  if ("error" in answer) throw new Error(answer.error);
  return answer.loaded;
}

const median = (numbers: number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

/** A load, and the processor time that each answer took the server. */
async function timed(rig: Rig, server: Helper, wanted: Load): Promise<Loaded & { cost: number | null }> {
  const before = processorTime(server.pid);
  const loaded = await runLoad(rig.load, wanted);
  const after = processorTime(server.pid);
  return { ...loaded, cost: before === null || after === null ? null : (after - before) / loaded.requests };
}

/** `loads`: what is asked in each round. Program and raw server are asked the same, in turns. */
export async function compare(
  rig: Rig,
  what: string,
  updates: number,
  loads: Omit<Load, "url">[],
  path: string,
) {
  forgetPeak(rig.program.pid);
  const ours: Awaited<ReturnType<typeof timed>>[] = [];
  const limit: Awaited<ReturnType<typeof timed>>[] = [];
  for (const load of loads) {
    ours.push(await timed(rig, rig.program, { ...load, url: rig.origin + path }));
    limit.push(await timed(rig, rig.raw, { ...load, url: rig.rawOrigin + path }));
  }
  const cost = (runs: typeof ours) => median(runs.map((run) => run.cost ?? 0));
  const row: Row = {
    what,
    updates,
    perSecond: median(ours.map((run) => run.perSecond)),
    rawPerSecond: median(limit.map((run) => run.perSecond)),
    byProcessor: cost(ours) > 0 && cost(limit) > 0 ? cost(limit) / cost(ours) : null,
    p50: median(ours.map((run) => run.p50)),
    p99: median(ours.map((run) => run.p99)),
    peak: memoryPeak(rig.program.pid),
  };
  return { row, collected: ours.flatMap((run) => run.collected) };
}

export type PageLoad = Pick<Load, "connections" | "headers"> & {
  what: string;
  path: string;
  uncached: boolean;
};

/** A page under load, beside the raw server with the same bytes. */
export async function comparePage(rig: Rig, updates: number, page: PageLoad): Promise<Row> {
  const { what, path, connections, uncached, headers } = page;
  const answer = await ask(`${rig.origin}${path}`, { headers });
  await setRaw(rig, "GET", path, answer);
  const load = { connections, headers, uncached, status: 200 };
  for (const origin of [rig.origin, rig.rawOrigin])
    await runLoad(rig.load, { ...load, url: origin + path, until: { seconds: rig.warmUpSeconds } });
  const round = { ...load, until: { seconds: rig.seconds } };
  const { row } = await compare(rig, what, updates, Array(rig.rounds).fill(round), path);
  return row;
}

type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer };

/** An answer as it came over the wire, still compressed. */
export function ask(
  url: string,
  options: { method?: string; headers: Record<string, string>; body?: string },
) {
  return new Promise<Answer>((done, fail) => {
    const asking = request(url, { method: options.method ?? "GET", headers: options.headers }, (answer) => {
      buffer(answer).then(
        (body) => done({ status: answer.statusCode ?? 0, headers: answer.headers, body }),
        fail,
      );
    });
    asking.once("error", fail);
    asking.end(options.body);
  });
}

/** What Node.js adds by itself. */
const ownHeaders = ["date", "connection", "keep-alive", "transfer-encoding"];

/** Lets the raw server give this answer from now on. */
export async function setRaw(rig: Rig, method: "GET" | "POST", path: string, answer: Answer): Promise<void> {
  if (answer.status !== 200 && answer.status !== 303) throw new Error(`${path} answers ${answer.status}`);
  const headers = Object.fromEntries(
    Object.entries(answer.headers).filter(([name]) => !ownHeaders.includes(name)),
  ) as Record<string, string>;
  const body = answer.body.toString("base64");
  const raw: RawAnswer = { method, path, status: answer.status, headers, body };
  await rig.raw.ask(raw);
}
