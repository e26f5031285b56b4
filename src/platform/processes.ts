import { readdirSync, readFileSync, readlinkSync } from "node:fs";

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

/** Whether any process has `folder` as its working directory; false where that cannot be known. */
export function isWorkedIn(folder: string): boolean {
  try {
    return readdirSync("/proc").some((name) => /^\d+$/.test(name) && workingDirectory(name) === folder);
  } catch {
    return false; // no /proc on this system
  }
}

function workingDirectory(pid: string): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null; // ended by now, or another user's
  }
}
