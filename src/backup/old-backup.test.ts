import { readFileSync } from "node:fs";
import { PassThrough } from "node:stream";
import { sql, type Transaction } from "kysely";
import { expect, test } from "vitest";
import { migrations } from "../../migrations/index.ts";
import {
  backUp,
  contentOf,
  elsewhereOf,
  newDatabase,
  oldBackup,
  onDatabase,
  placeOf,
  shell,
  somebodyOld,
} from "../../tests/support/backup.ts";
import { ownNetworks } from "../../tests/support/mine.ts";
import { startTestApp } from "../../tests/support/test-app.ts";
import { serverUrl } from "../../tests/support/test-database.ts";
import { migrateWithin } from "../platform/migrate.ts";
import { ArchiveReader } from "./archive.ts";
import { withConnection } from "./connection.ts";
import { type Manifest, manifestShape } from "./manifest.ts";
import { fillTables } from "./reading.ts";

const lastThen = "0015-what-comes-back";

/** A database as the program left it then, before hashes of migrations were kept. */
async function oldDatabase() {
  const database = await newDatabase();
  await withConnection(database.url, (client, db) =>
    db.transaction().execute(async (trx) => {
      await migrateWithin(trx as unknown as Transaction<unknown>, migrations, lastThen);
      const archive = new ArchiveReader(new PassThrough().end(readFileSync(oldBackup())));
      const manifest: Manifest = manifestShape.parse(JSON.parse(String((await archive.take()).bytes)));
      await fillTables(client, archive, manifest);
      await archive.close();
      await sql`drop table migration_hashes`.execute(trx);
    }),
  );
  return database;
}

/** What a restore holds back differs on purpose. */
function withoutHeld(content: Record<string, unknown>): Record<string, unknown> {
  const { editions: _editions, held_jobs: _held, ...rest } = content;
  return rest;
}

test("an old database that is upgraded, and an old backup that is restored, become the same; and so does a backup of them", async () => {
  const old = await oldDatabase();
  const upgraded = await startTestApp({ beside: { database: old.name }, env: ownNetworks });
  const url = serverUrl(old.name);
  const content = await contentOf(url);
  expect((content.people as { rows: number }).rows).toBe(25);

  const restored = await newDatabase();
  const there = elsewhereOf(upgraded, restored.url);
  const { told } = await shell(there, ["restore", oldBackup(), "--erased", "none"]);
  expect(told).toContain("Held 1 jobs");
  expect(withoutHeld(await contentOf(restored.url))).toEqual(withoutHeld(content));

  const { file } = await backUp(upgraded);
  const again = await newDatabase();
  await shell(elsewhereOf(upgraded, again.url), ["restore", file, "--erased", "none"]);
  expect(withoutHeld(await contentOf(again.url))).toEqual(withoutHeld(content));

  const app = await startTestApp({ beside: { database: restored.name }, env: ownNetworks });
  for (const path of ["/", "/manifest/ondertekenaars", "/updates", "/nieuwsbrief"])
    expect([path, (await app.get(path)).status]).toEqual([path, 200]);
});

test("a backup is made of an old database without changing it, and whoever was erased since goes from it", async () => {
  const old = await oldDatabase();
  const app = await startTestApp({ starter: "none", env: ownNetworks });
  const before = await contentOf(old.url);
  const { output } = await shell({ ...placeOf(app), url: old.url }, ["backup", "-"]);
  expect(await contentOf(old.url)).toEqual(before);

  const { url } = await newDatabase();
  const erased = ["--erased", somebodyOld.id];
  const { told } = await shell(elsewhereOf(app, url), ["restore", "-", ...erased], { input: output });
  expect(told).toContain("Erased again: 1.");
  await onDatabase(url, async (client) => {
    const { rows } = await client.query("select email from people where email = $1", [somebodyOld.email]);
    expect(rows).toEqual([]);
    expect((await client.query("select person_id from erasures")).rows).toEqual([
      { person_id: somebodyOld.id },
    ]);
  });
});

test("a backup of a newer program is refused, and one that other migrations made, by name", async () => {
  const app = await startTestApp({ env: ownNetworks });
  const { file } = await backUp(app);
  const { url } = await newDatabase();
  const then = Object.fromEntries(Object.entries(migrations).filter(([name]) => name <= lastThen));
  const restore = (by: typeof migrations) =>
    shell(elsewhereOf(app, url), ["restore", file, "--erased", "none"], { migrations: by });
  await expect(restore(then)).rejects.toThrow(
    /^This backup \(of version 0\.\d+\.\d+\) is of a newer Archipel: it has the migration "00[^"]*", .*Nothing was restored\.$/,
  );
  const changed = { ...migrations, "0011-opened-pages": migrations["0013-preview-links"]! };
  await expect(restore(changed)).rejects.toThrow('was made by another migration "0011-opened-pages"');
  expect(await contentOf(url)).toEqual(await contentOf((await newDatabase()).url));
});
