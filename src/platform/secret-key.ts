import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import type { Config } from "./config.ts";
import type { Ctx } from "./context.ts";
import { createKeys, type Keys } from "./keys.ts";
import { StartFault } from "./start-fault.ts";

type KeyConfig = Pick<Config, "secretKey" | "dataDir">;

/** 32 random bytes in base64url; a file with less was never written to its end. */
const fewest = 32;

const fileOf = (dataDir: string) => join(dataDir, "secret.key");

/** The secret in DATA_DIR/secret.key, made at the first start. Several machines share one by SECRET_KEY. */
export function loadSecret(dataDir: string): string {
  return readSecret(dataDir) ?? makeSecret(dataDir);
}

/** Null where there is no such file. */
function readSecret(dataDir: string): string | null {
  const file = fileOf(dataDir);
  let secret: string;
  try {
    secret = readFileSync(file, "utf8").trim();
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return null;
    throw error;
  }
  if (secret.length < fewest)
    throw new StartFault(
      `${file} holds no whole key: put it back from your backup. If you have none, remove the file and start again.`,
    );
  return secret;
}

/** Appears in its place whole, or not at all (a full disk, a kill). */
function makeSecret(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true });
  const file = fileOf(dataDir);
  const draft = `${file}.${process.pid}-${randomBytes(3).toString("hex")}`;
  try {
    writeFileSync(draft, randomBytes(32).toString("base64url"), { mode: 0o600, flush: true });
    linkSync(draft, file);
  } catch (error) {
    if ((error as { code?: string }).code !== "EEXIST") throw error; // else another start was first
  } finally {
    rmSync(draft, { force: true });
  }
  return readFileSync(file, "utf8").trim();
}

/** Tells one key from another in a database that others may come to read; the key does not follow from it. */
const fingerprintOf = (keys: Keys) => keys.hash("fingerprint", "secret key");

/**
 * Makes sure that the key is the one that the database was used with: else every link in mail that was sent is dead, and
 * who asked for no more mail could get it. A database that knows none yet takes the present one for its own.
 *
 * @throws StartFault when it is another one, or is not there.
 */
export async function checkKey(url: string, config: KeyConfig): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: "archipel" });
  client.on("error", () => {});
  await client.connect();
  try {
    const known = await readFingerprint(client);
    const missing = config.secretKey === null && readSecret(config.dataDir) === null;
    if (missing && (known !== null || (await isInUse(client)))) throw otherKey(config, "is missing");
    const own = fingerprintOf(createKeys(config.secretKey ?? loadSecret(config.dataDir)));
    if (known === null)
      await client.query("insert into key_fingerprint (fingerprint) values ($1) on conflict do nothing", [
        own,
      ]);
    if ((known ?? (await readFingerprint(client))) !== own)
      throw otherKey(config, "is not the key that this database was used with");
  } finally {
    await client.end();
  }
}

/** From now on the present key is the database's. */
export async function acceptKey({ db, keys }: Pick<Ctx, "db" | "keys">): Promise<void> {
  const row = { fingerprint: fingerprintOf(keys) };
  await db
    .insertInto("key_fingerprint")
    .values(row)
    .onConflict((conflict) => conflict.column("only_one").doUpdateSet(row))
    .execute();
}

async function readFingerprint(client: pg.Client): Promise<string | null> {
  const { rows } = await client.query<{ fingerprint: string }>("select fingerprint from key_fingerprint");
  return rows[0]?.fingerprint ?? null;
}

/** Whether mail may have gone out with links of a key. */
async function isInUse(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ used: boolean }>("select exists (select from people) as used");
  return rows[0]?.used === true;
}

function otherKey({ secretKey, dataDir }: KeyConfig, what: string): StartFault {
  const name = secretKey === null ? fileOf(dataDir) : "SECRET_KEY";
  return new StartFault(
    [
      `${name} ${what}: links in mail that was sent would not work any more.`,
      "Put back the key from your backup. If it is lost for good, go on with a new one by: npm run archipel -- key accept",
    ].join("\n"),
  );
}
