import { meaningOf, milder } from "../platform/mail-failures/meaning.ts";
import { serverNamedIn } from "../platform/mail-failures/server-named.ts";
import { statusIn } from "../suppressions/operations.ts";
import { kindInWords, refusesInWords, wordsOfServer } from "./kinds.ts";
import { headerOf, headersOf, type Letter, openLetter, partsOf } from "./letter.ts";
import {
  addressesIn,
  fieldGroups,
  type RecipientReport,
  recipientReports,
  recipientsIn,
  serversIn,
} from "./report-fields.ts";

/** What a mail that came in is. Only "failure" and "complaint" do something by themselves. */
export type MailKind = "failure" | "delay" | "receipt" | "complaint" | "auto-reply" | "challenge" | "other";

export type Reading = {
  kind: MailKind;
  /** Of a failure: the status that counts (RFC 3463). */
  status: string | null;
  /** To which addresses the mail came, surest first; in lower case. */
  addressees: string[];
  /** Whom a report names as recipients of the mail that it is about; in lower case. */
  recipients: string[];
  /** Of a failure: whose mailboxes failed, as far as the report says; in lower case. */
  failed: string[];
  /** Whether somebody behind the address got the mail all the same. */
  arrived: boolean;
  /** Of a failure: the servers it names, the one that refused first. */
  servers: string[];
  /** Whether it holds a part for machines that says what it is. */
  hasReport: boolean;
  /** Texts in which the Message-ID or the return path of the mail it is about may stand, surest first. */
  about: string[];
};

/** How deep a report inside a forwarded mail is looked for: a double bounce that a postmaster sent on, say. */
const deepest = 3;

/**
 * Reads what came in: reports (RFC 3464 in RFC 6522, RFC 5965, RFC 8098), and mails of servers that write in words.
 *
 * @throws when a mail cannot be taken apart at all.
 */
export async function readMail(raw: Buffer, depth = 1): Promise<Reading> {
  const letter = await openLetter(raw);
  const reading = readLetter(letter);
  if (reading.kind !== "other" || depth >= deepest) return reading;
  for (const inner of partsOf(letter, "message/rfc822")) {
    const inside = await readMail(Buffer.from(inner, "utf8"), depth + 1);
    if (inside.kind === "failure" || inside.kind === "complaint" || inside.kind === "delay")
      return { ...inside, addressees: [...reading.addressees, ...inside.addressees] };
  }
  return reading;
}

function readLetter(letter: Letter): Reading {
  const found = readComplaint(letter) ?? readReceipt(letter) ?? readReport(letter) ?? readWords(letter);
  const hasReport = reportTypes.some((type) => partsOf(letter, type).length > 0);
  const rest = { hasReport, addressees: addresseesOf(letter), about: aboutOf(letter) };
  return { failed: [], servers: [], arrived: false, ...found, ...rest };
}

const reportTypes = [
  "message/delivery-status",
  "message/feedback-report",
  "message/disposition-notification",
];

type Found = Pick<Reading, "kind" | "status" | "recipients"> &
  Partial<Pick<Reading, "failed" | "arrived" | "servers">>;

/** A complaint (RFC 5965), also in the older form of Microsoft's JMRP, which has no report part. */
function readComplaint(letter: Letter): Found | null {
  const [report] = partsOf(letter, "message/feedback-report");
  const [fields] = fieldGroups(report ?? "");
  const [original] = partsOf(letter, "message/rfc822");
  const originalFields = fieldGroups((original ?? "").split(/\r?\n\r?\n/, 1)[0] ?? "")[0];
  if (!fields) {
    const jmrp = originalFields?.has("x-hmxmroriginalrecipient");
    if (!jmrp || !originalFields) return null;
    const recipients = recipientsIn(originalFields, ["x-hmxmroriginalrecipient"]);
    return { kind: "complaint", status: null, recipients };
  }
  const type = fields.get("feedback-type")?.toLowerCase() ?? "abuse";
  // "auth-failure" (RFC 6591) is about signatures, "not-spam" takes a complaint back.
  const kind = /^(abuse|fraud|virus|opt-out|opt-out-list|other|miscategorized)\b/.test(type)
    ? "complaint"
    : "other";
  const named = ["original-rcpt-to", "removal-recipient"];
  return { kind, status: null, recipients: recipientsIn(fields, named) };
}

/**
 * That a mail was shown or thrown away (RFC 8098). Some servers, Dovecot's among them, say in the same form that they refuse
 * it: with an error beside, or in words.
 */
