import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { messageIdOf, returnPathOf } from "../deliveries/verp.ts";
import { unsubscribeAddressOf } from "../newsletters/operations.ts";
import { parseConfig } from "../platform/config.ts";
import { createKeys } from "../platform/keys.ts";
import { severityOf } from "../suppressions/operations.ts";
import { endsAddress, matchDelivery, matchUnsubscribe } from "./matching.ts";
import { type MailKind, readMail } from "./reading.ts";

/** How a mail is matched: by the address it came to, by what stands in it, as an unsubscribe, or not at all. */
type MatchedBy = "return-path" | "inside" | "unsubscribe" | null;

const folder = join(import.meta.dirname, "corpus");
const ctx = here("the secret of this installation alone");
const stranger = here("the secret of somebody else altogether");
const deliveryId = "0b5a1f7e-3c7d-4c0a-9d43-5f0e6a2b8c11";
const subscriptionId = "7c1de2a4-90b3-4f58-8a6e-2d4b6f8091a3";

function here(secret: string) {
  const parsed = parseConfig({
    MAIL_FROM: "post@archipel.example",
    BOUNCE_ADDRESS: "Terug@archipel.example",
  });
  if (parsed.kind === "invalid") throw new Error(parsed.problems.join());
  return { config: parsed.config, keys: createKeys(secret) };
}

/** The marks of one delivery in the places that the texts leave for them. */
function filled(text: string): Buffer {
  const messageId = messageIdOf(ctx, deliveryId);
  const marks: Record<string, string> = {
    "return-path": returnPathOf(ctx, deliveryId),
    "RETURN-PATH": returnPathOf(ctx, deliveryId).toUpperCase(),
    "return-path-lower": returnPathOf(ctx, deliveryId).toLowerCase(),
    "message-id": messageId,
    "message-mark-broken-in-two": `${messageId.slice(1, 20)}=\n${messageId.slice(20, 49)}`,
    unsubscribe: unsubscribeAddressOf(ctx, subscriptionId),
    UNSUBSCRIBE: unsubscribeAddressOf(ctx, subscriptionId).toUpperCase(),
    "forged-return-path": returnPathOf(stranger, deliveryId),
    "forged-message-id": messageIdOf(stranger, deliveryId),
    "forged-unsubscribe": unsubscribeAddressOf(stranger, subscriptionId),
  };
  return Buffer.from(
    text.replace(/\{([A-Za-z-]+)\}/g, (all, name: string) => marks[name] ?? all),
    "latin1",
  );
}

const lineEnds = { LF: (text: string) => text, CRLF: (text: string) => text.replace(/\r?\n/g, "\r\n") };

