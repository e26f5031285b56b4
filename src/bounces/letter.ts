import { type Attachment, simpleParser } from "mailparser";

/** A mail taken apart, as far as it can be: broken ones give what is there. */
export type Letter = {
  /** In order; names in lower case, values without folding. */
  headers: { name: string; value: string }[];
  subject: string;
  /** Plain text, or what is left of HTML. */
  text: string;
  /** Everything else, in order; types in lower case, without parameters. */
  parts: { type: string; content: string }[];
};

/** HTML that is longer is no report, and turning it into text would take long. */
const longestHtml = 100_000;

/** Characters of a header that are looked at. */
const longestHeader = 2000;

/** @throws when a mail cannot be taken apart at all. */
export async function openLetter(raw: Buffer): Promise<Letter> {
  const mail = await simpleParser(raw, {
    keepDeliveryStatus: true,
    ignoreEmbedded: true,
    skipTextToHtml: true,
    keepCidLinks: true,
    checksumAlgo: false,
    maxHtmlLengthToParse: longestHtml,
  });
  return {
    headers: mail.headerLines.map(({ key, line }) => ({ name: key.toLowerCase(), value: unfolded(line) })),
    subject: (mail.subject ?? "").slice(0, longestHeader),
    text: mail.text || (mail.attachments.length === 0 ? bodyOf(raw) : ""),
    parts: mail.attachments.map((part) => ({ type: typeOf(part), content: textOf(part.content) })),
  };
}

/** All after the headers, as it stands: of a multipart mail whose boundary never comes, nothing else is left. */
function bodyOf(raw: Buffer): string {
  const text = raw.toString("latin1");
  const at = text.search(/\r?\n\r?\n/);
  return at < 0 ? "" : text.slice(at);
}

/** The values of all headers with a name (lower-case), in order. */
export const headersOf = (letter: Letter, name: string): string[] =>
  letter.headers.filter((header) => header.name === name).map(({ value }) => value);

/** The first value of a header, or an empty text. */
export const headerOf = (letter: Letter, name: string): string => headersOf(letter, name)[0] ?? "";

/** The parts of a type; the forms for addresses in UTF-8 (RFC 6533) count as their older siblings. */
export const partsOf = (letter: Letter, type: string): string[] =>
  letter.parts.filter((part) => part.type === type).map(({ content }) => content);

const unfolded = (line: string) =>
  line
    .slice(line.indexOf(":") + 1)
    .slice(0, longestHeader)
    .replace(/\r?\n[ \t]{0,100}/g, " ")
    .trim();

const typeOf = ({ contentType }: Attachment) =>
  contentType
    .toLowerCase()
    .replace("message/global-delivery-status", "message/delivery-status")
    .replace("message/global-headers", "text/rfc822-headers")
    .replace(/^message\/global$/, "message/rfc822");

/** UTF-8, or byte by byte where it is none. */
function textOf(content: Buffer): string {
  const text = content.toString("utf8");
  return text.includes("\uFFFD") ? content.toString("latin1") : text;
}
