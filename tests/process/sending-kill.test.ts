import { expect, onTestFailed, onTestFinished, test } from "vitest";
import type { Tables } from "../../src/database.ts";
import { checkTallies } from "../../src/deliveries/queries.ts";
import { parseConfig } from "../../src/platform/config.ts";
import { connect } from "../../src/platform/database.ts";
import { createLog } from "../../src/platform/log.ts";
import { startSystem } from "../../src/start.ts";
import { holding } from "../support/holding.ts";
import { newDataDir, type Program, runProgram } from "../support/program.ts";
import {
  dutchSubscribers,
  edition,
  finished,
  newsletterOf,
  statesOf,
  subscribers,
  until,
} from "../support/sending.ts";
import { startSmtpSink } from "../support/smtp-sink.ts";
import { createDatabase, dropDatabase, serverUrl, templateDatabase } from "../support/test-database.ts";

const connections = 4;
/** More than two processes claim at once (16 for each connection). */
const count = 200;
const secret = "only-for-tests-only-for-tests-only";

async function makeTemplate(name: string): Promise<void> {
  const parsed = parseConfig({ NODE_ENV: "test", DATA_DIR: newDataDir(), SECRET_KEY: secret });
  if (parsed.kind === "invalid") throw new Error(parsed.problems.join());
  const system = await startSystem(parsed.config, serverUrl(name), { roles: [], log: createLog("silent") });
  await system.stop();
}

/** A database with subscribers and an edition about to be frozen, a mail server, and workers as real processes. */
async function givenAnEdition(wanted: { others?: number } = {}) {
  const template = await templateDatabase("seeds", makeTemplate);
  const database = await createDatabase(template);
  const url = serverUrl(database);
  const sink = await startSmtpSink();
  const env = {
    DATABASE_URL: url,
    SMTP_URL: sink.url,
    SMTP_CONNECTIONS: String(connections),
    SEND_RATE: "1000",
    SEND_RATE_DOMAIN: "1000",
    SECRET_KEY: secret,
    DATA_DIR: newDataDir(),
  };
  const { db } = connect<Tables>(url, 4);
  onTestFinished(async () => {
    await db.destroy();
    await dropDatabase(database);
  });
  const newsletterId = await newsletterOf(db);
  await subscribers(db, newsletterId, count * 10);
  await dutchSubscribers(db, newsletterId, wanted.others ?? 0);
  // Each tenth of the first reads English: the edition is for these.
  const id = await edition(db, { newsletterId, segment: { language: "en" } });
  const worker = async () => {
    const program = await runProgram({ env, args: ["--only", "worker"] });
    onTestFailed(() => void process.stderr.write(program.output()));
    await program.started();
    return program;
  };
  return { db, url, sink, id, worker };
}

type Given = Awaited<ReturnType<typeof givenAnEdition>>;

async function killHard(program: Program): Promise<void> {
  program.kill("SIGKILL");
  await program.ended;
}

/** Every recipient got the mail; no more came twice than connections were open; those have equal Message-IDs. */
async function expectEveryone(given: Given, most: number): Promise<number> {
  const { db, sink, id } = given;
  await finished(db, id, 40);
  const states = await statesOf(db, id);
  const recipients = Object.keys(states);
  expect(Object.values(states).map(({ state }) => state)).toEqual(recipients.map(() => "sent"));
  expect(await checkTallies({ db } as Parameters<typeof checkTallies>[0], id)).toEqual([]);
  expect(new Set(sink.received.map(({ envelope }) => envelope.to[0]))).toEqual(new Set(recipients));
  const idsOf = new Map<string, Set<string | undefined>>();
  for (const { envelope, mail } of sink.tries) {
    const to = envelope.to[0] ?? "";
    idsOf.set(to, (idsOf.get(to) ?? new Set()).add(mail.messageId));
  }
  for (const ids of idsOf.values()) expect(ids.size).toBe(1);
  const twice = sink.tries.length - recipients.length;
  expect(twice).toBeLessThanOrEqual(most);
  const { doubts } = await db
    .selectFrom("delivery_tallies")
    .select(({ fn }) => fn.sum<string>("change").as("doubts"))
    .where("edition_id", "=", id)
    .where("what", "=", "doubts")
    .executeTakeFirstOrThrow();
  expect(Number(doubts)).toBeGreaterThanOrEqual(twice);
  return twice;
}

const numberOf = async ({ db, id }: Given, state: string) =>
  Object.values(await statesOf(db, id)).filter((one) => one.state === state).length;

/** All connections have given a whole mail to the server, which does not answer. */
async function handedOver({ sink, worker }: Given, workers = 1): Promise<Program[]> {
  sink.behave({ kind: "stall" });
  const programs = await Promise.all(Array.from({ length: workers }, worker));
  await until("The hand-over", async () => sink.tries.length === workers * connections);
  return programs;
}