const expected: [file: string, kind: MailKind, status: string | null, by: MatchedBy][] = [
  ["postfix-user-unknown", "failure", "5.1.1", "return-path"],
  ["postfix-mailbox-full", "failure", "5.2.2", "return-path"],
  ["postfix-delayed", "delay", null, "return-path"],
  ["postfix-host-not-found", "failure", "5.4.4", "return-path"],
  ["postfix-expired-after-five-days", "failure", "4.4.1", "return-path"],
  ["postfix-delivered-receipt", "receipt", null, "return-path"],
  ["sendmail-relayed-receipt", "receipt", null, "return-path"],
  ["list-expanded-receipt", "receipt", null, "return-path"],
  ["sendmail-user-unknown", "failure", "5.1.1", "return-path"],
  ["sendmail-vague-status", "failure", "5.1.1", "return-path"],
  ["exim-no-report", "failure", "5.1.1", "return-path"],
  ["exim-unrouteable", "failure", "5.1.1", "return-path"],
  ["exim-delay-warning", "delay", null, "return-path"],
  ["exim-quota", "failure", "5.2.2", "return-path"],
  ["qmail-no-mailbox", "failure", "5.1.1", "return-path"],
  ["qmail-over-quota-no-status", "failure", "5.2.2", "return-path"],
  ["qmail-without-mark-in-address", "failure", "5.1.1", "inside"],
  ["exchange-recipient-not-found", "failure", "5.1.10", "return-path"],
  ["exchange-restricted-is-policy", "failure", "5.7.133", "return-path"],
  ["office365-access-denied-is-unknown", "failure", "5.1.1", "return-path"],
  ["office365-domain-gone", "failure", "5.4.310", "return-path"],
  ["office365-expired-with-last-error", "failure", "4.4.7", "return-path"],
  ["outlook-blocked-network", "failure", "5.7.1", "return-path"],
  ["blocked-but-says-unknown-status", "failure", "5.7.1", "return-path"],
  ["gmail-no-such-account", "failure", "5.1.1", "return-path"],
  ["gmail-over-quota-for-days", "failure", "4.2.2", "return-path"],
  ["gmail-delay", "delay", null, "return-path"],
  ["yahoo-no-account", "failure", "5.1.1", "return-path"],
  ["aol-mailbox-disabled", "failure", "5.2.1", "return-path"],
  ["yahoo-complaints-deferred-for-good", "failure", "4.7.0", "return-path"],
  ["domino-not-listed", "failure", "5.1.1", "return-path"],
  ["zimbra-relay-status", "failure", "5.2.2", "return-path"],
  ["mailenable-no-report", "failure", "5.1.1", "return-path"],
  ["mdaemon-permanent", "failure", "5.1.1", "return-path"],
  ["groupwise-dutch", "failure", "5.1.1", "return-path"],
  ["dutch-mailbox-full", "failure", "5.2.2", "return-path"],
  ["dutch-delayed", "delay", null, "return-path"],
  ["german-unknown", "failure", "5.1.1", "return-path"],
  ["french-full-html-only", "failure", "5.2.2", "return-path"],
  ["mark-in-upper-case", "failure", "5.1.1", "return-path"],
  ["mark-in-lower-case", "failure", "5.1.1", "return-path"],
  ["mark-only-in-received", "failure", "5.1.1", "return-path"],
  ["report-without-original", "failure", "5.1.1", "return-path"],
  ["no-mark-but-original-headers", "failure", "5.1.1", "inside"],
  ["no-mark-original-in-base64", "failure", "5.1.1", "inside"],
  ["no-mark-at-all", "failure", "5.1.1", null],
  ["forged-mark", "failure", "5.1.1", null],
  ["mark-of-unsubscribing-is-no-return-path", "failure", "5.1.1", null],
  ["groups-without-empty-line", "failure", "5.1.1", "return-path"],
  ["list-behind-address-mildest-counts", "failure", "5.2.2", "return-path"],
  ["utf8-address-global-status", "failure", "5.1.1", "return-path"],
  ["moved-away", "failure", "5.1.6", "return-path"],
  ["sender-address-refused-is-ours", "failure", "5.1.8", "return-path"],
  ["sender-rejected-as-address-status", "failure", "5.1.8", "return-path"],
  ["sender-domain-not-found", "failure", "5.1.8", "return-path"],
  ["sender-verify-failed", "failure", "5.1.8", "return-path"],
  ["afzender-geweigerd", "failure", "5.1.8", "return-path"],
  ["address-status-but-unknown-in-words", "failure", "5.1.1", "return-path"],
  ["alias-with-one-dead-member", "failure", "5.1.1", "return-path"],
  ["list-with-one-dead-member", "failure", "5.1.1", "return-path"],
  ["too-large", "failure", "5.3.4", "return-path"],
  ["mailbox-named-spam", "failure", "5.1.1", "return-path"],
  ["broken-truncated-in-original", "failure", "5.1.1", "return-path"],
  ["broken-truncated-in-report", "failure", "5.1.1", "return-path"],
  ["broken-boundary-never-comes", "failure", "5.1.1", "return-path"],
  ["broken-no-boundary-parameter", "failure", "5.1.1", "return-path"],
  ["broken-unknown-charset", "failure", "5.1.1", "return-path"],
  ["broken-8-bit-garbage", "failure", "5.1.1", "return-path"],
  ["broken-only-garbage", "other", null, null],
  ["broken-empty", "other", null, null],
  ["broken-huge-headers", "failure", "5.1.1", "return-path"],
  ["broken-one-endless-header", "other", null, "return-path"],
  ["broken-fields-in-text-part", "failure", "5.1.1", "return-path"],
  ["nested-report-sent-on-by-postmaster", "failure", "5.1.1", "return-path"],
  ["double-bounce", "failure", "5.1.1", "return-path"],
  ["nested-too-deep", "other", null, "inside"],
  ["arf-abuse", "complaint", null, "inside"],
  ["arf-yahoo", "complaint", null, "inside"],
  ["arf-redacted-recipient", "complaint", null, "inside"],
  ["arf-microsoft-jmrp", "complaint", null, "inside"],
  ["arf-not-spam-after-all", "other", null, "inside"],
  ["arf-auth-failure", "other", null, "inside"],
  ["auto-reply-exchange-dutch", "auto-reply", null, "return-path"],
  ["auto-reply-vacation-rfc3834", "auto-reply", null, "return-path"],
  ["auto-reply-left-the-organisation", "auto-reply", null, "return-path"],
  ["auto-reply-from-postmaster", "auto-reply", null, "return-path"],
  ["challenge-spam-filter", "challenge", null, "return-path"],
  ["challenge-not-marked", "challenge", null, "return-path"],
  ["read-receipt", "receipt", null, "return-path"],
  ["unsubscribe-by-mail-program", "other", null, "unsubscribe"],
  ["unsubscribe-from-another-address", "other", null, "unsubscribe"],
  ["unsubscribe-forged", "other", null, null],
  ["answer-of-a-person", "other", null, "return-path"],
  ["live-gmail-receives-too-fast", "failure", "5.4.5", "return-path"],
  ["live-postfix-access-denied", "failure", "5.7.1", "return-path"],
  ["live-postfix-policy-no-ptr", "failure", "5.7.1", "return-path"],
  ["live-postfix-no-relaying", "failure", "5.7.0", "return-path"],
  ["live-sendmail-blocklist-only-in-link", "failure", "5.7.1", "return-path"],
  ["live-too-big-called-unknown", "failure", "5.2.3", "return-path"],
  ["live-full-called-unknown", "failure", "5.2.2", "return-path"],
  ["live-ironport-quotes-other-cause", "failure", "5.7.1", "return-path"],
  ["missed-action-error", "failure", "5.1.2", "return-path"],
  ["missed-action-failure-status-is-smtp", "failure", "5.1.1", "return-path"],
  ["missed-qmail-own-introduction", "failure", "5.1.1", "return-path"],
  ["missed-not-able-to-deliver", "failure", "5.1.1", "return-path"],
  ["taken-for-failure-still-trying-antivirus", "delay", null, "return-path"],
  ["stranger-about-something-else", "other", null, null],
];

