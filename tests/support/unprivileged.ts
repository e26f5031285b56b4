import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

export const isRoot = process.getuid?.() === 0;

/** A user without rights (nobody), as whom root runs a command. */
export const nobody = 65_534;
export const asNobody = [
  "setpriv",
  `--reuid=${nobody}`,
  `--regid=${nobody}`,
  "--clear-groups",
  "env",
  "HOME=/tmp",
];

/** Whether this machine lets us make a small disk. */
export const canMount = isRoot && tries(() => smallDisk(1, (undo) => undo()));

function tries(attempt: () => void): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}

/** A disk of so many megabytes, in memory. */
export function smallDisk(megabytes: number, atEnd: (undo: () => void) => void = onTestFinished): string {
  const folder = mkdtempSync(join(tmpdir(), "archipel-disk-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=755`, "tmpfs", folder], {
    stdio: "pipe",
  });
  atEnd(() => {
    execFileSync("umount", ["--lazy", folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
