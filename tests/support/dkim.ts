import { createHash, createVerify, type KeyObject } from "node:crypto";

export type DkimCheck = { tags: Record<string, string>; bodyHash: boolean; signature: boolean };

/** Checks the DKIM signature of a mail as a receiver does (RFC 6376, relaxed/relaxed with rsa-sha256). */
export function checkDkim(mail: Buffer, publicKey: KeyObject): DkimCheck | null {
  const text = mail.toString("latin1");
  const end = text.indexOf("\r\n\r\n");
  const fields = text.slice(0, end).split(/\r\n(?![ \t])/);
  const signed = fields.find((field) => nameOf(field) === "dkim-signature");
  if (!signed) return null;
  const value = signed.slice(signed.indexOf(":") + 1);
  const tags = Object.fromEntries(
    value
      .split(";")
      .map((tag) => tag.trim())
      .filter(Boolean)
      .map((tag): [string, string] => {
        const at = tag.indexOf("=");
        return [tag.slice(0, at).trim(), tag.slice(at + 1).replace(/\s+/g, "")];
      }),
  );

  // Section 5.4.2: a name that is listed more than once means that field from the bottom up.
  const left = fields.filter((field) => field !== signed);
  const covered = (tags.h ?? "")
    .toLowerCase()
    .split(":")
    .flatMap((name) => {
      const at = left.findLastIndex((field) => nameOf(field) === name);
      return at === -1 ? [] : left.splice(at, 1);
    });
  const withoutSignature = signed.replace(/([;\s]b=)[^;]*/, "$1");
  const data = [...covered, withoutSignature].map(relaxedHeader).join("\r\n");
  const body = relaxedBody(text.slice(end + 4));
  return {
    tags,
    bodyHash: createHash("sha256").update(body, "latin1").digest("base64") === tags.bh,
    signature: createVerify("RSA-SHA256")
      .update(data, "latin1")
      .verify(publicKey, tags.b ?? "", "base64"),
  };
}

const nameOf = (field: string) => field.slice(0, field.indexOf(":")).trim().toLowerCase();

/** Section 3.4.2. */
function relaxedHeader(field: string): string {
  const value = field.slice(field.indexOf(":") + 1);
  return `${nameOf(field)}:${value
    .replace(/\r\n/g, "")
    .replace(/[ \t]+/g, " ")
    .trim()}`;
}

/** Section 3.4.4. */
function relaxedBody(body: string): string {
  const lines = body.split("\r\n").map((line) => line.replace(/[ \t]+/g, " ").trimEnd());
  const trimmed = lines.join("\r\n").replace(/(\r\n)+$/, "");
  return trimmed && `${trimmed}\r\n`;
}
