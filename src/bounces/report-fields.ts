import { serverNamedIn } from "../platform/mail-failures/server-named.ts";

/** The fields of one group in a report's machine part: names in lower case. */
export type Fields = Map<string, string>;

/** What a delivery status says about one recipient (RFC 3464, section 2.3). */
export type RecipientReport = {
  /** "failed", "delayed", "delivered", "relayed", "expanded", or what else stands there; in lower case. */
  action: string;
  status: string | null;
  diagnostic: string;
  recipients: string[];
  /** Host names of the server that refused, surest first. */
  servers: string[];
  /** Whose mailbox it is about: behind an alias another than the one that was written to. */
  final: string[];
};

/**
 * Groups of "Name: value" lines, folded or not. A group ends at an empty line, and, since some servers leave that out,
 * where a field comes again that a group has once.
 */
export function fieldGroups(text: string): Fields[] {
  const groups: Fields[] = [new Map()];
  let last = "";
  for (const line of text.split(/\r\n|\r|\n/)) {
    const group = groups.at(-1) as Fields;
    const [, name, value = ""] = /^([A-Za-z][A-Za-z0-9-]*)[ \t]*:[ \t]*(.*)$/.exec(line) ?? [];
    if (line.trim() === "") {
      if (group.size > 0) groups.push(new Map());
    } else if (name) {
      last = name.toLowerCase();
      const begins = onceInGroup.has(last) && group.has(last);
      const into = begins ? new Map<string, string>() : group;
      if (begins) groups.push(into);
      if (!into.has(last)) into.set(last, value.slice(0, longestValue).trim());
    } else if (/^[ \t]/.test(line) && last) {
      const value = group.get(last) ?? "";
      if (value.length < longestValue)
        group.set(last, `${value} ${line.trim()}`.trim().slice(0, longestValue));
    }
  }
  return groups.filter((group) => group.size > 0);
}

/** Characters of a field's value that are looked at. */
const longestValue = 2000;

const onceInGroup = new Set(["final-recipient", "action", "status"]);

/** Recipients that a report is read for: each mail of ours goes to one, and a list behind that address may add some. */
const mostRecipients = 50;

/** The reports in a delivery-status part, or in any text that holds their fields. */
export function recipientReports(text: string): RecipientReport[] {
  return fieldGroups(text)
    .filter((group) => group.has("action") || (group.has("status") && group.has("final-recipient")))
    .slice(0, mostRecipients)
    .map((group) => {
      const said = group.get("status") ?? "";
      const status = /[245]\.\d{1,3}\.\d{1,3}/.exec(said)?.[0] ?? null;
      return {
        action: actionOf(group.get("action") ?? "", said),
        status,
        // Some write the SMTP answer where the status belongs: "Status: 550 no such user".
        diagnostic: group.get("diagnostic-code") ?? (/^[245]\d\d\b/.test(said) ? said : ""),
        servers: [
          ...mtasIn(group, ["remote-mta"]),
          ...[serverNamedIn(group.get("diagnostic-code") ?? "") ?? []].flat(),
        ],
        final: recipientsIn(group, ["final-recipient"]),
        recipients: recipientsIn(group, ["original-recipient", "final-recipient", "x-actual-recipient"]),
      };
    });
}

const actions = ["failed", "delayed", "delivered", "relayed", "expanded"];

/** One of RFC 3464's actions: as it stands there, in another word for it ("error", "failure"), or by the status. */
function actionOf(named: string, status: string): string {
  const word = /[a-z]+/i.exec(named)?.[0].toLowerCase() ?? "";
  if (actions.includes(word)) return word;
  if (/^(fail|err|undeliver|reject|refus|bounc|perm|fatal|denied)/.test(word)) return "failed";
  if (/^(delay|defer|trans|temp|warn|queue|retr|pend)/.test(word)) return "delayed";
  if (/^(deliver|success|accept|ok)/.test(word)) return "delivered";
  return status.startsWith("2") ? "delivered" : status.startsWith("4") && word ? "delayed" : "failed";
}

/** The host names in typed fields ("dns; mx.example.org") of a group, in lower case. */
const mtasIn = (group: Fields, names: string[]): string[] =>
  names.flatMap((name) => /^[\w-]+;[ \t]*([\w.-]+)/.exec(group.get(name) ?? "")?.[1]?.toLowerCase() ?? []);

/** The same in all groups of a report's machine part. */
export const serversIn = (text: string, names: string[]): string[] =>
  fieldGroups(text).flatMap((group) => mtasIn(group, names));

/** The addresses in typed fields ("rfc822; jan@example.org"), in lower case. */
export const recipientsIn = (group: Fields, names: string[]): string[] =>
  names.flatMap((name) => addressesIn(group.get(name) ?? ""));

/** Every mail address in a text, in lower case. */
export const addressesIn = (text: string): string[] =>
  (text.match(/[^\s<>;,:"()[\]]{1,80}@[\w.-]{0,254}\w/g) ?? []).map((address) => address.toLowerCase());
