import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { expect, onTestFinished, test } from "vitest";
import {
  backUp,
  contentOf,
  damaged,
  elsewhereOf,
  fill,
  newDatabase,
  newFolder,
  onDatabase,
  placeOf,
  shell,
} from "../../tests/support/backup.ts";
import { signIn } from "../../tests/support/desk.ts";
import { png, sendImage } from "../../tests/support/library.ts";
import { busy, ownNetworks } from "../../tests/support/mine.ts";
import { startS3 } from "../../tests/support/s3.ts";
import { startTestApp } from "../../tests/support/test-app.ts";
import { serverUrl } from "../../tests/support/test-database.ts";
import { commands } from "../features.ts";
import { eraseEverything } from "../mine/operations.ts";

const start = () => startTestApp({ env: ownNetworks });

/** What a restore changes on purpose: what may have gone out already is held. */
const held = ["editions", "held_jobs"];

test("a backup of a full installation, restored by an owner who is no superuser, is the same in every table", async () => {
  const app = await start();
  await fill(app);
  const before = await contentOf(serverUrl(app.database));
  const { file, told } = await backUp(app);
  expect(told).toMatch(/^Backed up \d{3,} rows of \d{2} tables, 1 jobs and 2 images, as they were at 20/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(file, ".."))).toEqual(["backup.tar"]);

  const { url } = await newDatabase();
  const there = elsewhereOf(app, url);
  const restored = await shell(there, ["restore", file, "--erased", "none"]);
  expect(restored.told).toContain("Held 1 jobs");
  expect(restored.told).toContain("Stopped editions that perhaps went out already: 1");
  const after = await contentOf(url);
  for (const name of held) expect(after[name], name).not.toEqual(before[name]);
  for (const name of held) delete after[name];
  for (const name of held) delete before[name];
  expect(after).toEqual(before);

  const images = app.ctx.config.storage;
  const from = images.kind === "directory" ? images.dir : "";
  const [id = ""] = readdirSync(from);
  const files = readdirSync(join(from, id));
  expect(files).toContain("master.webp");
  for (const name of files)
    expect(readFileSync(join(there.config.dataDir, "media", id, name))).toEqual(
      readFileSync(join(from, id, name)),
    );
});

test("the numbers go on after those of the backup, and triggers work again", async () => {
  const app = await start();
  await fill(app);
  const { file } = await backUp(app);
  const { url } = await newDatabase();
  await shell(elsewhereOf(app, url), ["restore", file, "--erased", "none"]);
  await onDatabase(url, async (client) => {
    const { rows } = await client.query(
      `insert into audit (at, action) values (now(), 'images.add') returning id, (select max(id) from audit) as last`,
    );
    expect(rows[0].id).toBe(rows[0].last + 1);
    await client.query(
      "insert into deliveries (edition_id, language, domain, due_at) select id, 'nl', '', now() from editions limit 1",
    );
    const { rows: tallies } = await client.query("select sum(change)::int as sum from delivery_tallies");
    const { rows: deliveries } = await client.query("select count(*)::int as count from deliveries");
    expect(tallies[0].sum).toBe(deliveries[0].count);
    await expect(
      client.query(
        "insert into subscriptions (newsletter_id, person_id, language, since) " +
          "select id, gen_random_uuid(), 'nl', now() from newsletters",
      ),
    ).rejects.toThrow("violates foreign key");
  });
});

