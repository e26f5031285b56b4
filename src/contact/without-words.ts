/** So many words in a row that somebody wrote are theirs; fewer are anybody's, unless they are all there is. */
const telling = 5;

type Word = { word: string; from: number; to: number };

/** Words with their places. An editor may write a letter as a number ("&#233;") and put signs before others ("\-"). */
function wordsIn(text: string): Word[] {
  const found: Word[] = [];
  for (const match of text.matchAll(/&[a-z]+;|(?:[\p{L}\p{N}]|&#\d+;)+/giu)) {
    if (/^&[a-z]/i.test(match[0])) continue;
    const letters = match[0].replace(/&#(\d+);/g, (_sign, code) => letterOf(Number(code)));
    const word = letters.normalize("NFC").toLowerCase();
    if (/[\p{L}\p{N}]/u.test(word))
      found.push({ word, from: match.index, to: match.index + match[0].length });
  }
  return found;
}

const letterOf = (code: number) => (code <= 0x10_ffff ? String.fromCodePoint(code) : "");

/**
 * Markdown in which somebody's words are "…", however its marks, escapes and line breaks were rewritten since they were
 * quoted: every run of at least five of their words in their order, and a shorter text where a block says nothing else.
 */
export function withoutWords(markdown: string, theirs: string): string {
  const words = wordsIn(theirs).map(({ word }) => word);
  if (words.length === 0) return markdown;
  if (words.length < telling)
    return markdown
      .split(/(\n(?:[>\s]*\n)+)/)
      .map((block) => (sameWords(wordsIn(block), words) ? "…" : block))
      .join("");
  const runs = runsOf(wordsIn(markdown), words);
  let written = "";
  let at = 0;
  for (const { from, to } of runs) {
    // with the signs around it on its lines: what marked a quotation or made it bold
    const before = markdown.slice(at, from).replace(/(?<![^\p{L}\p{N}\n])[^\p{L}\p{N}\n]+$/u, "");
    const after = /^[^\p{L}\p{N}\n]*/u.exec(markdown.slice(to))?.[0].length ?? 0;
    written += `${before}…`;
    at = to + after;
  }
  return (written + markdown.slice(at)).replace(/…(?:[\s>]*…)+/g, "…");
}

const sameWords = (found: Word[], words: string[]) =>
  found.length === words.length && found.every(({ word }, index) => word === words[index]);

/** Where runs of these words stand, in the order of the text. */
function runsOf(found: Word[], words: string[]): { from: number; to: number }[] {
  const starts = new Map<string, number[]>();
  const key = (list: string[], at: number) => list.slice(at, at + telling).join(" ");
  for (let at = 0; at + telling <= words.length; at++)
    starts.set(key(words, at), [...(starts.get(key(words, at)) ?? []), at]);
  const text = found.map(({ word }) => word);
  const runs: { from: number; to: number }[] = [];
  for (let at = 0; at + telling <= text.length; ) {
    const lengths = (starts.get(key(text, at)) ?? []).map((start) => {
      let length = telling;
      while (text[at + length] !== undefined && text[at + length] === words[start + length]) length++;
      return length;
    });
    const length = Math.max(0, ...lengths);
    if (length > 0) runs.push({ from: found[at]!.from, to: found[at + length - 1]!.to });
    at += length || 1;
  }
  return runs;
}
