/** Latin letters that Unicode takes for letters of their own, so that they do not fall apart into a letter and a mark. */
const plain: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  þ: "th",
  ł: "l",
  ħ: "h",
  ı: "i",
  ŋ: "ng",
  ŧ: "t",
  ĸ: "k",
  ə: "e",
};
const ownLetters = new RegExp(`[${Object.keys(plain).join("")}]`, "g");

/** Words as an address holds them: "Op pad met Zoë" becomes "op-pad-met-zoe"; at most `most` characters, cut at a word. */
export function slugOf(text: string, most = 80): string {
  const slug = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/['’ʼ·]/g, "")
    .replace(ownLetters, (letter) => plain[letter]!)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  if (slug.length <= most) return slug;
  const cut = slug.slice(0, most + 1);
  return cut.slice(0, Math.max(cut.lastIndexOf("-"), 1)).replace(/-+$/, "") || slug.slice(0, most);
}