test("the backup is of one moment, while others go on writing", async () => {
  const app = await start();
  const address = (at: number) => `iemand-${at}@example.org`;
  let [going, written] = [true, 0];
  const writing = (async () => {
    while (going) {
      const at = written++;
      // The proof of consent first, and the audit in the same transaction: they belong together.
      await onDatabase(serverUrl(app.database), (client) =>
        client.query(
          `with one as (insert into people (email, language, confirmed_at) values ('${address(at)}', 'nl', now()) returning id)
           insert into consents (person_id, purpose, text_version, text, form_url, given_at, confirmed_at)
           select id, 'x', '1', 'x', '/', now(), now() from one`,
        ),
      );
    }
  })();
  while (written < 5) await new Promise((done) => setTimeout(done, 10));
  const { file } = await backUp(app);
  going = false;
  await writing;
  const { url } = await newDatabase();
  await shell(elsewhereOf(app, url), ["restore", file, "--erased", "none"]);
  await onDatabase(url, async (client) => {
    const { rows } = await client.query(
      "select (select count(*) from people) as people, (select count(*) from consents) as consents",
    );
    expect(rows[0].people).toBe(rows[0].consents);
    expect(rows[0].people).toBeGreaterThan(0);
  });
});

test("whoever was erased since the backup is erased again: by the register, by the log, by number, or asked for", async () => {
  const app = await start();
  const { personId } = await fill(app);
  const { file } = await backUp(app);
  const { ctx } = app;
  const log = join(newFolder(), "log");
  writeFileSync(log, `{"msg":"started"}\n{"msg":"person erased","personId":"${personId}"}\n`);
  const erasedCommand = commands.find(({ name }) => name === "erased");
  // The only owner stays; another is there by now.
  expect(await eraseEverything(ctx, personId)).toEqual({ kind: "erased" });
  const listed: string[] = [];
  await erasedCommand?.run(ctx, [], (line) => listed.push(line));
  expect(listed).toEqual([expect.stringMatching(new RegExp(`^${personId} {2}20.*Z$`))]);
  const register = join(newFolder(), "erased");
  writeFileSync(register, `\n> archipel\n> node\n\n${listed.join("\n")}\n`);

  const ways = [
    ...[register, log, personId, `0198c0de-0000-4000-8000-000000000000,${personId}`].map((erased) => ({
      words: ["--erased", erased],
    })),
    { words: [], answer: personId },
  ];
  for (const { words, ...asked } of ways) {
    const { url } = await newDatabase();
    const { told } = await shell(elsewhereOf(app, url), ["restore", file, ...words], asked);
    expect(told).toContain("Erased again: 1.");
    await onDatabase(url, async (client) => {
      const { rows } = await client.query("select from people where email = $1", [busy.email]);
      expect(rows).toEqual([]);
      const { rows: held } = await client.query("select data::text from held_jobs");
      expect(JSON.stringify(held)).not.toContain(busy.email);
    });
  }
});

test("without a word about who was erased nothing is restored, nor by a word that is none", async () => {
  const app = await start();
  const { file } = await backUp(app);
  const { url } = await newDatabase();
  const there = elsewhereOf(app, url);
  await expect(shell(there, ["restore", file])).rejects.toThrow(
    /^Who was erased since 20.*Z\? They must not come back\. Say it by --erased:/,
  );
  await expect(shell(there, ["restore", file, "--erased", "niemand"])).rejects.toThrow(
    '"niemand" is neither a number such as',
  );
  const list = join(newFolder(), "list");
  writeFileSync(list, "0198c0de-0000-4000-8000-000000000000\nniemand\n");
  await expect(shell(there, ["restore", file, "--erased", list])).rejects.toThrow(`Line 2 of ${list} does`);
  expect(await contentOf(url)).toEqual(await contentOf((await newDatabase()).url));
});

test("what perhaps went out already is held until an operator lets it go, and then goes out once", async () => {
  const app = await start();
  await fill(app);
  const waits = "wacht@example.org";
  const { file } = await backUp(app);
  await app.work();
  expect(await app.mailbox(waits)).toHaveLength(1);

  const { url, name } = await newDatabase();
  await shell(elsewhereOf(app, url), ["restore", file, "--erased", "none"]);
  const restored = await startTestApp({ beside: { database: name }, env: ownNetworks });
  await restored.work();
  expect(await restored.mailbox(waits)).toEqual([]);
  const run = async (words: string, args: string[] = []) => {
    const said: string[] = [];
    await commands.find((one) => one.name === words)?.run(restored.ctx, args, (line) => said.push(line));
    return said;
  };
  expect(await run("held")).toEqual(["      1  confirmations.send"]);
  await expect(run("held release")).rejects.toThrow("--yes");
  expect(await run("held release", ["--yes"])).toEqual(["Released 1 jobs."]);
  await restored.work();
  expect(await restored.mailbox(waits)).toHaveLength(1);
  expect(await run("held")).toEqual(["Nothing is held."]);
  expect(await run("held drop", ["--yes"])).toEqual(["Dropped 0 jobs."]);
});

