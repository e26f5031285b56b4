import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startEmbeddedPostgres } from "./embedded-postgres.ts";
import { claimDatabase, isGoingDown } from "./ownership.ts";

test("who asks for a claim while the owner's server goes down hears that, not that it is taken", async () => {
  const dir = mkdtempSync(join(tmpdir(), "archipel-claim-"));
  chmodSync(dir, 0o755); // as root, the database's account must be able to enter
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const server = await startEmbeddedPostgres(dir, ["fsync=off"]);
  expect(await claimDatabase(server.url())).toEqual({ kind: "claimed" });
  const [asked] = await Promise.allSettled([claimDatabase(server.url()), server.stop()]);
  expect(asked.status === "rejected" && isGoingDown(asked.reason)).toBe(true);
  const again = await startEmbeddedPostgres(dir, ["fsync=off"]);
  onTestFinished(again.stop);
  expect(await claimDatabase(again.url())).toEqual({ kind: "claimed" });
  expect(isGoingDown(new Error("the disk is full"))).toBe(false);
});
