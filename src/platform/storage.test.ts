import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startS3 } from "../../tests/support/s3.ts";
import { parseConfig } from "./config.ts";
import { createStorage, type Storage } from "./storage.ts";

const dataDir = mkdtempSync(join(tmpdir(), "archipel-storage-"));
let s3: Awaited<ReturnType<typeof startS3>>;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(async () => {
  await s3.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

function storageWith(env: Record<string, string>): Storage {
  const parsed = parseConfig({ DATA_DIR: dataDir, ...env });
  if (parsed.kind === "invalid") throw new Error(parsed.problems.join());
  return createStorage(parsed.config.storage);
}

describe.each(["a folder", "S3"])("in %s", (where) => {
  const open = () => storageWith(where === "S3" ? s3.env : {});
  const bytes = Buffer.from([0, 255, 13, 10, 0]);

  test("what is written is read back byte for byte, and what is not there is null", async () => {
    const storage = open();
    await storage.write("a1/640.avif", bytes, "image/avif");
    expect(await open().read("a1/640.avif")).toEqual(bytes);
    expect(await storage.read("a1/641.avif")).toBeNull();
    expect(await storage.read("b1/640.avif")).toBeNull();
  });

  test("a folder goes with all of its files and no other's; one that is not there is no error", async () => {
    const storage = open();
    for (const key of ["c1/1.jpg", "c1/2.jpg", "c12/1.jpg"]) await storage.write(key, bytes, "image/jpeg");
    await storage.removeFolder("c1");
    await storage.removeFolder("c1");
    expect(await storage.read("c1/1.jpg")).toBeNull();
    expect(await storage.read("c1/2.jpg")).toBeNull();
    expect(await storage.read("c12/1.jpg")).toEqual(bytes);
  });

  test.each(["../secret.key", "a/../../secret.key", "/etc/passwd", "a/.hidden", "a//b", "a\\b", "A/b", ""])(
    "%j is no key",
    async (key) => {
      await expect(open().read(key)).rejects.toThrow("No key");
      await expect(open().write(key, bytes, "image/jpeg")).rejects.toThrow("No key");
      await expect(open().removeFolder(key)).rejects.toThrow("No key");
    },
  );
});

test("in a folder nothing half-written stays behind", async () => {
  const storage = storageWith({});
  await storage.write("d1/1.jpg", Buffer.from("one"), "image/jpeg");
  await expect(storage.write("d1/1.jpg/2.jpg", Buffer.from("two"), "image/jpeg")).rejects.toThrow();
  expect(readdirSync(join(dataDir, "media", "d1"))).toEqual(["1.jpg"]);
});

test("S3 takes no request that another secret signed, and the error tells no secret", async () => {
  const storage = storageWith({ ...s3.env, S3_SECRET_KEY: "another-secret" });
  const error = await storage.write("e1/1.jpg", Buffer.from("x"), "image/jpeg").catch(String);
  expect(error).toContain("403 SignatureDoesNotMatch");
  expect(error).not.toMatch(/another-secret|S3RVER/);
  expect(s3.refused).toEqual(["PUT /beelden/e1/1.jpg"]);
});

test("a bucket that does not exist is an error, not a missing picture", async () => {
  const storage = storageWith({ ...s3.env, S3_BUCKET: "another" });
  await expect(storage.read("a1/640.avif")).rejects.toThrow("no bucket");
});
