import type { Conflict } from "./conflict.ts";

export type SaveAnswer =
  | { kind: "saved"; version: string; savedAt: string; saved: string | null }
  | ({ kind: "conflict" } & Conflict)
  | { kind: "signed-out"; signIn: string }
  | { kind: "invalid"; errors: { name: string; message: string }[]; version: string | null }
  /** The server was not reached. */
  | { kind: "offline" }
  | { kind: "failed" };

/** Sends a form's values to be saved; `last` for a page that is going away, whose request the browser then finishes. */
export async function postSave(path: string, body: URLSearchParams, last: boolean): Promise<SaveAnswer> {
  // browsers refuse to finish more than 64 KiB for a page that is gone (Fetch, "keepalive")
  const keepalive = last && body.toString().length < 60_000;
  const answer = await fetch(path, {
    method: "POST",
    body,
    keepalive,
    redirect: "manual",
    headers: { accept: "application/json" },
  }).catch(() => null);
  if (!answer) return { kind: "offline" };
  const said = await answer.json().catch(() => null);
  if (!said) return { kind: "failed" };
  switch (answer.status) {
    case 200:
      return {
        kind: "saved",
        version: String(said.version),
        savedAt: said.savedAt,
        saved: typeof said.saved === "string" ? said.saved : null,
      };
    case 401:
      return { kind: "signed-out", signIn: String(said.signIn) };
    case 409:
      return {
        kind: "conflict",
        by: said.by,
        at: said.at,
        changed: said.changed ?? [],
        version: said.version,
      };
    case 422:
      return {
        kind: "invalid",
        errors: said.errors ?? [],
        version: said.version ? String(said.version) : null,
      };
    default:
      return { kind: "failed" };
  }
}
