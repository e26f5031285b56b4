import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";

export const encodings = ["utf-8", "windows-1252", "utf-16le", "utf-16be"] as const;
export type Encoding = (typeof encodings)[number];
export type Delimiter = "," | ";" | "\t" | "|";

export type FileShape = { encoding: Encoding; delimiter: Delimiter };
export type Recognised =
  | ({ kind: "table" } & FileShape)
  /** A spreadsheet or an archive, whatever its name says; or no text at all. */
  | { kind: "spreadsheet" | "no-text" | "empty" };

const lookedAt = 65_536;

/** What a file is, by its bytes; its name says nothing. `said`: in which letters somebody says that it is written. */
export async function recognise(path: string, said: Encoding | null = null): Promise<Recognised> {
  const file = await open(path);
  const buffer = Buffer.alloc(lookedAt);
  const { bytesRead } = await file.read(buffer, 0, lookedAt, 0);
  await file.close();
  const first = buffer.subarray(0, bytesRead);
  if (first.length === 0) return { kind: "empty" };
  const magic = first.subarray(0, 4).toString("hex");
  if (/^504b(0304|0506|0708)$|^d0cf11e0$|^1f8b/.test(magic)) return { kind: "spreadsheet" };
  const encoding = said ?? (await encodingOf(path, first));
  const text = new TextDecoder(encoding).decode(first);
  // One zero is a slip of some program; many of them are no text.
  if (text.split("\0").length - 1 > text.length / 100) return { kind: "no-text" };
  return { kind: "table", encoding, delimiter: delimiterOf(text) };
}

/** By the mark at its begin, by the zeros of UTF-16, and whether it is UTF-8; else as old Windows programs write. */
async function encodingOf(path: string, first: Buffer): Promise<Encoding> {
  if (first[0] === 0xff && first[1] === 0xfe) return "utf-16le";
  if (first[0] === 0xfe && first[1] === 0xff) return "utf-16be";
  const zeros = [0, 0];
  for (const [at, byte] of first.subarray(0, 4096).entries()) if (byte === 0) zeros[at % 2]! += 1;
  const many = Math.min(first.length, 4096) / 5;
  if (zeros[1]! > many && zeros[0]! < many / 10) return "utf-16le";
  if (zeros[0]! > many && zeros[1]! < many / 10) return "utf-16be";
  return (await isUtf8(path)) ? "utf-8" : "windows-1252";
}

/**
 * Whether a file is UTF-8. A program that cut a letter in two, or pasted a line of another file, makes none of it
 * something else: in a file of Windows no letter but a few by chance would be right.
 */
async function isUtf8(path: string): Promise<boolean> {
  const decoder = new TextDecoder("utf-8");
  let [right, wrong] = [0, 0];
  const count = (text: string) => {
    for (const [run] of text.matchAll(/[^\0-\x7f]+/g))
      for (const letter of run) letter === "\ufffd" ? wrong++ : right++;
  };
  for await (const chunk of createReadStream(path)) count(decoder.decode(chunk, { stream: true }));
  count(decoder.decode());
  return wrong === 0 || right > 3 * wrong;
}

/** The one of four that stands most in the first line, outside of quotes; or what Excel's "sep=;" says. */
function delimiterOf(text: string): Delimiter {
  const [, said] = /^\ufeff?sep=([,;\t|])\r?\n/i.exec(text) ?? [];
  if (said) return said as Delimiter;
  const counts = { ",": 0, ";": 0, "\t": 0, "|": 0 };
  let quoted = false;
  for (const letter of text) {
    if (letter === '"') quoted = !quoted;
    else if (!quoted && (letter === "\n" || letter === "\r")) break;
    else if (!quoted && letter in counts) counts[letter as Delimiter]++;
  }
  const [[delimiter] = [","]] = Object.entries(counts).sort(([, a], [, b]) => b - a);
  return delimiter as Delimiter;
}
