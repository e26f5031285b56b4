import { existsSync, rmSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import { dirname } from "node:path";
import type { Writable } from "node:stream";
import { CommandError } from "../platform/commands.ts";

const endings = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Writes a file that nobody else can read, under another name until it is whole and on the disk, so that what has the name
 * is a backup. Broken off, it leaves nothing.
 *
 * @throws CommandError when the file is there, or cannot be written.
 */
export async function writeWhole<Result>(
  file: string,
  work: (out: Writable) => Promise<Result>,
): Promise<Result> {
  if (existsSync(file)) throw new CommandError(`${file} is there already. Choose another name.`);
  const partial = `${file}.partial-${process.pid}`;
  const remove = () => rmSync(partial, { force: true });
  const handle = await open(partial, "wx", 0o600).catch((error: unknown) => {
    throw explained(error, file);
  });
  const end = (signal: NodeJS.Signals) => {
    remove();
    for (const one of endings) process.off(one, end);
    process.kill(process.pid, signal);
  };
  for (const one of endings) process.on(one, end);
  try {
    const result = await work(handle.createWriteStream({ flush: true }));
    await rename(partial, file);
    await flush(dirname(file));
    return result;
  } catch (error) {
    await handle.close();
    remove();
    throw explained(error, file);
  } finally {
    for (const one of endings) process.off(one, end);
  }
}

/** What the system refuses, as a sentence: no space, no permission, nobody who reads on. */
export function explained(error: unknown, file: string): unknown {
  const { code = "", syscall, message } = error as { code?: string; syscall?: string; message: string };
  const ofFile = code === "EPIPE" || (syscall !== undefined && syscall !== "connect");
  return ofFile ? new CommandError(`${file} could not be written: ${message}`) : error;
}

/** The new name of a file is on the disk once its folder is. */
async function flush(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