test("reminders that fell due since the backup, and editions that were planned, do not go out by themselves", async () => {
  const app = await start();
  await fill(app);
  const { url } = await newDatabase();
  await onDatabase(serverUrl(app.database), async (client) => {
    await client.query(
      "update participations set offered_at = now() - interval '90 days', answered_at = null, answer = null, withdrawn_at = null",
    );
    await client.query(
      "update editions set state = 'scheduled', started_at = null, send_at = now() - interval '1 hour'",
    );
  });
  const { file } = await backUp(app);
  await shell(elsewhereOf(app, url), ["restore", file, "--erased", "none"]);
  await onDatabase(url, async (client) => {
    const { rows } = await client.query("select distinct state, started_at = send_at as began from editions");
    expect(rows).toEqual([{ state: "stopped", began: true }]);
    const { rows: jobs } = await client.query("select distinct name from held_jobs order by 1");
    expect(jobs.map((row) => row.name)).toEqual([
      "confirmations.send",
      "participation.escalate",
      "participation.remind",
      "participation.silence",
    ]);
  });
});

test("a database in which something is stays as it is", async () => {
  const app = await start();
  const { file } = await backUp(app);
  const target = await startTestApp({ starter: "none" });
  const before = await contentOf(serverUrl(target.database));
  await expect(shell(placeOf(target), ["restore", file, "--erased", "none"])).rejects.toThrow(
    /^This database is not empty, .* Nothing was restored\.$/,
  );
  expect(await contentOf(serverUrl(target.database))).toEqual(before);
});

test("an archive that is cut off or changed anywhere restores nothing, and leaves neither key nor image", async () => {
  const app = await start();
  await fill(app);
  const { file } = await backUp(app, "--with-key");
  const { length } = readFileSync(file);
  const { url } = await newDatabase();
  const empty = await contentOf(url);
  const folder = newFolder();
  const there = elsewhereOf(app, url, folder);
  const from = { ...there, config: { ...there.config, secretKey: null } };
  const broken = join(newFolder(), "broken.tar");
  const whole = readFileSync(file);
  const end = whole.lastIndexOf("end.json");
  const cuts = [0, 300, Math.floor(length / 3), end - 600, end + 1200];
  const changes = [5000, Math.floor(length / 2), end + 1600];
  for (const bytes of [
    ...cuts.map((at) => whole.subarray(0, at)),
    ...changes.map((at) => damaged(file, at)),
  ]) {
    if (bytes.equals(whole)) continue;
    writeFileSync(broken, bytes);
    const restoring = shell(from, ["restore", broken, "--erased", "none"]);
    // A byte between entries means nothing; then the backup is whole.
    const outcome = await restoring.then(
      () => "restored",
      (error: Error) => error.message,
    );
    expect(outcome).toMatch(/^.*broken\.tar is not a whole backup of Archipel: .* Nothing was restored\.$/);
    expect(await contentOf(url)).toEqual(empty);
    expect(existsSync(join(folder, "secret.key"))).toBe(false);
  }
  await shell(from, ["restore", file, "--erased", "none"]);
  expect(readFileSync(join(folder, "secret.key"), "utf8")).toBe("only-for-tests-only-for-tests-only");
  expect(statSync(join(folder, "secret.key")).mode & 0o777).toBe(0o600);
});

