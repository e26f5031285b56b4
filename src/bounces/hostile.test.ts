import { describe, expect, test } from "vitest";
import { keptBytes } from "./mailbox.ts";
import { readMail } from "./reading.ts";

const full = (piece: string) => piece.repeat(Math.floor((keptBytes - 600) / piece.length));
const pieces = [
  ...[
    "a",
    "\n",
    " ",
    "-",
    "@",
    "a@",
    "<",
    "=",
    "=\n",
    "--b\n",
    "1",
    "5.1.1 ",
    "5.1.1",
    "5.",
    "0123456789abcdef",
  ],
  ...[
    "fail",
    "could not ",
    "deliver",
    "exceed",
    "mailbox ",
    "niet a",
    "user ",
    "verify ",
    "for ",
    "Status: 5\n",
    "Action: failed\n",
  ],
  ...["Final-Recipient: rfc822; x\nAction: failed\n", "copy of the message ", "(", "Received: ", "é"],
];

const frames: Record<string, (text: string) => string> = {
  subject: (text) => `From: mailer-daemon@x.example\nSubject: ${text.replaceAll("\n", "\n ")}\n\nx`,
  "other headers": (text) =>
    `From: ${text.replaceAll("\n", "\n ")}\nTo: x\nReceived: for ${text.replaceAll("\n", "\n ")}\n\nx`,
  text: (text) => `Return-Path: <>\nFrom: mailer-daemon@x.example\nSubject: failure notice\n\n${text}`,
  report: (text) =>
    `From: mailer-daemon@x.example\nContent-Type: multipart/report; boundary="b"\n\n--b\nContent-Type: message/delivery-status\n\n${text}`,
  diagnostic: (text) =>
    `Content-Type: multipart/report; boundary="b"\n\n--b\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822;x@y.example\nAction: failed\nDiagnostic-Code: smtp; ${text.replaceAll("\n", "\n ")}`,
  html: (text) => `From: mailer-daemon@x.example\nContent-Type: text/html\n\n<p>${text}</p>`,
};

describe("a mail made to keep the reader busy takes no more than five seconds", () => {
  test.each(Object.entries(frames))(
    "in its %s",
    async (_where, frame) => {
      const slow: string[] = [];
      for (const piece of pieces) {
        const began = performance.now();
        await readMail(Buffer.from(frame(full(piece)))).catch(() => null);
        const took = performance.now() - began;
        if (took > 5000) slow.push(`${JSON.stringify(piece)}: ${Math.round(took)} ms`);
      }
      expect(slow).toEqual([]);
    },
    120_000,
  );
});
