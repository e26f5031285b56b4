import { createReadStream, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Bare, CommandError, type Shell } from "../platform/commands.ts";
import type { JobDefinition } from "../platform/jobs.ts";
import { checkApplied, DatabaseRefused, hashesOf } from "../platform/migration-hashes.ts";
import { ArchiveReader, DamagedArchive } from "./archive.ts";
import { readErased } from "./erased.ts";
import { keyHashOf, keyOf } from "./making.ts";
import { type Manifest, manifestShape, names } from "./manifest.ts";
import { isFree, type Restored, restore } from "./restoring.ts";

export type RestoreOptions = { file: string; erased: string | null; newKey: boolean };

/** What the program's other parts bring in. */
export type Work = { definitions: JobDefinition[]; dueMails: JobDefinition[] };

const nothingDone = "Nothing was restored.";

/** Restores a file (or standard input, "-") into the empty database of this configuration. */
export async function restoreFrom(on: Bare, options: RestoreOptions, work: Work, shell: Shell) {
  const { file } = options;
  if (file !== "-" && !existsSync(file)) throw new CommandError(`There is no file ${file}.`);
  if (!(await isFree(on.url)))
    throw new CommandError(
      "This database is not empty, and restoring would overwrite what is in it. Give an empty one: another DATA_DIR, " +
        `or an empty database in DATABASE_URL. ${nothingDone}`,
    );
  const archive = new ArchiveReader(file === "-" ? shell.input : createReadStream(file));
  try {
    const manifest = await readManifest(archive);
    await checkVersion(on, manifest);
    const erased = await whoWasErased(options, manifest, shell);
    await withKey(on, archive, manifest, options.newKey, async () => {
      const { ctx, stop } = await on.open();
      try {
        const { definitions, dueMails } = work;
        const byItself = definitions.filter(({ cron }) => cron !== undefined).map(({ name }) => name);
        report(await restore(on, ctx, archive, manifest, { erased, dueMails, byItself }), manifest, shell);
      } finally {
        await stop();
      }
    });
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const what = file === "-" ? "Standard input" : file;
    if (error instanceof DamagedArchive)
      throw new CommandError(`${what} is not a whole backup of Archipel: ${error.message}. ${nothingDone}`);
    throw new CommandError(`Restoring failed: ${(error as Error).message}. ${nothingDone}`);
  } finally {
    await archive.close();
  }
}

async function readManifest(archive: ArchiveReader): Promise<Manifest> {
  const { name, bytes } = await archive.take();
  if (name !== names.manifest) throw new DamagedArchive("it does not begin with a manifest");
  const parsed = manifestShape.safeParse(JSON.parse(bytes.toString()));
  if (!parsed.success)
    throw new CommandError(`This backup has a form that this version does not know. ${nothingDone}`);
  return parsed.data;
}

/** The database is made by our own migrations up to the last of the backup's: they must be the same, in the same order. */
async function checkVersion(on: Bare, { migrations, program }: Manifest): Promise<void> {
  const hashes = await hashesOf(on.migrations);
  try {
    checkApplied(migrations, hashes, `This backup (of version ${program})`);
  } catch (error) {
    if (error instanceof DatabaseRefused) throw new CommandError(`${error.message} ${nothingDone}`);
    throw error;
  }
}

async function whoWasErased(
  { erased }: RestoreOptions,
  { madeAt }: Manifest,
  shell: Shell,
): Promise<string[]> {
  if (erased !== null) return readErased(erased);
  if (!shell.ask)
    throw new CommandError(
      `Who was erased since ${madeAt}? They must not come back. Say it by --erased: a file with what ` +
        `"erased --since ${madeAt}" lists or with the program's log, the numbers themselves, or none. ${nothingDone}`,
    );
  shell.tell(`This backup was made at ${madeAt}. Whoever was erased since then must not come back.`);
  return readErased(await shell.ask('Their numbers, a file with them or with the log, or "none": '));
}

/**
 * Runs `work` with the secret key in its place: the one at hand, which must be that of the backup, or the one in the
 * archive. A key that was put there goes again when the work fails.
 */
async function withKey(
  on: Bare,
  archive: ArchiveReader,
  { keyHash }: Manifest,
  newKey: boolean,
  work: () => Promise<void>,
): Promise<void> {
  const brought = (await archive.peek()).name === names.key ? (await archive.take()).bytes.toString() : null;
  const present = keyOf(on.config);
  const used = present ?? (newKey ? null : brought);
  if (!used && !newKey)
    throw new CommandError(
      `The secret key of this installation is not here, and not in the backup. Put its secret.key in ${on.config.dataDir}, or set ` +
        `SECRET_KEY. If it is lost, --new-key goes on with another: then no link works in mail that was sent before. ${nothingDone}`,
    );
  if (used && keyHash && keyHashOf(used) !== keyHash && !newKey)
    throw new CommandError(
      "The secret key here is another than that of the backup, so no link would work in mail that was sent before. Put " +
        `the right secret.key in ${on.config.dataDir}, or say --new-key to go on with this one. ${nothingDone}`,
    );
  const file = join(on.config.dataDir, "secret.key");
  if (!present && used) {
    mkdirSync(on.config.dataDir, { recursive: true });
    writeFileSync(file, used, { mode: 0o600, flag: "wx", flush: true });
  }
  try {
    await work();
  } catch (error) {
    if (!present) rmSync(file, { force: true });
    throw error;
  }
}

function report(restored: Restored, { madeAt }: Manifest, { tell }: Shell): void {
  const { rows, images, leftOut, erased, unknown, lastOwners, editions, held } = restored;
  tell(`Restored the backup of ${madeAt}: ${rows} rows and ${images} images.`);
  for (const table of leftOut) tell(`Left out the table ${table}: Archipel has no such table.`);
  if (erased > 0) tell(`Erased again: ${erased}.`);
  if (unknown > 0) tell(`Not in this backup: ${unknown} of the numbers.`);
  for (const id of lastOwners)
    tell(`NOT erased, as nobody else owns the movement: ${id}. Make another owner, then: people erase ${id}`);
  if (editions > 0) tell(`Stopped editions that perhaps went out already: ${editions}. An editor decides.`);
  if (held > 0)
    tell(
      `Held ${held} jobs that perhaps were done already (mails, mostly). See "held" before you let them go.`,
    );
}
