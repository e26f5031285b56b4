import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { sql } from "kysely";
import type { Migration } from "kysely/migration";
import { expect, test } from "vitest";
import { migrations } from "../migrations/index.ts";
import { migrate } from "../src/platform/migrate.ts";
import { hashesOf } from "../src/platform/migration-hashes.ts";
import { newDatabase, onDatabase } from "./support/backup.ts";
import { startTestApp } from "./support/test-app.ts";
import { serverUrl } from "./support/test-database.ts";

/**
 * Migrations that were released: SHA-256 of each file, and of the statements that it compiles to. They never change. At a
 * release, add those that go out with it.
 */
const released: Record<string, { file: string; statements: string }> = {
  "0001-first-islands": {
    file: "4bfbad69abff0d967e010125dd81e63b79eac0b2d376aa0e92b4b21e03b4449c",
    statements: "d7280b2612cc8bf06d66aa3b48efd870f0f730bb62ab2637b16501c406bd1a3b",
  },
  "0002-acts": {
    file: "0973f6e998cc408d7672441c0adb9d10813d47f3c1703fcd301fad6687f2a6b5",
    statements: "2b134784d680a0a304e263ca8194515e6ac674440a5cad88926eb57a4099b167",
  },
  "0003-signing-and-joining": {
    file: "1eb74c8801232ec1efccda3fd690c9ea4633c25eb7d2699266db580e6b8a9814",
    statements: "441185b0e2f4d9dd3497f3c30ec8e12f0c02d610ce1c88c041e63eb7ab875791",
  },
  "0004-workplace": {
    file: "be45c09193a109607e75fdae9fa79ed052465a8e78a689b320e092c620b90dc5",
    statements: "d84fb565e86f69885fd7454492dc0565fcbfbe36841c64d5a1432bc34d26a64b",
  },
  "0005-editions": {
    file: "c14a43a8a35d14ad1fc361038d37719370037e875fba62ad262d4ba4ef05f019",
    statements: "1f6c194496cba90e0f671261eac4af70d85a2d074d302e6356d194e30cd18bc9",
  },
  "0006-bounces": {
    file: "6d04eb299fcda7b7b31ac8424809b641b0278093ed7163938fd7fe21529df1ef",
    statements: "65d74211396a83dbd15ee8ac4e2faf157d33bb799ffbec3d71b75f328bafe3f6",
  },
  "0007-media": {
    file: "23cbaf5415911cf6905e3e280290b26923637ea724759d0dde5932a209398824",
    statements: "8465d85df1e827469cc4bc91cfe25911f15118bfdf6abe8faf2d408dc8d8394d",
  },
  "0008-imports": {
    file: "df8382b35db57242afffcce5b9dab44a60c30bb6a24754fcd11713efb1bee58f",
    statements: "6ffc34838e65f22b1adc33e388235ee599f817e4cf1587f22dc12a2bb2e64927",
  },
  "0009-work": {
    file: "92dda23ef7786f3f7baa330320b3d3b82061ec45c0a534094af6cb4b3f756624",
    statements: "b031f19e86658b768a0254efdab877ab316c7bae21a0004e8595dc78e52fe806",
  },
  "0010-editions-on-the-web": {
    file: "e625190fee262cf5cd5d2582852e05ad2796a1784b33430924d213065927a858",
    statements: "e431b10221cb6f95d06cf8711a9e96cc551b243932360c5a537b6ba3cbab69bf",
  },
  "0011-opened-pages": {
    file: "39090de0faad5dfac451c36bbd22999cfbd3600079653720c71c6639821cd53c",
    statements: "892cee107b445de93bfc47351c5f33b55f2f30ecdcf671468bfdc99c1415ccc5",
  },
  "0012-answers-that-arrive": {
    file: "3c4f318d9bdbad44a84abfc11dedda6a90b29187da738fcb5b308f6fb3d8ffb9",
    statements: "33ab1642966d945fd9c0bbf1a14167ff56b2319937e49e9631471dffb0f34cf6",
  },
  "0013-preview-links": {
    file: "37aa624db96b7de42e77ea54db33c32b6feaddf376ce90eb7f92968d792c97cd",
    statements: "757926abeb2e653068c83305435c0ae4d084e5d82a8e72c6de1838d87511e6af",
  },
  "0014-sending": {
    file: "a30e3bc2162126bbda6673212501bd5ba13eaf4e130ed917218983446401a4d1",
    statements: "38f2fd77954dab0a9a2e0dd8e89d56680c3cd61f50d7cf9e92350ded9ca3963c",
  },
  "0015-what-comes-back": {
    file: "2ce5d8482d1dccbcb433545c31165e440a606197c47e76c6c10b2ff473efeb24",
    statements: "813af4ce272b11100b1fa7540478eada988b6217145270417ffe40fb4f839281",
  },
};

