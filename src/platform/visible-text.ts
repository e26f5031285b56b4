import { composed } from "./plain-text.ts";

/**
 * What people typed and other people see: names, places, a motivation. Nothing of it may hide, turn the line around
 * or climb over the lines beside it (Unicode TR 36, "Unicode Security Considerations").
 */

/** So many marks above or below one letter; no living script's names need more. */
const marksOnOneLetter = 4;

/** Controls, the marks that turn the direction of reading, fillers and other characters without a shape. */
const shapeless =
  /(?!\n|\u200c|\u200d|\ufe0f)[\p{Cc}\p{Cf}\p{Co}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800]/gu;
const tooManyMarks = new RegExp(`(\\p{M}{${marksOnOneLetter}})\\p{M}+`, "gu");

/** Where a joiner spells: within a Persian or Hindi word, between the parts of an emoji, as an emoji's colour. */
const spelling = [
  String.raw`(?<=[\p{L}\p{M}])(?<![\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Default_Ignorable_Code_Point}])(?:\u200c|\u200d)(?=\p{L})`,
  String.raw`(?<=\p{Extended_Pictographic}\ufe0f?|\p{Emoji_Modifier})\u200d(?=\p{Extended_Pictographic})`,
  String.raw`(?<=\p{Extended_Pictographic})\ufe0f`,
].join("|");
const idleJoiner = new RegExp(String.raw`(?!${spelling})(?:\u200c|\u200d|\ufe0f)`, "gu");

/** The text as it may be shown: NFC, nothing invisible in it, at most four marks on a letter, trimmed. Keeps line breaks. */
export function visibleText(typed: string): string {
  return composed(typed.toWellFormed())
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, "\n")
    .replace(/[\p{Zs}\t]+/gu, " ")
    .replace(shapeless, "")
    .replace(tooManyMarks, "$1")
    .normalize("NFC") // what stood between letter and mark is gone: the joiners are judged by the letter as it shows
    .replace(idleJoiner, "")
    .normalize("NFC")
    .replace(/ +/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .trim();
}

/** The same on one line. */
export const visibleLine = (typed: string): string => visibleText(visibleText(typed).replace(/\n+/g, " "));

const segmenter = new Intl.Segmenter();

/** Whether a reader counts more than `most` characters: letters with their marks, whole emoji (Unicode TR 29). */
function hasMoreGraphemes(text: string, most: number): boolean {
  let count = 0;
  for (const _grapheme of segmenter.segment(text)) if (++count > most) return true;
  return false;
}

/** Whether a reader counts more than `most` characters, or so much hides in them that they cannot be names. */
export const isLongerThan = (text: string, most: number): boolean =>
  text.length > most && (text.length > 4 * most || hasMoreGraphemes(text, most));

/** What stands before names in the Netherlands, and happens to look like the end of a host name: "Prof.dr.". */
const titles = new Set("prof dr drs mr mrs ms ir ing mw dhr de st msc bsc ba ma llm phd".split(" "));
/** At most 63 characters a label (RFC 1035, 2.3.4), so that no long word is read to its end from each of its letters. */
const hostName = /([\p{L}\p{N}][\p{L}\p{N}-]{0,62})\.(\p{Ll}{2,24}|\p{Lu}{2,24})(?![\p{L}\p{N}])/gu;

/** Whether a text looks like an address on the web or of mail. A name never is one; a visitor would follow it. */
export function looksLikeAddress(text: string): boolean {
  const plain = text.normalize("NFKC").replace(/[。․]/g, ".");
  if (startsLikeAddress(plain) || /\S@\S/.test(plain)) return true;
  return [...plain.matchAll(hostName)].some(
    ([, label = "", end = ""]) => !(titles.has(label.toLowerCase()) && titles.has(end.toLowerCase())),
  );
}

/** Whether it says outright that it is a web address. An organisation may well be called "overheid.nl". */
export const startsLikeAddress = (text: string): boolean =>
  /:\/\/|\bwww\.|\b(?:javascript|data|mailto):/i.test(text.normalize("NFKC"));

/** Whether there is a letter at all. */
export const hasLetter = (text: string): boolean => /\p{L}/u.test(text);
