import { HTTPException } from "hono/http-exception";
import type { VisitContext } from "../visit.tsx";
import { filePage, tooLargePage, unreadablePage } from "./pages.tsx";
import { maxFormBytes } from "./policy.ts";

const formTypes = /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i;

/**
 * The text fields of a posted form: trimmed, Unicode NFC, lines ended by "\n", no other control characters. Of a name
 * that comes twice the last one counts.
 *
 * @throws HTTPException with a page: 413 above `most` bytes (64 kB), 415 for files and for what is no form, 400 for a broken one.
 */
export async function readFields(c: VisitContext, most = maxFormBytes): Promise<Record<string, string>> {
  const refuse = async (status: 400 | 413 | 415, page: (c: VisitContext) => Response | Promise<Response>) =>
    new HTTPException(status, { res: await page(c) });
  const body = await readAtMost(c.req.raw, most);
  if (!body) throw await refuse(413, tooLargePage);
  if (body.size === 0) return {};
  const type = c.req.header("content-type") ?? "";
  if (!formTypes.test(type)) throw await refuse(415, unreadablePage);
  const form = await parse(body, type);
  if (!form) throw await refuse(400, unreadablePage);
  const fields: [string, string][] = [];
  for (const [name, value] of form) {
    if (typeof value !== "string") throw await refuse(415, filePage);
    fields.push([name, cleaned(value)]);
  }
  return Object.fromEntries(fields);
}

export type SentJson = { kind: "read"; value: unknown } | { kind: "too-large" } | { kind: "unreadable" };

/** What browser code sent as JSON, of at most 64 kB. */
export async function readJson(c: VisitContext): Promise<SentJson> {
  const body = await readAtMost(c.req.raw, maxFormBytes);
  if (!body) return { kind: "too-large" };
  try {
    return { kind: "read", value: JSON.parse(await body.text()) };
  } catch {
    return { kind: "unreadable" };
  }
}

async function parse(body: Blob, type: string): Promise<FormData | null> {
  try {
    return await new Response(body, { headers: { "content-type": type } }).formData();
  } catch {
    return null; // a broken multipart body
  }
}

const cleaned = (value: string) =>
  value
    .replace(/\r\n?/g, "\n")
    .replace(/\t/g, " ")
    .replace(/(?!\n)\p{Cc}/gu, "")
    .normalize("NFC")
    .trim();

/** The body, or null when it has more than `most` bytes; what it says of its own length is not believed. */
async function readAtMost(request: Request, most: number): Promise<Blob | null> {
  if (Number(request.headers.get("content-length") ?? 0) > most) return null;
  const parts: BlobPart[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.byteLength;
    if (size > most) return null;
    parts.push(part);
  }
  return new Blob(parts);
}
