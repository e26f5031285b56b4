import type { JSONContent } from "@tiptap/core";
import { parser } from "../../src/ui/markdown-html.ts";
import { looks, type Mark, type Piece, sameMark, tidy } from "./pieces.ts";
import { readMarkdown } from "./read-markdown.ts";
import { codeSpan, destination, encodeEnd, escapeText, selfLink } from "./write-text.ts";

type Place = "paragraph" | "heading" | "cell";
/** How marks are written. The plainest way that is read back as it was meant is taken. */
type Style = { em: "*" | "_"; strong: "**" | "__"; encode: boolean; selfLinks: boolean };

const styles: Style[] = [true, false].flatMap((selfLinks) =>
  [false, true].flatMap((encode) =>
    (
      [
        ["*", "**"],
        ["_", "**"],
        ["*", "__"],
      ] as const
    ).map(([em, strong]) => ({ em, strong, encode, selfLinks })),
  ),
);

const rank = ["link", "bold", "italic", "strike"];
const isWritten = (mark: Mark) => rank.includes(mark.type);

const linkOf = (piece: Piece | undefined) => piece?.marks.find(({ type }) => type === "link");

/** The last piece that a mark reaches from `at` on without a gap. */
function runOf(pieces: Piece[], at: number, mark: Mark): number {
  let end = at;
  while (pieces[end + 1]?.marks.some((one) => sameMark(one, mark))) end++;
  return end;
}

/** The last piece that a mark reaches in one go: a link that goes on further cuts it, since a link is never cut in two. */
function endOf(pieces: Piece[], at: number, mark: Mark): number {
  const run = runOf(pieces, at, mark);
  if (mark.type === "link") return run;
  for (let next = at + 1; next <= run; next++) {
    const link = linkOf(pieces[next]);
    const begins = link && !pieces[next - 1]?.marks.some((one) => sameMark(one, link));
    if (!begins || runOf(pieces, next, link) <= run) continue;
    return pieces[next - 1]?.node.text === " " ? Math.max(at, next - 2) : next - 1;
  }
  return run;
}

const sign = (mark: Mark, style: Style) =>
  mark.type === "bold" ? style.strong : mark.type === "italic" ? style.em : "~~";
const opening = (mark: Mark, style: Style) => (mark.type === "link" ? "[" : sign(mark, style));
const closing = (mark: Mark, style: Style) =>
  mark.type === "link"
    ? `]${destination(String(mark.attrs?.href), mark.attrs?.title ?? null)}`
    : sign(mark, style);

function pieceMarkdown({ node, marks }: Piece, lineStart: boolean): string {
  if (node.type === "hardBreak") return "\\\n";
  if (node.type === "image") {
    const { src = "", alt = "", title = null } = node.attrs ?? {};
    return `![${escapeText(String(alt ?? "").replace(/\s+/g, " "), { inBrackets: true })}]${destination(String(src), title)}`;
  }
  if (marks.some(({ type }) => type === "code")) return codeSpan(node.text ?? "");
  return escapeText(node.text ?? "", { lineStart, inLink: marks.some(({ type }) => type === "link") });
}

function write(pieces: Piece[], style: Style): string {
  let written = "";
  const open: { mark: Mark; end: number }[] = [];
  for (let at = 0; at < pieces.length; at++) {
    const piece = pieces[at]!;
    const lineStart = at === 0 || pieces[at - 1]?.node.type === "hardBreak";
    let after = "";
    const link = linkOf(piece);
    const alone = link && piece.marks.length === 1 && endOf(pieces, at, link) === at && !link.attrs?.title;
    const self =
      style.selfLinks && alone && !open.some(({ mark }) => mark.type === "link")
        ? selfLink(piece.node.text ?? "", String(link.attrs?.href))
        : null;
    const wanted = piece.marks.filter((mark) => isWritten(mark) && !(self && mark.type === "link"));
    const fresh = wanted
      .filter((mark) => !open.some((one) => sameMark(one.mark, mark)))
      .map((mark) => ({ mark, end: endOf(pieces, at, mark) }));
    // what ends within it closes before it and opens again in it
    const newLink = fresh.find(({ mark }) => mark.type === "link");
    const kept = open.findIndex(
      ({ mark, end }) => !wanted.some((one) => sameMark(one, mark)) || (newLink && end < newLink.end),
    );
    const closed = kept < 0 ? [] : open.splice(kept).reverse();
    if (closed.length > 0 && written.endsWith(" ")) {
      written = written.slice(0, -1);
      after = " "; // a mark ends at a word
    }
    for (const { mark } of closed) written += closing(mark, style);
    written += after;
    const again = closed.filter(({ mark }) => wanted.some((one) => sameMark(one, mark)));
    const isSpace = piece.node.text === " " && !self;
    const opens = (isSpace ? [] : [...fresh, ...again]).sort(
      (one, two) => two.end - one.end || rank.indexOf(one.mark.type) - rank.indexOf(two.mark.type),
    );
    if (style.encode && opens.length > 0 && closed.length === 0) written = encodeEnd(written, "last");
    let text = self ?? pieceMarkdown(piece, lineStart);
    if (opens.length > 0 && text.startsWith(" ")) {
      written += " "; // and begins at one
      text = text.slice(1);
    }
    for (const one of opens) {
      written += opening(one.mark, style);
      open.push(one);
    }
    written += style.encode && closed.length > 0 && opens.length === 0 ? encodeEnd(text, "first") : text;
  }
  for (const { mark } of open.reverse()) written += closing(mark, style);
  return written;
}

/** A link that the renderer would refuse to make stays as its words. */
const withoutForbidden = (pieces: Piece[]): Piece[] =>
  pieces.map(({ node, marks }) => ({
    node,
    marks: marks.filter(({ type, attrs }) => type !== "link" || parser.validateLink(String(attrs?.href))),
  }));

/** A line of text with its marks as Markdown. */
export function writeInline(nodes: JSONContent[], place: Place): string {
  const oneLine = place === "paragraph" ? nodes : nodes.map(withoutBreak);
  const pieces = tidy(withoutForbidden(tidy(oneLine)));
  if (pieces.length === 0) return "";
  const finish = (text: string) => (place === "heading" ? text.replace(/#$/, "\\#") : text);
  const meant = looks(pieces).join("\n");
  for (const style of styles) {
    const text = write(pieces, style);
    const [block, ...more] = readMarkdown(text)?.content ?? [];
    const isParagraph = block?.type === "paragraph" || block?.type === "video";
    if (isParagraph && more.length === 0 && looks(piecesOf(block)).join("\n") === meant) return finish(text);
  }
  return finish(write(pieces, styles[0]!));
}

/** A video's paragraph was a link before. */
const piecesOf = (block: JSONContent) =>
  tidy(
    block.type === "video"
      ? [
          {
            type: "text",
            text: `Video: ${block.attrs?.title}`,
            marks: [{ type: "link", attrs: { href: block.attrs?.href, title: null } }],
          },
        ]
      : (block.content ?? []),
  );

const withoutBreak = (node: JSONContent): JSONContent =>
  node.type === "hardBreak" ? { type: "text", text: " ", ...(node.marks && { marks: node.marks }) } : node;