test("the secret key comes along only when asked, and another one is not taken for it", async () => {
  const app = await start();
  const { file, told } = await backUp(app);
  expect(told).toContain("The secret key is not in it");
  expect(readFileSync(file).includes("only-for-tests-only-for-tests-only")).toBe(false);
  const { url } = await newDatabase();
  const there = elsewhereOf(app, url);
  const restore = (secretKey: string | null, ...flags: string[]) =>
    shell({ ...there, config: { ...there.config, secretKey } }, [
      "restore",
      file,
      "--erased",
      "none",
      ...flags,
    ]);
  await expect(restore(null)).rejects.toThrow(
    "The secret key of this installation is not here, and not in the backup.",
  );
  await expect(restore("another-key-another-key-another-key")).rejects.toThrow(
    "another than that of the backup",
  );
  expect(existsSync(join(there.config.dataDir, "secret.key"))).toBe(false);
  await restore(null, "--new-key");
  expect(existsSync(join(there.config.dataDir, "secret.key"))).toBe(true);
});

test("by standard output and input, and not over a file that is there", async () => {
  const app = await start();
  const { output, told } = await shell(placeOf(app), ["backup", "-"]);
  expect(told).toContain("Backed up");
  const { url } = await newDatabase();
  const { told: restored } = await shell(elsewhereOf(app, url), ["restore", "-", "--erased", "none"], {
    input: output,
  });
  expect(restored).toContain("Restored the backup of");
  const file = join(newFolder(), "mine.tar");
  writeFileSync(file, "mine");
  const nobodyReadsOn = new PassThrough();
  nobodyReadsOn.once("data", () =>
    nobodyReadsOn.destroy(Object.assign(new Error("closed"), { code: "EPIPE" })),
  );
  await expect(shell(placeOf(app), ["backup", "-"], { output: nobodyReadsOn })).rejects.toThrow(
    "Standard output could not be written: closed",
  );
  await expect(shell(placeOf(app), ["backup", file])).rejects.toThrow("is there already");
  expect(readFileSync(file, "utf8")).toBe("mine");
  await expect(shell(placeOf(app), ["backup", join(file, "x.tar")])).rejects.toThrow("could not be written");
  await expect(shell(placeOf(app), ["backup"])).rejects.toThrow("Usage: backup <file> [--with-key]");
  await expect(shell(placeOf(app), ["restore", "a", "--with"])).rejects.toThrow("Usage: restore <file>");
  await expect(shell(placeOf(app), ["restore", "/nowhere.tar"])).rejects.toThrow(
    "There is no file /nowhere.tar.",
  );
  await expect(shell(elsewhereOf(app, (await newDatabase()).url), ["backup", "-"])).rejects.toThrow(
    "There is no Archipel in this database to back up.",
  );
});

test("images in a bucket are in the backup, and go back into a bucket or a folder", async () => {
  const s3 = await startS3();
  onTestFinished(() => s3.stop());
  const app = await startTestApp({ env: { ...ownNetworks, ...s3.env } });
  const owner = await signIn(app, "owner");
  await sendImage(app, owner, "-", await png());
  await app.work();
  const { file, told } = await backUp(app);
  expect(told).toContain("1 images");
  const { id } = await app.ctx.db.selectFrom("media").select("id").executeTakeFirstOrThrow();
  const master = await app.ctx.storage.read(`${id}/master.webp`);
  const { url } = await newDatabase();
  const there = elsewhereOf(app, url);
  await shell(there, ["restore", file, "--erased", "none"]);
  expect(readFileSync(join(there.config.dataDir, "media", id, "master.webp"))).toEqual(master);

  await app.ctx.storage.removeFolder(id);
  const second = await newDatabase();
  const { storage } = app.ctx.config;
  const inBucket = { url: second.url, config: { ...there.config, storage } };
  await shell(inBucket, ["restore", file, "--erased", "none"]);
  expect(await app.ctx.storage.read(`${id}/master.webp`)).toEqual(master);
});
