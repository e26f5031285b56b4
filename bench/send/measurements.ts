import { loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { runLoad } from "../measure.ts";
import { forgetPeak, memoryPeak, processorTime, processorTimeOfFamily } from "../processes.ts";
import { finished, firstOnes, frozen, growTo, sendEdition, sentOf, stopped } from "./engine.ts";
import { type Rig, validSignatures } from "./rig.ts";

export const say = (text: string) => process.stdout.write(`${text}\n`);
export const median = (numbers: number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

/** Mails per second, and milliseconds of processor time per mail: what else runs here matters less to these. */
export type Round = {
  signing: boolean;
  pool: number;
  office: number;
  engine: number;
  poolProcessor: number;
  officeProcessor: number;
  /** Of the program, freezing included, and of all of PostgreSQL's processes. */
  programProcessor: number;
  databaseProcessor: number;
  load: number;
};

let editions = 0;

/** Sends an edition to all subscribers, and counts them at the mail server. */
async function sendToAll({ client, askSink }: Rig, count: number, keepEvery: number) {
  await askSink({ forget: { keepEvery } });
  const id = await sendEdition(client, `bench-${++editions}`);
  const freezing = await frozen(client, id);
  const perSecond = await finished(client, id, count);
  const { taken, different, mails } = await askSink({ mails: keepEvery > 0 });
  if (taken !== count || different !== count)
    throw new Error(`${count} were to get a mail; the server got ${taken}, ${different} of them different`);
  return { perSecond, freezing, mails };
}

/**
 * Nodemailer's pool, the post office alone and the engine with its accounts, by turns, so that whatever else slows the
 * machine slows all three.
 */
export async function compare(rig: Rig, sizes: { alone: number; audience: number; rounds: number }) {
  const rounds: Round[] = [];
  const mails: string[] = [];
  await growTo(rig.client, sizes.audience);
  for (const signing of [true, false]) {
    const { program } = await rig.engine(signing);
    await rig.run(rig.nodemailer, 300, signing);
    for (let round = 0; round < sizes.rounds; round++) {
      const half = Math.ceil(sizes.alone / 2);
      const poolBefore = await rig.run(rig.nodemailer, half, signing);
      const office = await rig.run(rig.office, sizes.alone, signing);
      const keepEvery = signing ? Math.max(1, Math.floor(sizes.audience / 2000)) : 0;
      const before = {
        program: processorTime(program.pid) ?? 0,
        database: processorTimeOfFamily(rig.databasePid) ?? 0,
      };
      const { perSecond, mails: kept } = await sendToAll(rig, sizes.audience, keepEvery);
      const programProcessor = ((processorTime(program.pid) ?? 0) - before.program) / sizes.audience;
      const databaseProcessor =
        ((processorTimeOfFamily(rig.databasePid) ?? 0) - before.database) / sizes.audience;
      mails.push(...kept);
      const poolAfter = await rig.run(rig.nodemailer, half, signing);
      const measured: Round = {
        signing,
        pool: (2 * half) / (poolBefore.seconds + poolAfter.seconds),
        office: sizes.alone / office.seconds,
        engine: perSecond,
        poolProcessor: (1000 * (poolBefore.processor + poolAfter.processor)) / (2 * half),
        officeProcessor: (1000 * office.processor) / sizes.alone,
        programProcessor,
        databaseProcessor,
        load: loadavg()[0] ?? 0,
      };
      rounds.push(measured);
      say(
        `  ${JSON.stringify(measured, (_, value) => (typeof value === "number" ? Math.round(value * 100) / 100 : value))}`,
      );
    }
  }
  return { rounds, checked: mails.length, valid: await validSignatures(mails, rig.publicKey) };
}

/** Every mail of one edition checked. */
export async function checkAll(rig: Rig, audience: number) {
  await rig.engine(true);
  await growTo(rig.client, audience);
  const { mails } = await sendToAll(rig, audience, 1);
  return { checked: mails.length, valid: await validSignatures(mails, rig.publicKey) };
}

/** Milliseconds, on the home page at 20 requests a second, without and with an edition being sent by the same process. */
export async function pageWhileSending(rig: Rig, audience: number) {
  await growTo(rig.client, audience);
  const { origin } = await rig.engine(true);
  const load = { url: `${origin}/`, connections: 5, rate: 20, headers: {}, status: 200 };
  await runLoad(rig.load, { ...load, until: { seconds: 2 } });
  const before = await runLoad(rig.load, { ...load, until: { seconds: 5 } });
  await rig.askSink({ forget: { keepEvery: 0 } });
  const id = await sendEdition(rig.client, `bench-${++editions}`);
  await frozen(rig.client, id);
  // About as long as the edition takes; its end is what counts, so asking ends before.
  const during = await runLoad(rig.load, {
    ...load,
    until: { seconds: Math.max(3, Math.floor(audience / 2500)) },
  });
  const { rows } = await rig.client.query("select finished_at from editions where id = $1", [id]);
  const perSecond = await finished(rig.client, id, audience);
  return { before, during, sending: rows[0].finished_at === null, perSecond, load: loadavg()[0] ?? 0 };
}

/** Per list size: seconds to freeze, and mails per second of the first so many. */
export async function bySize(rig: Rig, sizes: number[], first: number) {
  const measured: { size: number; freezing: number; perSecond: number; load: number }[] = [];
  await rig.engine(false);
  for (const size of sizes) {
    await growTo(rig.client, size);
    await rig.askSink({ forget: { keepEvery: 0 } });
    const id = await sendEdition(rig.client, `bench-${++editions}`);
    const { seconds, audience } = await frozen(rig.client, id);
    if (audience !== size) throw new Error(`${audience} were frozen instead of ${size}`);
    const perSecond = await firstOnes(rig.client, id, first);
    measured.push({ size, freezing: seconds, perSecond, load: loadavg()[0] ?? 0 });
    say(`  ${size} subscribers: frozen in ${seconds.toFixed(1)} s, ${Math.round(perSecond)} mails/s`);
  }
  return measured;
}

/**
 * The most megabytes of a program that was started anew and sends for so many seconds: an edition to all, and as often
 * again as that takes to pass. So what differs is the size of the list and nothing else.
 */
export async function memoryFor(rig: Rig, audience: number, seconds: number) {
  const { client } = rig;
  await growTo(client, audience);
  await rig.askSink({ forget: { keepEvery: 0 } });
  const { program } = await rig.engine(false, "anew");
  forgetPeak(program.pid);
  const end = performance.now() + seconds * 1000;
  let mails = 0;
  let peakOfFirst: number | null = null;
  while (performance.now() < end) {
    const id = await sendEdition(client, `bench-${++editions}`);
    await frozen(client, id);
    let sent = 0;
    do {
      await sleep(500);
      sent = await sentOf(client, id);
    } while (sent < audience && performance.now() < end);
    mails += sent;
    peakOfFirst ??= memoryPeak(program.pid);
    if (sent < audience) await stopped(client, id);
  }
  const load = loadavg()[0] ?? 0;
  const measured = { audience, mails, seconds, peakOfFirst, peak: memoryPeak(program.pid), load };
  say(`  ${JSON.stringify(measured)}`);
  return measured;
}
