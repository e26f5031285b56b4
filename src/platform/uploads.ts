import { rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { type BodyFault, BodyRefused, readBody } from "./body.ts";
import { fairTurns } from "./fair-turns.ts";
import { FormRefused, readMultipart } from "./multipart.ts";
import { isNoRoom } from "./no-room.ts";
import { newSpoolPath, type Spooled, spool } from "./spool.ts";

/** A file that came in. It is removed when whoever takes it is done. */
export type UploadedFile = { path: string; name: string; bytes: number };

export type Upload = {
  fields: Record<string, string>;
} & (
  | { kind: "received"; file: UploadedFile }
  /** No file was chosen, or it has no bytes. */
  | { kind: "no-file" }
  /** What was sent is no form of ours, or ended half-way. */
  | { kind: "unreadable" }
  | { kind: Exclude<BodyFault, "broken-off"> }
  /** There is no room on the disk. */
  | { kind: "no-room" }
  /** Somebody sends more files at once than one person may. */
  | { kind: "too-many" }
);

export type UploadStatus = 408 | 422 | 429 | 507;

/** With what an upload that is not taken is answered: RFC 9110 and 6585; 507 from RFC 4918, section 11.5. */
export const uploadStatus = ({ kind }: { kind: string }): UploadStatus =>
  kind === "no-room" ? 507 : kind === "too-slow" ? 408 : kind === "too-many" ? 429 : 422;

type Given = {
  dataDir: string;
  request: Request;
  /** Who sends it: each person has so many uploads at once, and none waits for another person's. */
  personId: string;
  /** Bytes of the file. */
  most: number;
};

const minute = 60_000;

/** A browser sends to one host six at a time; its editor gives up after half a minute without progress. */
const slots = fairTurns({ most: 200, each: 6, waiting: 30, patience: 25_000 });

/** What a form has beside its file, in bytes: the fields, and the heads of all parts. */
const envelope = 64 * 1024;
const limits = { fields: 20, field: 4 * 1024, files: 1 };
/** A stall of half a minute ends it, and four minutes do: the server itself gives up after five. */
const pace = { idle: 30_000, whole: 4 * minute };

const multipart = /^multipart\/form-data\b/i;

/**
 * Takes in a request with one file, as a form's only file or as the body itself (its name in "X-File-Name", percent-
 * encoded), and hands it to `use`. The file goes to the disk as it comes: of no upload more than a chunk is in memory.
 *
 * @throws what `use` throws, and what the file system says but for a full disk.
 */
export const withUpload = <Result>(
  given: Given,
  use: (upload: Upload) => Promise<Result>,
): Promise<Result> => {
  const take = async () => {
    const path = newSpoolPath(given.dataDir);
    try {
      return await use(await receive(given, path));
    } finally {
      await rm(path, { force: true });
    }
  };
  return slots(given.personId, take, () => use({ kind: "too-many", fields: {} }));
};

/** For what is done with a file: a full disk is an answer, any other error is thrown on. */
export function noRoom(error: unknown): { kind: "no-room" } {
  if (isNoRoom(error)) return { kind: "no-room" };
  throw error;
}

async function receive({ request, most }: Given, path: string): Promise<Upload> {
  const type = request.headers.get("content-type") ?? "";
  const inForm = multipart.test(type);
  const whole = inForm ? most + envelope : most;
  const body = readBody(request, { most: whole, letBy: 4 * whole, ...pace });
  const typed = new Map<string, string>();
  const fields = () => Object.fromEntries(typed);
  let file: SpooledFile | null = null;
  const take = async (stream: Readable, name: string) => {
    file = { ...(await spool(stream, path, most)), name: plainName(name) };
  };
  try {
    if (inForm) {
      const field = (name: string, value: string) => void typed.set(name, value);
      await readMultipart(body, type, limits, { field, file: take });
    } else await take(Readable.from(body), nameIn(request.headers.get("x-file-name")));
  } catch (error) {
    if (error instanceof FormRefused) return { kind: "unreadable", fields: fields() };
    if (!(error instanceof BodyRefused)) throw error;
    return { kind: error.fault === "broken-off" ? "unreadable" : error.fault, fields: fields() };
  }
  return judged(file, path, most, fields());
}

type SpooledFile = Spooled & { name: string };

function judged(
  file: SpooledFile | null,
  path: string,
  most: number,
  fields: Record<string, string>,
): Upload {
  if (file === null || file.bytes === 0) return { kind: "no-file", fields };
  if (file.bytes > most) return { kind: "too-large", fields };
  if (isNoRoom(file.failure)) return { kind: "no-room", fields };
  if (file.failure !== null) throw file.failure;
  return { kind: "received", fields, file: { path, name: file.name, bytes: file.bytes } };
}

/** The last part of a name as the sender's computer had it, to be shown and for nothing else. */
const plainName = (name: string): string =>
  (name.split(/[/\\]/).at(-1) ?? "")
    .replace(/\p{C}+/gu, "")
    .toWellFormed()
    .slice(0, 100);

function nameIn(header: string | null): string {
  try {
    return decodeURIComponent(header ?? "");
  } catch {
    return "";
  }
}
