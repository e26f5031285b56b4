import { createHash } from "node:crypto";
import { encode as base64, wrap as base64Lines } from "nodemailer/lib/base64";
import MimeNode from "nodemailer/lib/mime-node";
import { domainOf, imagesAsParts, oneAddress, oneLine } from "../mailer.ts";
import { type BodyTemplate, bodyTemplate, fillBody, joined, type Piece, pieceOf } from "./body.ts";
import { addressOf, type Field, type FieldTemplate, fieldOf, fieldTemplate } from "./fields.ts";
import { divide, escapeHtml, fillIn, type Slots, valueFor } from "./slots.ts";

export { slot } from "./slots.ts";

/** What everybody gets. Subject, HTML, text and headers may hold `slot`s. */
export type Letter = {
  from: string;
  fromName: string;
  replyTo?: string;
  subject: string;
  html: string;
  text: string;
  /** By name, such as List-Unsubscribe. One that begins with "<" is of URLs: values in it are percent-encoded. */
  headers: Record<string, string>;
};

/** One recipient. */
export type Addressee = {
  to: string;
  /** Whole: "<…@…>". The same at every try. */
  messageId: string;
  /** Where bounces go, the envelope's sender. */
  returnPath: string;
  date: Date;
  slots: Slots;
};

/** A whole message but for its signature. */
export type Message = { fields: Field[]; body: readonly Piece[] };

/** Composed and encoded once. Immutable. */
export type PreparedLetter = {
  /** @throws when a slot has no value, or Message-ID or address are none. */
  messageFor: (to: Addressee) => Message;
  /** The same as a person reads it, with nothing encoded. */
  readAs: (slots: Slots) => Pick<Letter, "subject" | "html" | "text" | "headers">;
};

/**
 * Encodes all that is the same for everybody.
 *
 * @param shared values of slots that each recipient has alike: they cost nothing per recipient
 * @throws when a header's name or the sender's address is none.
 */
export function prepareLetter(letter: Letter, shared: Slots = {}): PreparedLetter {
  const { from, replyTo, headers } = letter;
  if (!oneAddress.test(from)) throw new Error("The sender's address is no mail address");
  const { html, attachments } = imagesAsParts(letter.html, domainOf(from));
  const root = new MimeNode("multipart/alternative", boundaryOf(letter));
  root.setHeader("From", { name: oneLine(letter.fromName), address: from });
  if (replyTo && oneAddress.test(replyTo)) root.setHeader("Reply-To", { name: "", address: replyTo });
  const bodies = new Map<MimeNode, BodyTemplate>();
  const addText = (parent: MimeNode, type: string, template: BodyTemplate) => {
    const node = parent.createChild(`${type}; charset=utf-8`).setContent("for the header only");
    bodies.set(node.setHeader("Content-Transfer-Encoding", "quoted-printable"), template);
  };
  addText(root, "text/plain", bodyTemplate(letter.text, false, shared));
  const page = attachments.length ? root.createChild("multipart/related") : root;
  addText(page, "text/html", bodyTemplate(html, true, shared));
  for (const { cid, content, contentType, filename } of attachments) {
    const node = page.createChild(contentType, { filename }).setContent(content);
    node.setHeader([
      { key: "Content-Id", value: `<${cid}>` },
      { key: "Content-Disposition", value: "inline" },
      { key: "Content-Transfer-Encoding", value: "base64" },
    ]);
    bodies.set(node, [pieceOf(`${base64Lines(base64(content))}\r\n`)]);
  }

  const ofRoot = headerOf(root).split(/\r\n(?![ \t])/);
  const fixed = ofRoot.map(fieldOf).filter(({ name }) => name !== "date" && name !== "message-id");
  const own: FieldTemplate[] = [
    fieldTemplate("Subject", letter.subject),
    ...Object.entries(headers).map(([name, value]) => fieldTemplate(name, value)),
  ];
  const ownNames = new Set(own.map(({ name }) => name));
  const templates = [...fixed.filter(({ name }) => !ownNames.has(name)), ...own];
  const body = joined(bodyOf(root, bodies));
  return Object.freeze({
    messageFor: (to: Addressee) => ({
      fields: [...addressFields(to), ...templates.map((one) => ("raw" in one ? one : one.fill(to.slots)))],
      body: fillBody(body, to.slots),
    }),
    readAs: readerOf(letter),
  });
}

/** From what the letter holds, with characters that never stand together in quoted-printable or base64 text. */
const boundaryOf = ({ html, text }: Letter) => ({
  boundaryPrefix: "=_",
  baseBoundary: createHash("sha256").update(html).update(text).digest("hex").slice(0, 16),
});

/** The header of a part; nodemailer makes the boundary with it. */
const headerOf = (node: MimeNode): string => node.buildHeaders();

/** All below a part's header (RFC 2046, section 5.1). */
function bodyOf(node: MimeNode, bodies: Map<MimeNode, BodyTemplate>): BodyTemplate {
  const own = bodies.get(node);
  if (own) return own;
  const parts = node.childNodes.flatMap((child) => [
    pieceOf(`--${boundary(node)}\r\n${headerOf(child)}\r\n\r\n`),
    ...bodyOf(child, bodies),
    pieceOf("\r\n"),
  ]);
  return [...parts, pieceOf(`--${boundary(node)}--\r\n`)];
}

function boundary(node: MimeNode): string {
  if (!node.boundary) throw new Error("A part of several parts has no boundary");
  return node.boundary;
}

function addressFields({ to, messageId, date }: Addressee): Field[] {
  if (!oneAddress.test(to)) throw new Error("The mail is not to one mail address");
  if (!/^<[^\s<>@]+@[^\s<>@]+>$/.test(messageId)) throw new Error("The Message-ID is none");
  return [
    fieldOf(`To: ${addressOf(to)}`),
    fieldOf(`Message-ID: ${messageId}`),
    fieldOf(`Date: ${date.toUTCString().replace("GMT", "+0000")}`),
  ];
}

function readerOf(letter: Letter): PreparedLetter["readAs"] {
  const [subject, html, text] = [letter.subject, letter.html, letter.text].map(divide);
  const headers = Object.entries(letter.headers).map(([name, value]) => [name, divide(value)] as const);
  return (slots) => {
    const plain = (name: string) => valueFor(slots, name);
    return {
      subject: fillIn(subject!, plain),
      html: fillIn(html!, (name) => escapeHtml(plain(name))),
      text: fillIn(text!, plain),
      headers: Object.fromEntries(headers.map(([name, value]) => [name, fillIn(value, plain)])),
    };
  };
}
