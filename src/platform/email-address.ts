import { domainToASCII, domainToUnicode } from "node:url";

/** E-mail addresses as people paste them, as they are kept, and as they are shown. */

/** So long a pasted text may be that still holds an address: a name of 100 characters, brackets, and 254 of the address. */
export const mostPasted = 500;

/** Marks without a shape, among them those of direction that come along from PDFs and chats; spaces that do not break. */
const invisible = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** What a sentence, a list or a mail program leaves around an address. */
const before = /^[\s<("'“”‘’«:;,]+/u;
const after = /[\s>)"'“”‘’»:;,.]+$/u;

/**
 * The address in a text that somebody pasted: without invisible marks, `mailto:`, the name before "<…>", brackets, quotes
 * and the comma or dot behind it; full-width letters and signs as plain ones; lower-case, with the domain as it travels
 * (punycode, RFC 5891). It need not be a valid address: that is for `emailField` to say.
 */
export function pastedAddress(pasted: string): string {
  if (pasted.length > mostPasted) return pasted;
  const plain = pasted.replace(invisible, "").normalize("NFKC").trim();
  // "Naam <adres>" (RFC 5322, 3.4), with anything behind it. Of two addresses nobody can say which was meant.
  const [one, another] = [...plain.matchAll(/<([^<>]*@[^<>]*)>/g)];
  const bracketed = one && !another ? (one[1] ?? "") : plain;
  const bare = withoutScheme(bracketed.replace(before, "")).replace(before, "").replace(after, "");
  return asItTravels(bare.toLowerCase());
}

/** RFC 6068: what comes behind "?" are fields of a mail, and signs may be written as %40. */
function withoutScheme(text: string): string {
  if (!/^mailto:/i.test(text)) return text;
  const address = text.slice("mailto:".length).replace(/\?.*$/s, "");
  try {
    return decodeURIComponent(address).replace(invisible, "").normalize("NFKC");
  } catch {
    return text;
  }
}

function asItTravels(address: string): string {
  const at = address.lastIndexOf("@");
  const domain = address.slice(at + 1);
  // Only what is not plain: a domain in letters of ASCII is judged as it was typed.
  if (at < 0 || !/[^\p{ASCII}]/u.test(domain)) return address;
  const ascii = domainToASCII(domain);
  return ascii ? `${address.slice(0, at)}@${ascii}` : address;
}

/**
 * An address as a person reads it: "an@gemeente-grønland.nl" for "an@xn--gemeente-grnland-7tb.nl". A label that mixes
 * scripts stays as it travels, since it may look like another one (Unicode TR 39, 5.2).
 */
export function readableAddress(address: string): string {
  const at = address.lastIndexOf("@");
  if (at < 0 || !address.includes("xn--")) return address;
  const labels = address.slice(at + 1).split(".");
  return `${address.slice(0, at)}@${labels.map(readableLabel).join(".")}`;
}

const oneScript = [
  /^[\p{Script=Latin}\p{Nd}-]+$/u,
  /^[\p{Script=Greek}\d-]+$/u,
  /^[\p{Script=Arabic}\d-]+$/u,
];

function readableLabel(label: string): string {
  if (!label.startsWith("xn--")) return label;
  const shown = domainToUnicode(label);
  return oneScript.some((script) => script.test(shown)) ? shown : label;
}