test("every text has its line in the table", () => {
  expect(expected.map(([file]) => `${file}.eml`).sort()).toEqual(readdirSync(folder).sort());
  expect(expected.length).toBeGreaterThanOrEqual(45);
});

test.each(expected)("%s", async (file, kind, status, by) => {
  for (const ended of Object.values(lineEnds)) {
    const raw = filled(ended(readFileSync(join(folder, `${file}.eml`), "latin1")));
    const reading = await readMail(raw);
    const match = matchDelivery(ctx, reading);
    const leaving = matchUnsubscribe(ctx, reading);
    if (leaving) expect(leaving).toEqual({ subscriptionId });
    expect({
      kind: reading.kind,
      status: reading.status,
      by: leaving ? "unsubscribe" : (match?.by ?? null),
    }).toEqual({
      kind,
      status,
      by,
    });
    if (match) expect(match.deliveryId).toBe(deliveryId);
  }
});

/** Whose address is given up at once: everything else here is soft, or no failure at all. */
const givenUp = [
  "address-status-but-unknown-in-words",
  "postfix-user-unknown",
  "postfix-host-not-found",
  "sendmail-user-unknown",
  "sendmail-vague-status",
  "exim-no-report",
  "exim-unrouteable",
  "qmail-no-mailbox",
  "qmail-without-mark-in-address",
  "exchange-recipient-not-found",
  "office365-access-denied-is-unknown",
  "office365-domain-gone",
  "gmail-no-such-account",
  "yahoo-no-account",
  "aol-mailbox-disabled",
  "domino-not-listed",
  "mailenable-no-report",
  "mdaemon-permanent",
  "groupwise-dutch",
  "german-unknown",
  "mark-in-upper-case",
  "mark-in-lower-case",
  "mark-only-in-received",
  "report-without-original",
  "no-mark-but-original-headers",
  "no-mark-original-in-base64",
  "no-mark-at-all",
  "forged-mark",
  "mark-of-unsubscribing-is-no-return-path",
  "groups-without-empty-line",
  "utf8-address-global-status",
  "moved-away",
  "mailbox-named-spam",
  "broken-truncated-in-original",
  "broken-truncated-in-report",
  "broken-boundary-never-comes",
  "broken-no-boundary-parameter",
  "broken-unknown-charset",
  "broken-8-bit-garbage",
  "broken-huge-headers",
  "broken-fields-in-text-part",
  "nested-report-sent-on-by-postmaster",
  "double-bounce",
  "missed-action-error",
  "missed-action-failure-status-is-smtp",
  "missed-qmail-own-introduction",
  "missed-not-able-to-deliver",
];

