import type { Values } from "./form-values.ts";

/** What was typed and not yet saved, in this browser's own storage. */
export type LocalDraft = {
  /** The version that it was typed on. */
  base: string;
  /** When, as an ISO date. */
  at: string;
  values: Values;
  /** Fields of which another's version was taken, so that nothing of them is put back. */
  leftOut?: string[];
};

const isDraft = (found: unknown): found is LocalDraft =>
  typeof found === "object" && found !== null && "values" in found && Array.isArray(found.values);

/** Storage under a key; a browser that refuses it (full, private) keeps nothing, and all else goes on. */
export function localDraft(key: string) {
  const name = `archipel-draft:${key}`;
  const read = (at: string): LocalDraft | null => {
    try {
      const found: unknown = JSON.parse(localStorage.getItem(at) ?? "null");
      return isDraft(found) ? found : null;
    } catch {
      return null;
    }
  };
  const attempt = (act: () => void) => {
    try {
      act();
    } catch {
      // without storage the text is on the page and, as soon as it is saved, on the server
    }
  };
  return {
    write: (draft: LocalDraft) => attempt(() => localStorage.setItem(name, JSON.stringify(draft))),
    remove: () => attempt(() => localStorage.removeItem(name)),
    /** What an earlier visit left. It is laid aside, so that typing on does not overwrite it before a choice was made. */
    leftover: (): LocalDraft | null => {
      const found = read(name);
      attempt(() => {
        if (found) localStorage.setItem(`${name}:earlier`, JSON.stringify(found));
        localStorage.removeItem(name);
      });
      return found ?? read(`${name}:earlier`);
    },
    forgetLeftover: () => attempt(() => localStorage.removeItem(`${name}:earlier`)),
  };
}
