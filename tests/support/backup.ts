import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { gunzipSync } from "node:zlib";
import pg from "pg";
import { onTestFinished } from "vitest";
import { migrations } from "../../migrations/index.ts";
import { bareCommands } from "../../src/features.ts";
import { findCommand } from "../../src/platform/commands.ts";
import type { Config } from "../../src/platform/config.ts";
import { createLog } from "../../src/platform/log.ts";
import { openBare } from "../../src/start.ts";
import { signIn } from "./desk.ts";
import { png, sendImage } from "./library.ts";
import { busy, doEverything } from "./mine.ts";
import { leaveTraces } from "./mine-work.ts";
import { givenDelivery } from "./returned.ts";
import { edition, newsletterOf, subscribers } from "./sending.ts";
import type { TestApp } from "./test-app.ts";
import { createDatabase, dropDatabase, serverUrl } from "./test-database.ts";

/** An installation in which something stands in nearly every table, with an image and work that waits. */
export async function fill(app: TestApp): Promise<{ personId: string }> {
  await doEverything(app);
  const { personId } = await leaveTraces(app, busy.email, { name: busy.name, place: "Sterrenwijk" });
  await givenDelivery(app, busy.email);
  const { db } = app.ctx;
  const newsletterId = await newsletterOf(db);
  await subscribers(db, newsletterId, 20);
  const owner = await signIn(app, "owner");
  await sendImage(app, owner, "-", await png(900));
  await app.work();
  await edition(db, { newsletterId, state: "sending" });
  await app.post("/nieuwsbrief", { email: "wacht@example.org", name: "Wacht", consent: "yes" });
  return { personId };
}

/** A folder of one's own, removed after the test. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "archipel-backup-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** An empty database whose owner may do nothing else, removed after the test. */
export async function newDatabase(): Promise<{ name: string; url: string }> {
  const name = await createDatabase();
  const role = name.replace("archipel_test", "owner");
  const password = randomBytes(9).toString("hex");
  await onDatabase(serverUrl("postgres"), async (client) => {
    await client.query(`create role "${role}" login password '${password}'`);
    await client.query(`alter database "${name}" owner to "${role}"`);
  });
  onTestFinished(async () => {
    await dropDatabase(name);
    await onDatabase(serverUrl("postgres"), (client) => client.query(`drop role "${role}"`));
  });
  const url = new URL(serverUrl(name));
  url.username = role;
  url.password = password;
  return { name, url: url.href };
}

export async function onDatabase<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

type Place = { config: Config; url: string };

/** Where an app is, and the same with another database and folder. */
export const placeOf = (app: TestApp): Place => ({ config: app.ctx.config, url: serverUrl(app.database) });
export const elsewhereOf = (app: TestApp, url: string, dataDir = newFolder()): Place => ({
  url,
  config: { ...app.ctx.config, dataDir, storage: { kind: "directory", dir: join(dataDir, "media") } },
});

type Asked = { answer?: string; input?: Buffer; output?: PassThrough; migrations?: typeof migrations };

/** Runs "backup" or "restore" as the command line does. @returns what it tells, and its standard output. */
export async function shell({ config, url }: Place, words: string[], asked: Asked = {}) {
  const found = findCommand(bareCommands, words);
  if (!found) throw new Error(`No command ${words[0]}`);
  const told: string[] = [];
  const output = asked.output ?? new PassThrough();
  const parts: Buffer[] = [];
  output.on("data", (part: Buffer) => parts.push(part));
  const input = new PassThrough();
  if (asked.input) input.end(asked.input);
  const { answer } = asked;
  const on = {
    config,
    url,
    migrations: asked.migrations ?? migrations,
    open: () => openBare(config, url, createLog("silent")),
  };
  await found.command.runBare(on, found.args, {
    tell: (line) => void told.push(line),
    ask: answer === undefined ? null : async () => answer,
    input,
    output,
  });
  return { told: told.join("\n"), output: Buffer.concat(parts) };
}

/** Makes a backup of an app. */
export async function backUp(app: TestApp, ...flags: string[]): Promise<{ file: string; told: string }> {
  const file = join(newFolder(), "backup.tar");
  const { told } = await shell(placeOf(app), ["backup", file, ...flags]);
  return { file, told };
}

const tablesOf = `select c.relname as name from pg_class as c
  where relnamespace = 'public'::regnamespace and relkind = 'r' and relpersistence = 'p'
    and relname not in ('kysely_migration', 'kysely_migration_lock')
    and not exists (select from pg_depend where classid = 'pg_class'::regclass and objid = c.oid and deptype = 'e')
  order by 1`;

/** Every table's rows as one sum, how far its numbers are, and its constraints, indexes and triggers. */
export const contentOf = (url: string): Promise<Record<string, unknown>> =>
  onDatabase(url, async (client) => {
    const content: Record<string, unknown> = {};
    const { rows: tables } = await client.query<{ name: string }>(tablesOf);
    for (const { name } of tables) {
      const { rows } = await client.query(
        `select count(*) as rows, md5(string_agg(t::text, E'\\n' order by t::text)) as sum from public."${name}" as t`,
      );
      content[name] = rows[0];
    }
    const lists = {
      constraints:
        "select conrelid::regclass::text as of, conname, pg_get_constraintdef(oid) as is, convalidated from pg_constraint where connamespace = 'public'::regnamespace order by 1, 2",
      triggers:
        "select tgrelid::regclass::text as of, tgname, tgenabled from pg_trigger where not tgisinternal order by 1, 2",
      indexes: "select indexdef from pg_indexes where schemaname = 'public' order by 1",
      sequences: "select sequencename, last_value from pg_sequences where schemaname = 'public' order by 1",
    };
    for (const [name, query] of Object.entries(lists))
      content[`(${name})`] = (await client.query(query)).rows;
    return content;
  });

const old = join(import.meta.dirname, "../backups/at-0015.tar.gz");

/** Somebody in the backup below. */
export const somebodyOld = { id: "8fcc9d89-6e2e-41a3-b652-3d6a5375e250", email: busy.email };

/** A backup of a filled installation as the program was with the migrations up to 0015: its file, unpacked. */
export function oldBackup(): string {
  const file = join(newFolder(), "at-0015.tar");
  writeFileSync(file, gunzipSync(readFileSync(old)));
  return file;
}

/** The same with one byte changed. */
export function damaged(file: string, at: number): Buffer {
  const bytes = readFileSync(file);
  bytes[at] = (bytes[at] ?? 0) ^ 0x20;
  return bytes;
}
