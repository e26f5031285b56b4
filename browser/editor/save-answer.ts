import type { Conflict } from "./conflict.ts";

export type SaveAnswer =
  /** `notice`: what there is to know by now of what is written, in words. */
  | { kind: "saved"; version: string; savedAt: string; saved: string | null; notice: string | null }
  | ({ kind: "conflict" } & Conflict)
  | { kind: "signed-out"; signIn: string }
  /** `rest`: the texts without a problem were saved. */
  | { kind: "invalid"; errors: { name: string; message: string }[]; version: string | null; rest: boolean }
  /** The server was not reached, or did not answer in time. */
  | { kind: "offline" }
  | { kind: "failed" };

/** Milliseconds after which an answer is not waited for any longer. */
const patience = 15_000;

const textOr = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** Sends a form's values to be saved; `last` for a page that is going away, whose request the browser then finishes. */
export async function postSave(path: string, body: URLSearchParams, last: boolean): Promise<SaveAnswer> {
  // browsers refuse to finish more than 64 KiB for a page that is gone (Fetch, "keepalive")
  const keepalive = last && body.toString().length < 60_000;
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), patience);
  try {
    const answer = await fetch(path, {
      method: "POST",
      body,
      keepalive,
      redirect: "manual",
      headers: { accept: "application/json" },
      signal: giveUp.signal,
    });
    const said: Said | null = await answer.json().catch(() => null);
    if (giveUp.signal.aborted) return { kind: "offline" };
    return said ? understood(answer.status, said) : { kind: "failed" };
  } catch {
    return { kind: "offline" };
  } finally {
    clearTimeout(timer);
  }
}

/** What the server's answers hold, each some of it. */
type Said = Partial<Conflict> & {
  savedAt?: string;
  saved?: unknown;
  notice?: unknown;
  signIn?: string;
  errors?: { name: string; message: string }[];
  rest?: boolean;
};

function understood(status: number, said: Said): SaveAnswer {
  switch (status) {
    case 200:
      return {
        kind: "saved",
        version: String(said.version),
        savedAt: said.savedAt ?? "",
        saved: textOr(said.saved),
        notice: textOr(said.notice),
      };
    case 401:
      return { kind: "signed-out", signIn: String(said.signIn) };
    case 409:
      return {
        kind: "conflict",
        by: said.by ?? "",
        at: said.at ?? "",
        changed: said.changed ?? [],
        version: said.version ?? "",
      };
    case 422:
      return {
        kind: "invalid",
        errors: said.errors ?? [],
        version: said.version ? String(said.version) : null,
        rest: said.rest === true,
      };
    default:
      return { kind: "failed" };
  }
}
