import { createHash } from "node:crypto";
import type { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { extract, pack } from "tar-stream";

/** What a file of an archive holds, whole: a part of a table, an image. */
export type Entry = { name: string; bytes: Buffer };

/** The archive is none of ours, or is not as it was written; the message says what is wrong with it. */
export class DamagedArchive extends Error {}

/** Nothing that is written is larger: images are at most 16 MB, and tables come in parts. */
const largestEntry = 256 * 1024 * 1024;
/** The last entry: the sum of all before it. Without it the archive is not whole. */
const endName = "end.json";

const sumOf = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
/** Each entry's sum stands among its extended headers (POSIX.1-2001, pax), as a comment, which every tar passes over. */
const commentOf = (bytes: Buffer) => `sha256 ${sumOf(bytes)}`;

/** A tar that is written as a stream: no more of it is in memory than one entry. */
export function createArchive(out: Writable) {
  const tar = pack();
  for (const end of [tar, out]) end.on("error", () => {}); // `written` has said it; the pipeline no longer listens
  const written = pipeline(tar, out);
  written.catch(() => {}); // whoever adds next hears of it
  const all = createHash("sha256");
  const put = async (name: string, bytes: Buffer) => {
    const header = { name, size: bytes.length, mode: 0o600, pax: { comment: commentOf(bytes) } };
    const added = new Promise<void>((done, fail) => {
      const entry = tar.entry(header, (error) => (error ? fail(error) : done()));
      entry.on("error", fail); // also one that it hears of after its end
      entry.end(bytes);
    });
    const orWhy = added.catch((error: Error) => {
      tar.destroy(error);
      return written; // says what the file or the reader had against it
    });
    await Promise.race([orWhy, written]);
  };
  return {
    add: async (name: string, bytes: Buffer) => {
      all.update(`${sumOf(bytes)} ${name}\n`);
      await put(name, bytes);
    },
    /** Ends it with `facts` and the sum of everything; done when all of it is written. */
    finish: async (facts: object) => {
      await put(endName, Buffer.from(JSON.stringify({ ...facts, sha256: all.digest("hex") }, null, 2)));
      tar.finalize();
      await written;
    },
    abort: () => tar.destroy(),
  };
}

/** The entries of an archive, each checked against its sum before it is handed on, and the facts that it ends with. */
export class ArchiveReader {
  readonly #entries: AsyncGenerator<Entry>;
  readonly #all = createHash("sha256");
  #next: Entry | null = null;

  constructor(input: Readable) {
    this.#entries = entriesOf(input);
  }

  /** The next entry, which stays the next one. */
  async peek(): Promise<Entry> {
    if (this.#next) return this.#next;
    const { value, done } = await this.#entries.next();
    if (done) throw new DamagedArchive("it is not whole: its end is missing");
    this.#next = value as Entry;
    return this.#next;
  }

  async take(): Promise<Entry> {
    const entry = await this.peek();
    this.#next = null;
    this.#all.update(`${sumOf(entry.bytes)} ${entry.name}\n`);
    return entry;
  }

  /** Entries as long as their name begins so. */
  async *takeAll(prefix: string): AsyncGenerator<Entry> {
    while ((await this.peek()).name.startsWith(prefix)) yield await this.take();
  }

  /** What stands at the end, once everything before it was taken and is as it was written. */
  async end(): Promise<unknown> {
    const { name, bytes } = await this.peek();
    if (name !== endName) throw new DamagedArchive(`"${name}" is not expected there`);
    const { sha256, ...facts } = JSON.parse(bytes.toString()) as { sha256?: string };
    if (sha256 !== this.#all.digest("hex")) throw new DamagedArchive("something is missing or changed");
    return facts;
  }

  close(): Promise<unknown> {
    return this.#entries.return(undefined);
  }
}

async function* entriesOf(input: Readable): AsyncGenerator<Entry> {
  const tar = extract();
  const read = pipeline(input, tar);
  read.catch(() => {}); // the loop hears of it, as tar is destroyed with it
  try {
    for await (const entry of tar) {
      const { name, size = 0 } = entry.header;
      const pax = entry.header.pax as Record<string, string> | null | undefined;
      if (size > largestEntry) throw new DamagedArchive(`"${name}" is too large`);
      const parts: Buffer[] = [];
      for await (const part of entry) parts.push(part as Buffer);
      const bytes = Buffer.concat(parts);
      if (pax?.comment !== commentOf(bytes)) throw new DamagedArchive(`"${name}" is not as it was written`);
      yield { name, bytes };
    }
  } catch (error) {
    if (error instanceof DamagedArchive) throw error;
    throw new DamagedArchive((error as Error).message);
  } finally {
    tar.destroy();
  }
}