test("a released migration stays as it was released", async () => {
  const hashes = await hashesOf(migrations);
  for (const [name, { file, statements }] of Object.entries(released)) {
    const text = readFileSync(`migrations/${name}.ts`);
    expect(createHash("sha256").update(text).digest("hex"), name).toBe(file);
    expect(hashes[name], `the statements of ${name}`).toBe(statements);
  }
});

test("every migration is listed in its order, and compiles to the same statements each time", async () => {
  const files = readdirSync("migrations").filter((name) => /^\d{4}-/.test(name));
  expect(Object.keys(migrations)).toEqual(files.map((name) => name.replace(".ts", "")).sort());
  expect(new Set(files.map((name) => name.slice(0, 4))).size, "one of each number").toBe(files.length);
  expect(await hashesOf(migrations)).toEqual(await hashesOf(migrations));
});

const hashesIn = (url: string) =>
  onDatabase(url, async (client) => {
    const { rows } = await client.query("select name, hash from migration_hashes order by name");
    return Object.fromEntries(rows.map(({ name, hash }) => [name, hash]));
  });

test("a database keeps the hash of each migration, also of those from before there were any", async () => {
  const app = await startTestApp({ starter: "none" });
  const url = serverUrl(app.database);
  expect(await hashesIn(url)).toEqual(await hashesOf(migrations));
  await onDatabase(url, (client) => client.query("drop table migration_hashes"));
  await migrate(url, migrations);
  expect(await hashesIn(url)).toEqual(await hashesOf(migrations));
});

const one: Migration = { up: (db) => sql`create table one (a integer)`.execute(db).then(() => {}) };
const other: Migration = { up: (db) => sql`create table one (a bigint)`.execute(db).then(() => {}) };
const two: Migration = { up: (db) => sql`create table two ()`.execute(db).then(() => {}) };
const wrong: Migration = { up: (db) => sql`create nonsense`.execute(db).then(() => {}) };

test("a database that other migrations made is refused by name, and so is one that is newer", async () => {
  const { url } = await newDatabase();
  await migrate(url, { "0001-one": one });
  await expect(migrate(url, { "0001-one": other, "0002-two": two })).rejects.toThrow(
    'This database was made by another migration "0001-one" than the one in this program.',
  );
  await migrate(url, { "0001-one": one, "0002-two": two });
  await expect(migrate(url, { "0001-one": one })).rejects.toThrow(
    'This database is of a newer Archipel: it has the migration "0002-two", which this version does not know.',
  );
  await expect(migrate(url, { "0001-one": one, "0001-other": other, "0002-two": two })).rejects.toThrow(
    'This database lacks the migration "0001-other", although it has the later "0002-two"',
  );
  await expect(migrate(url, { "0001-one": one, "0002-two": two, "0003-wrong": wrong })).rejects.toThrow(
    "nonsense",
  );
  expect(Object.keys(await hashesIn(url))).toEqual(["0001-one", "0002-two"]);
});

test("two processes that start at once migrate once", async () => {
  const { url } = await newDatabase();
  const all = { "0001-one": one, "0002-two": two };
  await Promise.all([migrate(url, all), migrate(url, all), migrate(url, all)]);
  expect(Object.keys(await hashesIn(url))).toEqual(Object.keys(all));
});