test("killed while freezing, in the middle of a batch: the next start freezes the rest", async () => {
  const given = await givenAnEdition({ others: 10_400 });
  const { db, url, id } = given;
  // The last English reader in the order of freezing is in the second batch: its row is ours, so that batch waits.
  const last = await db
    .selectFrom("subscriptions")
    .select(["id", "person_id"])
    .where("language", "=", "en")
    .orderBy("person_id", "desc")
    .executeTakeFirstOrThrow();
  const hold = await holding(
    url,
    `insert into deliveries (edition_id, person_id, subscription_id, language, domain, due_at)
     values ($1, $2, $3, 'en', 'example.org', now())`,
    [id, last.person_id, last.id],
  );
  const program = await given.worker();
  await until("The freezing", () => hold.waits("insert into deliveries"));
  await killHard(program);
  const before = (await db.selectFrom("deliveries").select("id").execute()).length;
  expect(before).toBeGreaterThan(count / 2);
  expect(before).toBeLessThan(count);
  await hold.release();
  await given.worker();
  expect(await expectEveryone(given, 0)).toBe(0);
  const { audience } = await db.selectFrom("editions").select("audience").executeTakeFirstOrThrow();
  expect(audience).toBe(count);
});

test("killed when it has claimed and handed over nothing: nobody gets it twice", async () => {
  const given = await givenAnEdition();
  const { db, url, id, sink } = given;
  await db.updateTable("editions").set({ state: "stopped" }).where("id", "=", id).execute();
  const program = await given.worker();
  await until("The sender's number", async () => (await db.selectFrom("senders").execute()).length > 0);
  const hold = await holding(url, "select from senders for update");
  await db.updateTable("editions").set({ state: "freezing" }).where("id", "=", id).execute();
  await until("The turn before the hand-over", () => hold.waits("settled as ("));
  await killHard(program);
  await hold.release();
  expect(await numberOf(given, "sending")).toBeGreaterThan(connections);
  expect(sink.tries).toHaveLength(0);
  await given.worker();
  expect(await expectEveryone(given, 0)).toBe(0);
});

test("killed when mails were handed over and not answered: those alone come again", async () => {
  const given = await givenAnEdition();
  const [program] = await handedOver(given);
  await killHard(program!);
  given.sink.behave({ kind: "accept" });
  await given.worker();
  expect(await expectEveryone(given, connections)).toBe(connections);
});

test("killed when mails were answered and that was not written yet: those alone come again", async () => {
  const given = await givenAnEdition();
  const { url, sink } = given;
  const [program] = await handedOver(given);
  const hold = await holding(url, "select from senders for update");
  sink.answerStalled();
  await until("The turn after the answer", () => hold.waits("settled as ("));
  await killHard(program!);
  await hold.release();
  expect(await numberOf(given, "sent")).toBe(0);
  sink.behave({ kind: "accept" });
  await given.worker();
  expect(await expectEveryone(given, connections)).toBe(connections);
});

test("killed when answers were written: nobody gets it twice", async () => {
  const given = await givenAnEdition();
  const { url, sink } = given;
  const [program] = await handedOver(given);
  const hold = await holding(url, "select from send_buckets for update");
  sink.behave({ kind: "accept" });
  sink.answerStalled();
  await until("The next claim", () => hold.waits("send_buckets where domain"));
  await until("The end of what was claimed", async () => (await numberOf(given, "sending")) === 0);
  await killHard(program!);
  await hold.release();
  const sent = await numberOf(given, "sent");
  expect(sent).toBeGreaterThan(connections);
  expect(sent).toBeLessThan(count);
  await given.worker();
  expect(await expectEveryone(given, 0)).toBe(0);
});

test("killed beside another process: that one takes over, without a restart", async () => {
  const given = await givenAnEdition();
  const [program] = await handedOver(given, 2);
  await killHard(program!);
  given.sink.behave({ kind: "accept" });
  given.sink.answerStalled();
  expect(await expectEveryone(given, connections)).toBe(connections);
});

test("ended as an operator does: nothing is in doubt, and the next start goes on", async () => {
  const given = await givenAnEdition();
  const [program] = await handedOver(given);
  given.sink.behave({ kind: "accept" });
  setTimeout(given.sink.answerStalled, 300);
  expect(await program!.stop()).toBe(0);
  expect(await numberOf(given, "sending")).toBe(0);
  expect(await given.db.selectFrom("senders").selectAll().execute()).toEqual([]);
  await given.worker();
  expect(await expectEveryone(given, 0)).toBe(0);
});
