import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { codeOf } from "../platform/mass-mail/outcome.ts";
import { severityOf } from "../suppressions/operations.ts";
import { readMail } from "./reading.ts";

/** More than three hundred texts of servers, labelled by hand before they were read by the program. */

const marks: Record<string, string> = {
  r: "jan@kanaal.example",
  "return-path": "terug+0b5a1f7e3c7d4c0a9d435f0e6a2b8c1100@archipel.example",
  "message-id": "<0b5a1f7e3c7d4c0a9d435f0e6a2b8c1100@archipel.example>",
};
const original = `Return-Path: <{return-path}>
Received: from mail.archipel.example by mx.kanaal.example; Mon, 2 Nov 2026 09:00:03 +0100
From: Op pad <post@archipel.example>
To: {r}
Subject: Nieuws van onderweg
Message-ID: {message-id}

Dag Jan, de mailbox is vol en de gebruiker bestaat niet.
`;
const filled = (text: string) =>
  text.replaceAll("{copy}", original).replace(/\{([a-z-]+)\}/g, (all, name: string) => marks[name] ?? all);

type Severity = "hard" | "soft" | "ours" | "-";
type Case = { name: string; kind: string; severity: Severity; raw: string };
type Machine = { type: string; fields: string };

/** A mail with its text; with a part for machines, also with the returned mail. */
function mail(headers: string, text: string, machine?: Machine): string {
  const path = /^return-path:/im.test(headers) ? "" : "Return-Path: <>\n";
  const top = `${path}Delivered-To: {return-path}\nTo: {return-path}\nDate: Mon, 2 Nov 2026 09:10:07 +0100\n${headers.trim()}\n`;
  if (!machine) return filled(`${top}\n${text}`);
  const part = (type: string, content: string) => `--=_g\nContent-Type: ${type}\n\n${content}\n`;
  return filled(
    [
      top.replace(/^content-type:.*\n/im, ""),
      `MIME-Version: 1.0\nContent-Type: multipart/report; report-type=${machine.type.replace("message/", "")}; boundary="=_g"\n\n`,
      part("text/plain; charset=utf-8", text),
      part(machine.type, machine.fields),
      part("message/rfc822", original),
      "--=_g--\n",
    ].join(""),
  );
}

const deliveryStatus = (action = "", status = "", diagnostic = ""): Machine => ({
  type: "message/delivery-status",
  fields: [
    "Reporting-MTA: dns; mx.kanaal.example\n",
    "Final-Recipient: rfc822; {r}",
    ...(action ? [`Action: ${action}`] : []),
    ...(status ? [`Status: ${status}`] : []),
    ...(diagnostic ? [`Diagnostic-Code: ${/^[\w-]+; ?/.test(diagnostic) ? "" : "smtp; "}${diagnostic}`] : []),
  ].join("\n"),
});

const disposition = (said = "", field = ""): Machine => ({
  type: "message/disposition-notification",
  fields: `Reporting-UA: mx.kanaal.example\nFinal-Recipient: rfc822; {r}\nDisposition: ${said}\n${field}`,
});

const read = (file: string) => readFileSync(join(import.meta.dirname, "collection", file), "utf8");

const answers = read("answers.txt")
  .split("\n")
  .filter((line) => line && !line.startsWith("#"))
  .map((line) => {
    const [severity, status, said] = line.split(" | ") as [Severity, string, string];
    return { name: line, severity, status, said };
  });

const daemon =
  "From: Mail Delivery System <MAILER-DAEMON@mx.kanaal.example>\nSubject: Undelivered Mail Returned to Sender";
const reports: Case[] = answers.map(({ name, severity, status, said }) => ({
  ...{ name, severity, kind: "failure" },
  raw: mail(daemon, `<{r}>: ${said}\n`, deliveryStatus("failed", status, said)),
}));

const letters: Case[] = read("letters.txt")
  .split(/^#### /m)
  .slice(1)
  .map((one) => {
    const [first = "", ...lines] = one.split("\n");
    const [kind = "", severity = "-", name = ""] = first.split(" ");
    const machineLine = lines.find((line) => /^@(status|mdn) /.test(line)) ?? "";
    const [headers = "", ...body] = lines
      .filter((line) => !machineLine || line !== machineLine)
      .join("\n")
      .split("\n\n");
    const fields = machineLine
      .replace(/^@\w+ /, "")
      .split("|")
      .map((field) => field.trim());
    const machine = machineLine.startsWith("@status")
      ? deliveryStatus(...fields)
      : machineLine && disposition(...fields);
    return {
      name,
      kind,
      severity: severity as Severity,
      raw: mail(headers, body.join("\n\n"), machine || undefined),
    };
  });

/** What is misread of some mails, by name. */
async function misread(cases: Case[]) {
  const wrong = {
    hard: [] as string[],
    notHard: [] as string[],
    missed: [] as string[],
    kind: [] as string[],
  };
  for (const { name, kind, severity, raw } of cases) {
    const found = await readMail(Buffer.from(raw, "utf8"));
    const isHard = found.status !== null && severityOf(found.status) === "hard";
    if (kind !== "failure" && found.kind !== kind) wrong.kind.push(name);
    if (kind === "failure" && found.kind !== "failure") wrong.missed.push(name);
    if (isHard && severity !== "hard") wrong.hard.push(name);
    if (!isHard && severity === "hard" && found.kind === "failure") wrong.notHard.push(name);
  }
  return wrong;
}

test("no address is given up that is alive, no failure is missed, and nearly all dead ones are seen", async () => {
  const all = [...reports, ...letters];
  expect(all.length).toBeGreaterThanOrEqual(300);
  const { notHard, ...wrong } = await misread(all);
  expect(wrong).toEqual({ hard: [], missed: [], kind: [] });
  const dead = all.filter(({ severity }) => severity === "hard").length;
  expect(notHard.length / dead, notHard.join("\n")).toBeLessThan(0.05);
});

test("what a server says at SMTP means the same as in a report", () => {
  const misread = answers
    .filter(({ said }) => /^5\d\d[ -]/.test(said))
    .filter(({ said, severity }) => severityOf(codeOf(filled(said))) === "hard" && severity !== "hard")
    .map(({ name }) => name);
  expect(misread).toEqual([]);
});
