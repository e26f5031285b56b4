import type { Values } from "./form-values.ts";
import type { Sending } from "./opened-page.ts";

/** What was typed and not yet saved, in this browser's own storage. */
export type LocalDraft = Partial<Sending> & {
  /** The version that it was typed on. */
  base: string;
  /** When, as an ISO date. */
  at: string;
  values: Values;
  /** Fields of which another's version was taken, so that nothing of them is put back. */
  leftOut?: string[];
};

/** So many texts of earlier visits are kept, until somebody says what to do with them. */
const mostLaidAside = 5;

const isDraft = (found: unknown): found is LocalDraft =>
  typeof found === "object" && found !== null && "values" in found && Array.isArray(found.values);

const isSame = (one: LocalDraft, other: LocalDraft) =>
  JSON.stringify(one.values) === JSON.stringify(other.values);

/** Storage under a key; a browser that refuses it (full, private) keeps nothing, and all else goes on. */
export function localDraft(key: string) {
  const name = `archipel-draft:${key}`;
  const earlier = `${name}:earlier`;
  const read = (at: string): LocalDraft[] => {
    try {
      const found: unknown = JSON.parse(localStorage.getItem(at) ?? "null");
      return [found].flat().filter(isDraft);
    } catch {
      return [];
    }
  };
  const attempt = (act: () => void) => {
    try {
      act();
    } catch {
      // without storage the text is on the page and, as soon as it is saved, on the server
    }
  };
  const layAside = (drafts: LocalDraft[]) =>
    attempt(() => {
      if (drafts.length > 0) localStorage.setItem(earlier, JSON.stringify(drafts));
      else localStorage.removeItem(earlier);
    });
  return {
    write: (draft: LocalDraft) => attempt(() => localStorage.setItem(name, JSON.stringify(draft))),
    remove: () => attempt(() => localStorage.removeItem(name)),
    /**
     * What earlier visits left, the newest first; `wanted` tells what is still worth asking about. It is laid aside, so
     * that typing on does not overwrite it before a choice was made.
     */
    leftovers: (wanted: (draft: LocalDraft) => boolean): LocalDraft[] => {
      const left: LocalDraft[] = [];
      for (const draft of [...read(name), ...read(earlier)])
        if (wanted(draft) && !left.some((one) => isSame(one, draft))) left.push(draft);
      const kept = left.slice(0, mostLaidAside);
      layAside(kept);
      attempt(() => localStorage.removeItem(name));
      return kept;
    },
    forgetLeftover: (draft: LocalDraft) => layAside(read(earlier).filter((one) => !isSame(one, draft))),
  };
}
