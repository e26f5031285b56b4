/**
 * DKIM's "relaxed" forms (RFC 6376, section 3.4). Text is that of bytes (latin1) or of Unicode; only space, tab and
 * line breaks matter.
 */

/**
 * Whole lines of a body (section 3.4.4), in quoted-printable or base64, which end no line with a space. Empty lines at
 * the end stay: ours end with a boundary.
 */
export const relaxedLines = (lines: string): string =>
  /\t| {2}/.test(lines) ? lines.replace(/[ \t]+/g, " ") : lines;

/** A part of a field's value: unfolded, each run of spaces one. */
export const relaxedText = (text: string): string => text.replaceAll("\r\n", "").replace(/[ \t]+/g, " ");

/** A header field, "Name: value", without its last line break (section 3.4.2). */
export function relaxedField(field: string): string {
  const colon = field.indexOf(":");
  return `${field.slice(0, colon).toLowerCase()}:${relaxedText(field.slice(colon + 1)).trim()}`;
}

/** A whole body of any encoding (section 3.4.4): no spaces at line ends, no empty lines at its end. */
export function relaxedBody(body: string): string {
  const lines = body.split("\r\n").map((line) => line.replace(/[ \t]+/g, " ").replace(/ $/, ""));
  while (lines.at(-1) === "") lines.pop();
  return lines.map((line) => `${line}\r\n`).join("");
}
