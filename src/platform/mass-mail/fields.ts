import { encodeWord, foldLines } from "nodemailer/lib/mime-funcs";
import MimeNode from "nodemailer/lib/mime-node";
import { oneLine } from "../mailer.ts";
import { relaxedField } from "./canonical.ts";
import { divide, fillIn, type Slots, valueFor } from "./slots.ts";

/** A header field without its last line break; `name` in lower case. */
export type Field = { name: string; raw: string; canonical: string };

/** A field that is the same for everybody, or one to be made for each recipient. */
export type FieldTemplate = Field | { name: string; fill: (slots: Slots) => Field };

const encoder = new MimeNode();

/** RFC 5322, section 2.1.1: at most this much on a line. */
const longestLine = 998;

const tooLong = new RegExp(`[^\\r\\n]{${longestLine + 1}}`);

export function fieldOf(raw: string): Field {
  return { name: raw.slice(0, raw.indexOf(":")).toLowerCase(), raw, canonical: relaxedField(raw) };
}

/**
 * A field of text, with encoded words (RFC 2047) where it is more than ASCII, and folded. What only looks like an
 * encoded word is encoded too, so that it comes back as it was typed.
 */
function textField(name: string, value: string): Field {
  const short = /^[ -~]*$/.test(value) && !value.includes("=?");
  if (short && name.length + value.length < 75) return fieldOf(`${name}: ${value}`);
  const text = value.includes("=?") ? words(value) : encoder.encodeHeaderValue(name, value);
  const field = foldLines(`${name}: ${text}`, 76);
  return fieldOf(tooLong.test(field) ? foldLines(`${name}: ${words(value)}`, 76) : field);
}

/** A field of URLs in angle brackets, where an encoded word would be read as part of the URL. */
const urlField = (name: string, value: string): Field =>
  fieldOf(foldLines(`${name}: ${value.replace(/[^ -~]/gu, encodeURIComponent)}`, 76));

const words = (value: string) => encodeWord(value, "B", 52);

/** Whether the text so far ends within "<…", where a URL stands (RFC 2369). */
const insideAngles = (text: string) => text.lastIndexOf("<") > text.lastIndexOf(">");

/** Percent-encodes what cannot be in a URL within angle brackets, so that no second one can be begun. */
const asUrl = (value: string) => value.replace(/[^!#-;=?-[\]_a-z~]/gu, encodeURIComponent);

const spaces = (value: string) => oneLine(value).replace(/\s+/g, " ");

/** A header field whose value may hold slots. Line breaks and controls in it, and in values, become spaces. */
export function fieldTemplate(name: string, value: string): FieldTemplate {
  if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(name)) throw new Error(`"${name}" is no name of a mail header`);
  const divided = divide(spaces(value));
  const write = /^\s*</.test(value) ? urlField : textField;
  if (divided.length === 1) return write(name, divided[0]!);
  const inUrl = divided.map((_, at) => insideAngles(fillIn(divided.slice(0, at), () => "")));
  const fill = (slots: Slots): Field => {
    const parts = divided.map((part, at) => {
      if (at % 2 === 0) return part;
      return inUrl[at] ? asUrl(valueFor(slots, part)) : valueFor(slots, part);
    });
    return write(name, spaces(parts.join("")));
  };
  return { name: name.toLowerCase(), fill };
}

/** The address as a header and an envelope write it: a domain beyond ASCII in punycode (RFC 5890). */
export const addressOf = (to: string): string => encoder.encodeHeaderValue("To", { name: "", address: to });
