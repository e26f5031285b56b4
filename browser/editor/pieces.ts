import type { JSONContent } from "@tiptap/core";

export type Mark = NonNullable<JSONContent["marks"]>[number];
/** A stretch of text, an image or a break, with the marks on it. */
export type Piece = { node: JSONContent; marks: Mark[] };

const key = (mark: Mark) =>
  mark.type === "link" ? `link ${mark.attrs?.href} ${mark.attrs?.title ?? ""}` : mark.type;
export const sameMark = (one: Mark, two: Mark): boolean => key(one) === key(two);
const both = (one: Mark[], two: Mark[]) => one.filter((mark) => two.some((other) => sameMark(mark, other)));
const sameMarks = (one: Mark[], two: Mark[]) =>
  one.length === two.length && both(one, two).length === one.length;

const isSpace = (piece: Piece | undefined) => piece?.node.text === " ";
const isBreak = (piece: Piece | undefined) => piece?.node.type === "hardBreak";

/** White space as a page shows it: one space for each stretch, none beside a break or at the ends. */
function spaced(nodes: JSONContent[]): Piece[] {
  const split = nodes.flatMap(({ marks = [], ...node }): Piece[] =>
    node.type === "text"
      ? (node.text ?? "")
          .replace(/\p{Cc}+/gu, " ")
          .split(/( +)/)
          .filter(Boolean)
          .map((text) => ({ node: { type: "text", text: text.startsWith(" ") ? " " : text }, marks }))
      : [{ node, marks }],
  );
  const kept: Piece[] = [];
  for (const piece of split) {
    const before = kept.at(-1);
    if (isSpace(piece) && (!before || isSpace(before) || isBreak(before))) continue;
    if (isBreak(piece) && isSpace(before)) kept.pop();
    kept.push(piece);
  }
  while (isSpace(kept.at(-1)) || isBreak(kept.at(-1))) kept.pop();
  return kept;
}

/**
 * The pieces of a line as Markdown can hold them: a mark starts and ends at a word, so that a space or a break has
 * only the marks that the words on both sides have.
 */
export function tidy(nodes: (JSONContent | Piece)[]): Piece[] {
  const plain = nodes.map((one) =>
    "node" in one ? { ...(one as Piece).node, marks: (one as Piece).marks } : one,
  );
  const pieces = spaced(plain as JSONContent[]);
  const isWord = (piece: Piece) => !isSpace(piece) && !isBreak(piece);
  const fitted = pieces.map((piece, at) => {
    if (isWord(piece)) return piece;
    const before = pieces.slice(0, at).findLast(isWord);
    const after = pieces.slice(at).find(isWord);
    return { ...piece, marks: both(both(piece.marks, before?.marks ?? []), after?.marks ?? []) };
  });
  return fitted.reduce<Piece[]>((merged, piece) => {
    const last = merged.at(-1);
    if (last?.node.type === "text" && piece.node.type === "text" && sameMarks(last.marks, piece.marks))
      merged[merged.length - 1] = {
        ...last,
        node: { type: "text", text: `${last.node.text}${piece.node.text}` },
      };
    else merged.push(piece);
    return merged;
  }, []);
}

/** What a reader sees of pieces: whether a space between words is bold or not is all the same. */
export const looks = (pieces: Piece[]): string[] =>
  pieces
    .flatMap(({ node, marks }) => {
      const { src = "", alt = "", title = "" } = node.attrs ?? {};
      const words = node.type === "text" ? (node.text ?? "").split(/( )/).filter(Boolean) : [`${node.type}`];
      return words.map((word) => {
        const seen = word === " " ? marks.filter(({ type }) => type === "link" || type === "code") : marks;
        const names = seen.map(key).sort().join("+");
        return { names, word: node.type === "image" ? `image ${src} ${alt} ${title ?? ""}` : word };
      });
    })
    .reduce<{ names: string; word: string }[]>((merged, one) => {
      const last = merged.at(-1);
      if (last?.names === one.names && !one.word.startsWith("image ")) last.word += one.word;
      else merged.push({ ...one });
      return merged;
    }, [])
    .map(({ names, word }) => `${names}: ${word}`);
