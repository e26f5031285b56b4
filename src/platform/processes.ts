import { readdirSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import { basename } from "node:path";

/** "zombie": it has ended, but its number is not free yet. */
export type ProcessState = "runs" | "zombie" | "gone";

export function stateOf(pid: number): ProcessState {
  if (!(pid > 0)) return "gone";
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as { code?: string }).code !== "EPERM") return "gone";
  }
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8")) ? "zombie" : "runs";
  } catch {
    return "runs"; // no /proc on this system
  }
}

export const isAlive = (pid: number): boolean => stateOf(pid) === "runs";

/** The arguments that a process was started with, or null where that cannot be known. */
export function argumentsOf(pid: number): string[] | null {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    return null;
  }
}

/** The file name of the program that a process runs, or null where that cannot be known. */
function programOf(pid: number): string | null {
  try {
    return basename(readlinkSync(`/proc/${pid}/exe`));
  } catch {
    return null; // no /proc on this system, ended by now, or another user's
  }
}

/** The process that started this one, or took it over; null where that cannot be known. */
function parentOf(pid: number): number | null {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) || null;
  } catch {
    return null;
  }
}

/**
 * The helpers of a PostgreSQL that ended: they work in its cluster, and no server of that cluster is their parent any
 * more. Never a server itself (which has the cluster among its arguments), nor somebody's shell in that folder.
 */
export function orphanedHelpersOf(cluster: string): number[] {
  const isServer = (pid: number | null) => pid !== null && argumentsOf(pid)?.includes(cluster) === true;
  return processesOf(cluster).filter(
    (pid) =>
      programOf(pid)?.startsWith("postgres") === true &&
      isAlive(pid) &&
      !isServer(pid) &&
      !isServer(parentOf(pid)),
  );
}

/** The processes that work in a folder, or were told to; none where that cannot be known. */
export function processesOf(folder: string): number[] {
  try {
    const real = realpathSync(folder);
    return readdirSync("/proc")
      .map(Number)
      .filter((pid) => pid > 0 && (workingDirectory(pid) === real || argumentsOf(pid)?.includes(folder)));
  } catch {
    return []; // no /proc on this system, or no such folder
  }
}

function workingDirectory(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null; // ended by now, or another user's
  }
}
