import { turns } from "./turns.ts";

export type Read =
  | { kind: "read"; bytes: Buffer; fileName: string }
  | { kind: "too-large" }
  /** No file was chosen, or what was sent is no form. */
  | { kind: "nothing" };

/** So many uploads are read at once; the others wait with their sender, who is asked for nothing yet. */
const readingInTurn = turns(6);

/** What a form needs beside its file. */
const envelope = 64 * 1024;

/**
 * Reads a request with one file, as a form's only file or as the body itself (its name in "X-File-Name", percent-
 * encoded), and hands it to `use` while it holds its turn. Never more than `most` bytes of it are in memory.
 */
export const withUpload = <Result>(
  request: Request,
  most: number,
  use: (read: Read) => Promise<Result>,
): Promise<Result> => readingInTurn("last", async () => use(await readUpload(request, most)));

async function readUpload(request: Request, most: number): Promise<Read> {
  const type = request.headers.get("content-type") ?? "";
  const inForm = /^multipart\/form-data\b/i.test(type);
  const body = await readAtMost(request, inForm ? most + envelope : most);
  if (!body) return { kind: "too-large" };
  if (!inForm) return read(body, nameIn(request.headers.get("x-file-name")));
  const form = await new Response(body, { headers: { "content-type": type } }).formData().catch(() => null);
  const file = [...(form?.values() ?? [])].find((value) => value instanceof File);
  if (!file) return { kind: "nothing" };
  if (file.size > most) return { kind: "too-large" };
  return read(Buffer.from(await file.arrayBuffer()), file.name);
}

const read = (bytes: Buffer, fileName: string): Read =>
  bytes.length > 0 ? { kind: "read", bytes, fileName } : { kind: "nothing" };

function nameIn(header: string | null): string {
  try {
    return decodeURIComponent(header ?? "");
  } catch {
    return "";
  }
}

/**
 * The body, or null when it is longer than `most`. The rest of a longer one is let go by as it comes, since a browser
 * reads no answer before it has sent all; what is many times too long is cut off.
 */
async function readAtMost(request: Request, most: number): Promise<Buffer<ArrayBuffer> | null> {
  if (!request.body) return Buffer.alloc(0);
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request.body) {
    length += part.length;
    if (length <= most) parts.push(part);
    else parts.length = 0;
    if (length > 5 * most) break; // leaving the loop cancels the body
  }
  return length <= most ? Buffer.concat(parts) : null;
}
