import { HTTPException } from "hono/http-exception";
import { BodyRefused, readBody, readWhole } from "../platform/body.ts";
import { FormRefused, readMultipart } from "../platform/multipart.ts";
import { composed } from "../platform/plain-text.ts";
import type { VisitContext } from "../visit.tsx";
import { filePage, slowPage, tooLargePage, unreadablePage } from "./pages.tsx";
import { formPace, maxFields, maxFormBytes } from "./policy.ts";

const multipart = /^multipart\/form-data\b/i;
const urlEncoded = /^application\/x-www-form-urlencoded\b/i;

type Refusal = "too-large" | "too-slow" | "file" | "no-form" | "broken";

const pages = {
  "too-large": { status: 413, page: tooLargePage },
  "too-slow": { status: 408, page: slowPage },
  file: { status: 415, page: filePage },
  "no-form": { status: 415, page: unreadablePage },
  broken: { status: 400, page: unreadablePage },
} as const satisfies Record<Refusal, unknown>;

/**
 * The text fields of a posted form: trimmed, Unicode NFC, lines ended by "\n", no other control characters. Of a name
 * that comes twice the last one counts.
 *
 * @throws HTTPException with a page: 413 above `most` bytes (64 kB), 408 for what comes too slowly, 415 for files and for
 * what is no form, 400 for a broken one or one of more than a thousand fields.
 */
export async function readFields(c: VisitContext, most = maxFormBytes): Promise<Record<string, string>> {
  const form = await sentForm(c.req.raw, most);
  if (typeof form === "string") {
    const { status, page } = pages[form];
    throw new HTTPException(status, { res: await page(c) });
  }
  return Object.fromEntries(form.map(([name, value]) => [name, cleaned(value)]));
}

export type SentJson = { kind: "read"; value: unknown } | { kind: "too-large" } | { kind: "unreadable" };

/** What browser code sent as JSON, of at most 64 kB. */
export async function readJson(c: VisitContext): Promise<SentJson> {
  try {
    const body = await readWhole(c.req.raw, limitsOf(maxFormBytes));
    return { kind: "read", value: JSON.parse(body.toString("utf8")) };
  } catch (error) {
    const tooLarge = error instanceof BodyRefused && error.fault === "too-large";
    return { kind: tooLarge ? "too-large" : "unreadable" };
  }
}

const limitsOf = (most: number) => ({ most, letBy: 0, ...formPace });

async function sentForm(request: Request, most: number): Promise<[name: string, value: string][] | Refusal> {
  const type = request.headers.get("content-type") ?? "";
  try {
    if (multipart.test(type)) return await readTexts(request, type, most);
    const body = await readWhole(request, limitsOf(most));
    if (body.length === 0) return [];
    if (!urlEncoded.test(type)) return "no-form";
    const text = body.toString("utf8");
    return text.split("&", maxFields + 1).length > maxFields ? "broken" : [...new URLSearchParams(text)];
  } catch (error) {
    if (error instanceof FileSent) return "file";
    if (error instanceof FormRefused) return "broken";
    if (!(error instanceof BodyRefused)) throw error;
    return error.fault === "broken-off" ? "broken" : error.fault;
  }
}

class FileSent extends Error {}

async function readTexts(request: Request, type: string, most: number): Promise<[string, string][]> {
  const fields: [string, string][] = [];
  let empty = true;
  const noticing = async function* () {
    for await (const chunk of readBody(request, limitsOf(most))) {
      empty = false;
      yield chunk;
    }
  };
  const parts = {
    field: (name: string, value: string) => void fields.push([name, value]),
    file: () => Promise.reject(new FileSent()),
  };
  await readMultipart(noticing(), type, { fields: maxFields, field: most, files: 1 }, parts).catch(
    (error) => {
      if (!empty) throw error;
    },
  );
  return fields;
}

const cleaned = (value: string) =>
  composed(
    value
      .replace(/\r\n?/g, "\n")
      .replace(/\t/g, " ")
      .replace(/(?!\n)\p{Cc}/gu, ""),
  ).trim();
