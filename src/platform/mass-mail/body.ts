import { encode, wrap } from "nodemailer/lib/qp";
import { relaxedLines } from "./canonical.ts";
import { divide, escapeHtml, type Slots, valueFor } from "./slots.ts";

/** Whole lines of a message's body, as they go out and as DKIM's "relaxed" form sees them (RFC 6376, 3.4.4). */
export type Piece = { raw: Buffer; canonical: Buffer };

/** A body with its slots left open; what is the same for everybody is encoded already. */
export type BodyTemplate = readonly (Piece | { slot: string; html: boolean })[];

/** Two less than 76 (RFC 2045, section 6.7) for an escaped first character, one less for the "=" after the last line. */
const lineLength = 73;

/** Long enough for a URL or a name, and nothing in it that quoted-printable writes otherwise. */
const plainLine = /^(?!\.|From)[!-<>-~]{1,73}$/;

export function pieceOf(text: string): Piece {
  const raw = Buffer.from(text, "latin1");
  const canonical = relaxedLines(text);
  return { raw, canonical: canonical === text ? raw : Buffer.from(canonical, "latin1") };
}

/**
 * Text as quoted-printable lines of at most 76 characters. No line begins with a dot, which SMTP would double, nor with
 * "From", which mailboxes change.
 */
const encodeLines = (text: string): string =>
  wrap(encode(text.replace(/\r\n?|\n/g, "\r\n")), lineLength)
    .replace(/^\./gm, "=2E")
    .replace(/^From/gm, "=46rom");

/**
 * Encodes the text around the slots. A soft line break stands before and after each slot, so that a value needs no
 * look at its neighbours: whatever its length, no line becomes too long, and each part is canonical by itself. Slots whose
 * value is the same for everybody (`shared`) are filled here.
 */
export function bodyTemplate(text: string, html: boolean, shared: Slots = {}): BodyTemplate {
  const divided = divide(/\n$/.test(text) ? text : `${text}\n`);
  const last = divided.length - 1;
  return divided.flatMap((part, at) => {
    const slot = { slot: part, html };
    if (at % 2 === 1) return Object.hasOwn(shared, part) ? (filled(shared, slot) ?? []) : slot;
    return part ? pieceOf(encodeLines(part) + (at < last ? "=\r\n" : "")) : [];
  });
}

/** The value of one slot, encoded. No value, no lines. */
function filled(slots: Slots, { slot, html }: { slot: string; html: boolean }): Piece | null {
  const value = valueFor(slots, slot);
  if (value === "") return null;
  const text = html ? escapeHtml(value) : value;
  if (!plainLine.test(text)) return pieceOf(`${encodeLines(text)}=\r\n`);
  const raw = Buffer.from(`${text}=\r\n`, "latin1");
  return { raw, canonical: raw };
}

/** @throws when a slot has no value. */
export function fillBody(template: BodyTemplate, slots: Slots): Piece[] {
  const pieces: Piece[] = [];
  for (const part of template) {
    const piece = "raw" in part ? part : filled(slots, part);
    if (piece) pieces.push(piece);
  }
  return pieces;
}

/** Puts pieces that stand beside each other into one. */
export function joined(template: BodyTemplate): BodyTemplate {
  const parts: (Piece | { slot: string; html: boolean })[] = [];
  for (const part of template) {
    const before = parts.at(-1);
    if (before && "raw" in before && "raw" in part) {
      const raw = Buffer.concat([before.raw, part.raw]);
      const canonical = Buffer.concat([before.canonical, part.canonical]);
      parts[parts.length - 1] = { raw, canonical: canonical.equals(raw) ? raw : canonical };
    } else parts.push(part);
  }
  return parts;
}
