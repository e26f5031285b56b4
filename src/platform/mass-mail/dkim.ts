import { createHash, createPrivateKey, hash, type KeyObject, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { promisify } from "node:util";
import type { Config } from "../config.ts";
import { relaxedBody, relaxedField, relaxedText } from "./canonical.ts";
import type { Message } from "./letter.ts";

type Dkim = NonNullable<Config["mail"]["dkim"]>;

/** Makes the DKIM-Signature field of a message, without its last line break. */
export type Signer = (message: Message) => Promise<string>;

/** Headers that the signature covers: with List-Unsubscribe-Post, as RFC 8058 section 4 asks. */
export const signedHeaders =
  "From:Reply-To:To:Subject:Date:Message-ID:MIME-Version:Content-Type:Content-Transfer-Encoding:" +
  "Auto-Submitted:List-Id:List-Unsubscribe:List-Unsubscribe-Post";

const signOffThread = promisify(sign);
const wanted = signedHeaders.toLowerCase().split(":");

/**
 * Signs by DKIM, relaxed/relaxed, with RSA (RFC 6376) or Ed25519 (RFC 8463). The signature itself, the costly part,
 * is made in Node's thread pool, `threads` at a time.
 *
 * @throws when the key cannot be read.
 */
export function createSigner(dkim: Dkim, threads = availableParallelism()): Signer {
  const key = keyOf(dkim);
  const algorithm = key.asymmetricKeyType === "ed25519" ? "ed25519-sha256" : "rsa-sha256";
  const inTurn = atMost(threads);
  const start = `DKIM-Signature: v=1; a=${algorithm}; c=relaxed/relaxed; d=${dkim.domain};\r\n s=${dkim.selector}; bh=`;
  // The same for all messages of a letter: by the names that they have.
  const ends = new Map<string, { end: string; canonical: string }>();
  const endFor = (names: string[]) => {
    const key = names.join(":");
    const known = ends.get(key);
    if (known) return known;
    const end = `;\r\n h=${folded(names)};\r\n b=`;
    const made = { end, canonical: relaxedText(end) };
    ends.set(key, made);
    return made;
  };
  const canonicalStart = relaxedField(start);
  return async ({ fields, body }) => {
    const byName = new Map(fields.map((field) => [field.name, field.canonical]));
    const names = wanted.filter((name) => byName.has(name));
    const { end, canonical } = endFor(names);
    const bodyHash = hash("sha256", Buffer.concat(body.map((piece) => piece.canonical)), "base64");
    let covered = "";
    for (const name of names) covered += `${byName.get(name)}\r\n`;
    covered += canonicalStart + bodyHash + canonical;
    const signature = await inTurn(() => signatureOf(covered, key));
    return start + bodyHash + end + linesOf(signature.toString("base64"));
  };
}

/** A message that was composed elsewhere, with its signature first. Its lines end with CRLF. */
export async function withSignature(signer: Signer, message: Buffer): Promise<Buffer> {
  const text = message.toString("latin1");
  const end = text.indexOf("\r\n\r\n");
  const fields = text
    .slice(0, end)
    .split(/\r\n(?![ \t])/)
    .map((raw) => ({
      ...{ raw, name: raw.slice(0, raw.indexOf(":")).toLowerCase(), canonical: relaxedField(raw) },
    }));
  const raw = message.subarray(end + 4);
  const canonical = Buffer.from(relaxedBody(text.slice(end + 4)), "latin1");
  const signature = await signer({ fields, body: [{ raw, canonical }] });
  return Buffer.concat([Buffer.from(`${signature}\r\n`), message]);
}

/** On lines of 72 characters, each but the first after a space. */
function linesOf(base64: string): string {
  let lines = base64.slice(0, 72);
  for (let at = 72; at < base64.length; at += 72) lines += `\r\n ${base64.slice(at, at + 72)}`;
  return lines;
}

/** Ed25519 signs the hash of the fields (RFC 8463, section 3), RSA the fields, whose hash it makes itself. */
function signatureOf(covered: string, key: KeyObject): Promise<Buffer> {
  const data = Buffer.from(covered);
  return key.asymmetricKeyType === "ed25519"
    ? signOffThread(null, createHash("sha256").update(data).digest(), key)
    : signOffThread("sha256", data, key);
}

/** Names for h=, on lines of a few. */
function folded(names: string[]): string {
  let line = 0;
  return names
    .map((name, at) => {
      const text = at === 0 ? name : `:${name}`;
      line += text.length;
      if (line < 70) return text;
      line = text.length;
      return `\r\n ${text}`;
    })
    .join("");
}

function keyOf({ keyFile }: Dkim): KeyObject {
  try {
    const key = createPrivateKey(readFileSync(keyFile, "utf8"));
    if (key.asymmetricKeyType === "rsa" || key.asymmetricKeyType === "ed25519") return key;
    throw new Error(`it is a key for ${key.asymmetricKeyType}`);
  } catch (error) {
    throw new Error(`DKIM_KEY_FILE holds no private key that can be used: ${(error as Error).message}`);
  }
}

/** Lets no more than `limit` tasks run at once, first come, first served. */
function atMost(limit: number) {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <Result>(task: () => Promise<Result>): Promise<Result> => {
    if (running < limit) running++;
    else await new Promise<void>((go) => waiting.push(go));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
