import { type Change, diffLines, diffWordsWithSpace } from "diff";

const left = (until: number) => ({ timeout: Math.max(0, until - Date.now()) });

const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/**
 * What became of a text, word by word: first its lines, then the words of those that changed, since comparing costs the
 * product of words and changes (Myers, 1986). Lines that no time is left for (`until`, as Date.now()) are gone and new as
 * a whole; null where there was none for the lines either.
 */
export function changesBetween(before: string, after: string, until: number): Change[] | null {
  const blocks = diffLines(before, after, left(until));
  if (!blocks) return null;
  return blocks.flatMap((block, at) => {
    if (block.added && blocks[at - 1]?.removed) return []; // told along with what was there before
    const replacement = block.removed ? blocks[at + 1] : undefined;
    return replacement?.added ? wordsBetween(block, replacement, until) : [block];
  });
}

/** As many lines as there were: most likely each of them was changed by itself. */
function wordsBetween(removed: Change, added: Change, until: number): Change[] {
  const [old, fresh] = [linesOf(removed.value), linesOf(added.value)];
  const pairs =
    old.length === fresh.length
      ? old.map((line, at) => [line, fresh[at] ?? ""] as const)
      : [[removed.value, added.value] as const];
  return pairs.flatMap(
    ([one, other]) =>
      diffWordsWithSpace(one, other, left(until)) ?? [
        { ...removed, value: one },
        { ...added, value: other },
      ],
  );
}
