import { type ChildProcess, fork, type Serializable } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Processes of this run, to be ended whatever happens. */
const running = new Set<ChildProcess>();

export type Helper = {
  pid: number;
  /** Sends a message and returns the answer to it. */
  ask: <Answer>(message: Serializable) => Promise<Answer>;
  /** The first message, which a helper sends by itself once it is ready. */
  greeting: <Answer>() => Promise<Answer>;
  stop: () => Promise<void>;
};

type Options = { env?: Record<string, string>; execArgv?: string[]; args?: string[] };

/** Starts a Node.js program (a file below this folder's parent) that talks over IPC. Its output goes nowhere. */
export function start(file: string, { env = {}, execArgv = [], args = [] }: Options = {}): Helper {
  const { PATH = "", HOME = "/" } = process.env;
  const child = fork(fileURLToPath(new URL(`../${file}`, import.meta.url)), args, {
    env: { PATH, HOME, ...env },
    execArgv,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  running.add(child);
  const ended = new Promise<void>((done) =>
    child.once("exit", () => {
      running.delete(child);
      done();
    }),
  );
  const next = <Answer>() =>
    new Promise<Answer>((done, fail) => {
      const gone = () => fail(new Error(`${file} ended`));
      child.once("exit", gone);
      child.once("message", (answer) => {
        child.off("exit", gone);
        done(answer as Answer);
      });
    });
  return {
    pid: child.pid ?? 0,
    greeting: next,
    ask: (message) => {
      const answer = next<never>();
      child.send(message);
      return answer;
    },
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** Ends what still runs, the program too, which stops its database. */
export async function stopAll(): Promise<void> {
  const ending = [...running].map((child) => new Promise((done) => child.once("exit", done)));
  for (const child of running) child.kill("SIGTERM");
  await Promise.all(ending);
}

const field = (pid: number, name: string): number | null => {
  try {
    const found = new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return found ? Number(found[1]) / 1024 : null;
  } catch {
    return null; // no Linux
  }
};

/** Megabytes that a process has in memory now; null where that cannot be read. */
export const memoryNow = (pid: number): number | null => field(pid, "VmRSS");

/** The most megabytes that it had in memory since `forgetPeak`. */
export const memoryPeak = (pid: number): number | null => field(pid, "VmHWM");

/** Lets `memoryPeak` begin anew (proc(5), clear_refs). */
export function forgetPeak(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, "5");
  } catch {
    // then the peak is that of the whole run
  }
}

/** Milliseconds of processor time that a process took until now; a tick is 10 ms on Linux. */
export const processorTime = (pid: number): number | null => ticks(pid, [11, 12]);

/** The same of a process with the children that it had, those that run and those that ended. */
export function processorTimeOfFamily(pid: number): number | null {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean);
    const running = children.reduce((sum, child) => sum + (processorTime(Number(child)) ?? 0), 0);
    return running + (ticks(pid, [11, 12, 13, 14]) ?? 0);
  } catch {
    return null; // no Linux
  }
}

/** Fields of proc(5)'s stat, counted after the name: user and system time, and those of ended children. */
function ticks(pid: number, places: number[]): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return places.reduce((sum, place) => sum + Number(fields[place]), 0) * 10;
  } catch {
    return null;
  }
}