/** Somebody behind the address is gone, and it goes on. */
const membersGone = ["alias-with-one-dead-member", "list-with-one-dead-member"];

test("only an address that is gone is given up at once", () => {
  const hard = expected
    .filter(([, , status]) => status && severityOf(status) === "hard")
    .map(([file]) => file);
  expect(hard.sort()).toEqual([...givenUp, ...membersGone].sort());
});

test("one dead member does not end the address, and another report about the address itself does", async () => {
  const ends = async (file: string, address: string) =>
    endsAddress(ctx, await readMail(filled(readFileSync(join(folder, `${file}.eml`), "latin1"))), address);
  for (const file of membersGone) expect(await ends(file, "jan@gemeente.example"), file).toBe(false);
  expect(await ends("list-behind-address-mildest-counts", "team@gemeente.example")).toBe(false);
  expect(await ends("postfix-user-unknown", "jan@gemeente.example")).toBe(true);
  expect(await ends("postfix-user-unknown", "info@gemeente.example"), "passed on to jan").toBe(false);
  expect(await ends("qmail-no-mailbox", "kees@regio.example")).toBe(true);
  expect(await ends("report-without-original", "jan@gemeente.example")).toBe(true);
});

test("nobody is named as failed who is not", async () => {
  const recipients = async (file: string) => [
    ...new Set((await readMail(filled(readFileSync(join(folder, `${file}.eml`), "latin1")))).recipients),
  ];
  expect(await recipients("postfix-user-unknown")).toEqual(["jan@gemeente.example"]);
  expect(await recipients("exim-no-report")).toEqual(["els@kennis.example"]);
  expect(await recipients("qmail-no-mailbox")).toEqual(["kees@regio.example"]);
  expect(await recipients("arf-yahoo")).toEqual(["bram@yahoopost.example"]);
  expect(await recipients("arf-microsoft-jmrp")).toEqual(["sanne@hotpost.example"]);
  expect(await recipients("stranger-about-something-else")).toEqual([]);
});
