import { createHash, createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import S3rver from "s3rver";

const region = "nl-test";
const accessKeyId = "S3RVER";
const bucket = "beelden";
const sha256 = (bytes: Buffer | string) => createHash("sha256").update(bytes).digest("hex");
const hmac = (key: Buffer | string, text: string) => createHmac("sha256", key).update(text).digest();

/** Whether a request is signed with the secret (AWS Signature Version 4, worked out here a second time). */
function isSigned({ method, url = "", headers }: IncomingMessage, body: Buffer, secret: string): boolean {
  const [, scope = "", names = "", signature] =
    /^AWS4-HMAC-SHA256 Credential=[^/]+\/([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? "",
    ) ?? [];
  const [date = "", place = ""] = scope.split("/");
  const hash = String(headers["x-amz-content-sha256"]);
  if (place !== region || (hash !== "UNSIGNED-PAYLOAD" && hash !== sha256(body))) return false;
  const [path = "", query = ""] = url.split("?");
  const canonical = [
    method,
    path,
    query.split("&").sort().join("&"),
    ...names.split(";").map((name) => `${name}:${String(headers[name]).trim()}`),
    "",
    names,
    hash,
  ].join("\n");
  const text = ["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, sha256(canonical)].join("\n");
  const key = ["s3", "aws4_request"].reduce<Buffer>(hmac, hmac(hmac(`AWS4${secret}`, date), place));
  return hmac(key, text).toString("hex") === signature;
}

/** An S3 of our own in a folder that goes with it, behind a door that checks signatures, which s3rver does not. */
export async function startS3() {
  const directory = mkdtempSync(join(tmpdir(), "archipel-s3-"));
  const behind = new S3rver({
    ...{ address: "127.0.0.1", port: 0, silent: true, directory },
    configureBuckets: [{ name: bucket, configs: [] }],
  });
  const { port } = await behind.run();
  const secret = "only-for-tests";
  const refused: string[] = [];
  const door = createServer(async (asked, answer) => {
    const parts: Buffer[] = [];
    for await (const part of asked) parts.push(part);
    const body = Buffer.concat(parts);
    if (!isSigned(asked, body, secret)) {
      refused.push(`${asked.method} ${asked.url}`);
      answer.writeHead(403).end("<Error><Code>SignatureDoesNotMatch</Code></Error>");
      return;
    }
    const { authorization: _checked, host: _host, ...headers } = asked.headers;
    const on = request({ port, method: asked.method, path: asked.url, headers }, (found) => {
      answer.writeHead(found.statusCode ?? 500, found.headers);
      found.pipe(answer);
    });
    on.end(body);
  });
  await new Promise<void>((done) => door.listen(0, "127.0.0.1", done));
  return {
    env: {
      S3_ENDPOINT: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
      S3_BUCKET: bucket,
      S3_REGION: region,
      S3_ACCESS_KEY: accessKeyId,
      S3_SECRET_KEY: secret,
    },
    /** What came with a wrong signature. */
    refused,
    stop: async () => {
      door.closeAllConnections();
      await new Promise((done) => door.close(done));
      await behind.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
