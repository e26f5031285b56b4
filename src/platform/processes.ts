import { readdirSync, readFileSync, readlinkSync, realpathSync } from "node:fs";

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