function readReceipt(letter: Letter): Found | null {
  const [notification] = partsOf(letter, "message/disposition-notification");
  if (notification === undefined) return null;
  const [fields = new Map<string, string>()] = fieldGroups(notification);
  const recipients = recipientsIn(fields, ["original-recipient", "final-recipient"]);
  const words = wordsOfServer(letter.text);
  const named = [fields.get("error"), fields.get("failure")].filter(Boolean).join(" ");
  if (!named && !refusesInWords(letter, words, fields.get("disposition") ?? ""))
    return { kind: "receipt", status: null, recipients: [] };
  const { status } = meaningOf(null, named || `${letter.subject}\n${words}`);
  return { kind: "failure", status, recipients, failed: recipients };
}

/** A delivery status (RFC 3464). In broken mails its fields may stand in the text. */
function readReport(letter: Letter): Found | null {
  const parts = partsOf(letter, "message/delivery-status");
  const text = parts.length > 0 ? parts.join("\n\n") : looseFields(letter);
  const reports = recipientReports(text);
  if (reports.length === 0) return null;
  const recipients = reports.flatMap((report) => report.recipients);
  const failed = reports.filter(({ action }) => action === "failed");
  const arrived = reports.some(({ action }) => /^(delivered|relayed|expanded)$/.test(action));
  if (failed.length > 0) {
    const named = failed.flatMap((report) => (report.final.length > 0 ? report.final : report.recipients));
    const servers = [...failed.flatMap((report) => report.servers), ...serversIn(text, ["reporting-mta"])];
    return { kind: "failure", status: mildest(failed, letter), recipients, failed: named, arrived, servers };
  }
  const kind = reports.some(({ action }) => action === "delayed") ? "delay" : "receipt";
  return { kind, status: null, recipients };
}

const looseFields = ({ text, parts }: Letter): string =>
  [text, ...parts.filter(({ type }) => !/^image|rfc822/.test(type)).map(({ content }) => content)].find(
    (text) => /^(final|original)-recipient:/im.test(text) && /^action:/im.test(text),
  ) ?? "";

/** Several recipients failed (a list behind the address): the mildest counts, since giving up needs certainty. */
function mildest(failed: RecipientReport[], letter: Letter): string {
  const words = wordsOfServer(letter.text);
  return failed.map((report) => statusOf(report, words)).reduce(milder);
}

/** By the remote server's answer; where that says nothing in words, by what the mail says to people. */
function statusOf({ status, diagnostic }: RecipientReport, words: string): string {
  if (!/\p{L}{3}/u.test(diagnostic.replace(/^[\w-]+;/, "")))
    return meaningOf(status ?? statusIn(diagnostic), words).status;
  const said = meaningOf(status, diagnostic).status;
  return /\.0\.0$/.test(said) ? meaningOf(said, words).status : said;
}

/** Servers that write in words only: qmail's, Exim's, Domino's and many others. */
function readWords(letter: Letter): Found {
  const words = wordsOfServer(letter.text);
  const kind = kindInWords(letter, words);
  if (kind !== "failure") return { kind, status: null, recipients: [] };
  const failed = headersOf(letter, "x-failed-recipients").flatMap(addressesIn);
  const recipients = failed.length > 0 ? failed : addressesIn(words);
  const { status } = meaningOf(null, `${letter.subject}\n${words}`);
  const server = serverNamedIn(words);
  return { kind, status, recipients, failed: recipients, servers: server ? [server] : [] };
}

const envelopeHeaders = ["delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to"];

/** To whom a mail came: what the receiving server noted, before what the sender wrote. */
function addresseesOf(letter: Letter): string[] {
  const named = [...envelopeHeaders, "x-rcpt-to", "apparently-to", "to", "cc", "resent-to"];
  const written = named.flatMap((name) => headersOf(letter, name)).flatMap(addressesIn);
  const received = headersOf(letter, "received").flatMap((line) =>
    addressesIn(/\bfor\s+<?([^\s<>;]+)/i.exec(line)?.[1] ?? ""),
  );
  return [...new Set([...written, ...received])];
}

/** The returned mail or its headers first, then what the report and the text say of it. */
function aboutOf(letter: Letter): string[] {
  const returned = [...partsOf(letter, "message/rfc822"), ...partsOf(letter, "text/rfc822-headers")];
  const others = letter.parts.map(({ content }) => content).filter((content) => !returned.includes(content));
  const answered = `${headerOf(letter, "in-reply-to")} ${headerOf(letter, "references")}`;
  return [...returned, ...others, letter.text, answered];
}
