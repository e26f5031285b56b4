/** A name in lines, with the room they take (estimated: the server has no fonts). */
export type Label = { lines: string[]; width: number; height: number };

export const lineHeight = 1.12;
const longestWord = 18;
const mostLines = 3;

const letters = new Intl.Segmenter("nl", { granularity: "grapheme" });
const split = (text: string) => Array.from(letters.segment(text), (s) => s.segment);

/** Width in em of the display face, on the safe side (a fallback face may be wider). */
function widthOf(letter: string): number {
  if (/[iljI.,:;'’!|]/.test(letter)) return 0.31;
  if (/[ftr()\- ]/.test(letter)) return 0.42;
  if (/[mwMW@%&—]/.test(letter)) return 0.93;
  if (/[A-Z]/.test(letter)) return 0.7;
  return letter.codePointAt(0)! > 0x2e7f ? 1.1 : 0.59;
}

const textWidth = (text: string) => split(text).reduce((sum, letter) => sum + widthOf(letter), 0);

/** Words that fit a line; a very long one is broken with a hyphen. */
function wordsOf(name: string): string[] {
  return name
    .trim()
    .split(/\s+/)
    .flatMap((word) => {
      const chars = split(word);
      const parts = Math.ceil(chars.length / longestWord);
      const size = Math.ceil(chars.length / parts);
      return Array.from({ length: parts }, (_, i) => {
        const part = chars.slice(i * size, (i + 1) * size).join("");
        return i < parts - 1 ? `${part}-` : part;
      });
    });
}

function fill(words: string[], room: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    const joined = `${last} ${word}`;
    if (last !== undefined && textWidth(joined) <= room) lines[lines.length - 1] = joined;
    else lines.push(word);
  }
  return lines;
}

/** Sets a name in at most three lines of about `room` em, as even as they can be; what does not fit ends in an ellipsis. */
export function labelFor(name: string, fontSize: number, room: number): Label {
  const words = wordsOf(name);
  let lines = fill(words, room);
  for (let less = room - 0.5; less > room / 3; less -= 0.5) {
    const narrower = fill(words, less);
    if (narrower.length > lines.length) break;
    lines = narrower;
  }
  if (lines.length > mostLines) {
    lines.length = mostLines;
    lines[mostLines - 1] += "…";
  }
  const width = Math.max(1, ...lines.map(textWidth)) * fontSize;
  return { lines, width, height: Math.max(1, lines.length) * lineHeight * fontSize };
}
