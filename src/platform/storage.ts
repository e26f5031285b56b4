import { createHash, randomUUID } from "node:crypto";
import { mkdir, opendir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AwsClient } from "aws4fetch";
import { readWhole } from "./body.ts";
import type { StorageConfig } from "./config.ts";
import { removeOld } from "./spool.ts";

/** Files that never change once written, by key: lower-case names, with "/" between folder and file. */
export type Storage = {
  /** The file, or null when there is none. */
  read: (key: string) => Promise<Buffer | null>;
  /** Writes a whole file, or nothing: a reader sees all of it, or that it isn't there. */
  write: (key: string, bytes: Buffer, type: string) => Promise<void>;
  /** Removes a folder with all files in it; one that isn't there is no error. */
  removeFolder: (folder: string) => Promise<void>;
  /** Removes files that somebody began to write before a moment and never ended. Returns how many there were. */
  sweep: (before: Date) => Promise<number>;
};

export const createStorage = (config: StorageConfig): Storage =>
  config.kind === "directory" ? directoryStorage(config.dir) : s3Storage(config);

/** Keys come from the program alone; this is the last line behind it, so that none leads out of its place. */
const keyShape = /^[a-z0-9][a-z0-9-]*(\/[a-z0-9][a-z0-9.-]*)*$/;

function checked(key: string): string {
  if (!keyShape.test(key)) throw new Error(`No key of a stored file: ${JSON.stringify(key)}`);
  return key;
}

function directoryStorage(root: string): Storage {
  const at = (key: string) => join(root, checked(key));
  return {
    read: async (key) => {
      try {
        return await readFile(at(key));
      } catch (error) {
        if ((error as { code?: string }).code === "ENOENT") return null;
        throw error;
      }
    },
    write: async (key, bytes) => {
      const file = at(key);
      // Beside its place and then renamed, which is one step: killed half-way, no half file has the name.
      const making = join(dirname(file), `${unfinished}${randomUUID()}`);
      await mkdir(dirname(file), { recursive: true });
      try {
        await writeFile(making, bytes, { flush: true });
        await rename(making, file);
      } catch (error) {
        await rm(making, { force: true });
        throw error;
      }
    },
    removeFolder: async (folder) => rm(at(folder), { recursive: true, force: true }),
    sweep: (before) => sweepFolders(root, before),
  };
}

/** How the name of a file begins that is being written; no key begins so. */
const unfinished = ".";

async function sweepFolders(root: string, before: Date): Promise<number> {
  let swept = 0;
  for await (const folder of await opendir(root).catch(() => []))
    if (folder.isDirectory())
      for (const name of await readdir(join(root, folder.name)).catch(() => []))
        if (name.startsWith(unfinished) && (await removeOld(join(root, folder.name, name), before))) swept++;
  return swept;
}

/** For how long the storage may keep one request waiting, in milliseconds. */
const patience = 20_000;
const pace = { idle: patience, whole: patience };
/** No file of ours has as many bytes; what does is somebody else's. */
const longestFile = 64 * 1024 * 1024;

function s3Storage(config: Extract<StorageConfig, { kind: "s3" }>): Storage {
  const { endpoint, bucket, region, accessKeyId, secretAccessKey } = config;
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: "s3", retries: 2 });
  const base = `${endpoint}/${bucket}`;
  const ask = async (url: string, init: RequestInit): Promise<Response> => {
    const answer = await client.fetch(url, { ...init, signal: AbortSignal.timeout(patience) });
    if (answer.ok || answer.status === 404) return answer;
    const [, code] = /<Code>(\w+)<\/Code>/.exec(await answer.text()) ?? [];
    throw new Error(`The storage answered ${answer.status} ${code ?? ""} to ${init.method}`);
  };
  const urlOf = (key: string) => `${base}/${checked(key)}`;
  return {
    read: async (key) => {
      const answer = await ask(urlOf(key), { method: "GET" });
      if (answer.ok) return await readWhole(answer, { most: longestFile, letBy: 0, ...pace });
      await refuseMissingBucket(answer);
      return null;
    },
    write: async (key, bytes, type) => {
      // With its hash in the signature, so that what arrives is what was sent.
      const hash = createHash("sha256").update(bytes).digest("hex");
      const headers = { "content-type": type, "x-amz-content-sha256": hash };
      const answer = await ask(urlOf(key), { method: "PUT", body: new Uint8Array(bytes), headers });
      await refuseMissingBucket(answer);
    },
    removeFolder: async (folder) => {
      const query = new URLSearchParams({ "list-type": "2", prefix: `${checked(folder)}/` });
      // A folder holds some dozen files, and a list up to a thousand; our keys have nothing that XML escapes.
      const list = await (await ask(`${base}?${query}`, { method: "GET" })).text();
      for (const [, key] of list.matchAll(/<Key>([^<]+)<\/Key>/g))
        await ask(urlOf(key ?? ""), { method: "DELETE" });
    },
    sweep: async () => 0, // what is sent half-way is nowhere
  };
}

/** A missing file is an answer, a missing bucket a wrong setting. */
async function refuseMissingBucket(answer: Response): Promise<void> {
  if (answer.status === 404 && (await answer.text()).includes("NoSuchBucket"))
    throw new Error("The storage has no bucket of the name in S3_BUCKET");
}
