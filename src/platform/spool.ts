import { randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** Where files stand while they come in, and until they are read. */
const spoolFolder = (dataDir: string) => join(dataDir, "uploads");

/** The same in versions before; what was left there goes too. */
const formerFolder = (dataDir: string) => join(dataDir, "imports");

/** Where a new file may stand, under a name of our own. */
export const newSpoolPath = (dataDir: string): string => join(spoolFolder(dataDir), randomUUID());

/** How a file was written: how many bytes came, and what the file system said when it did not go well (ENOSPC, say). */
export type Spooled = { bytes: number; failure: unknown };

/**
 * Writes a stream to a file as it comes, no more than `most` bytes of it. When writing fails, the stream is still read
 * to its end, as its sender listens to nothing before.
 *
 * @throws what the stream throws.
 */
export async function spool(stream: Readable, path: string, most: number): Promise<Spooled> {
  const spooled: Spooled = { bytes: 0, failure: null };
  const failed = (error: unknown) => {
    spooled.failure ??= error;
    return null;
  };
  const file = await begin(path).catch(failed);
  try {
    await pipeline(stream, async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) {
        spooled.bytes += chunk.length;
        if (spooled.failure === null && spooled.bytes <= most) await file?.appendFile(chunk).catch(failed);
      }
    });
  } finally {
    await file?.close().catch(failed);
    if (spooled.failure !== null) await rm(path, { force: true });
  }
  return spooled;
}

async function begin(path: string): Promise<FileHandle> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  return open(path, "wx", 0o600);
}

/**
 * Removes what a process that ended half-way left: of files that come in, those that were last written before `before`.
 * Another process may be taking one in right now. Returns how many there were.
 */
export async function sweepSpool(dataDir: string, before: Date): Promise<number> {
  let swept = 0;
  for (const folder of [spoolFolder(dataDir), formerFolder(dataDir)])
    for (const name of await readdir(folder).catch(() => []))
      if (await removeOld(join(folder, name), before)) swept++;
  return swept;
}

/** Removes a file that was last written before a moment. Whether it was there, and that old. */
export async function removeOld(path: string, before: Date): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile() || found.mtime >= before) return false;
  await rm(path, { force: true });
  return true;
}
