import { availableParallelism, cpus } from "node:os";
import {
  type bySize,
  type checkAll,
  type compare,
  median,
  type memoryFor,
  type pageWhileSending,
  type Round,
} from "./measurements.ts";

type Results = {
  loadBefore: number;
  connections: number;
  sizes: { alone: number; audience: number; first: number };
  every: Awaited<ReturnType<typeof checkAll>>;
  compared: Awaited<ReturnType<typeof compare>>;
  page: Awaited<ReturnType<typeof pageWhileSending>>;
  lists: Awaited<ReturnType<typeof bySize>>;
  memory: Awaited<ReturnType<typeof memoryFor>>[];
};

const whole = (number: number) => Math.round(number).toLocaleString("en");
const megabytes = (number: number | null) => (number === null ? "–" : whole(number));

function table(head: string[], rows: string[][]): string {
  const lines = [head, head.map((_, at) => (at === 0 ? "---" : "--:")), ...rows];
  return lines.map((line) => `| ${line.join(" | ")} |`).join("\n");
}

const ratio = (rounds: Round[], of: "engine" | "office") =>
  median(rounds.map((round) => round[of] / round.pool));

const kindsOf = ({ compared: { rounds } }: Results) =>
  [false, true].map((signing) => ({
    name: signing ? "DKIM" : "unsigned",
    rounds: rounds.filter((round) => round.signing === signing),
  }));

function comparison(results: Results): string {
  const rows = kindsOf(results).flatMap(({ name, rounds }) => [
    ...rounds.map((round, at) => [
      `${name}, round ${at + 1}`,
      whole(round.pool),
      whole(round.office),
      whole(round.engine),
      (round.engine / round.pool).toFixed(2),
      round.load.toFixed(1),
    ]),
    [
      `**${name}, median**`,
      whole(median(rounds.map(({ pool }) => pool))),
      whole(median(rounds.map(({ office }) => office))),
      whole(median(rounds.map(({ engine }) => engine))),
      `**${ratio(rounds, "engine").toFixed(2)}**`,
      "",
    ],
  ]);
  return table(
    ["mails per second", "nodemailer's pool", "post office alone", "engine", "engine : pool", "load"],
    rows,
  );
}

function processorTable(results: Results): string {
  const rows = kindsOf(results).map(({ name, rounds }) => [
    name,
    ...(["poolProcessor", "officeProcessor", "programProcessor", "databaseProcessor"] as const).map((of) =>
      median(rounds.map((round) => round[of])).toFixed(2),
    ),
  ]);
  return table(
    [
      "ms of processor time per mail",
      "nodemailer's pool",
      "post office alone",
      "engine: program",
      "engine: PostgreSQL",
    ],
    rows,
  );
}

/** What signing adds to a mail, most of it RSA in the thread pool. */
function signingShare(results: Results): string {
  const [unsigned = 0, signed = 0] = kindsOf(results).map(({ rounds }) =>
    median(rounds.map(({ programProcessor }) => programProcessor)),
  );
  return (
    `Signing adds ${(signed - unsigned).toFixed(2)} ms to\n` +
    "the program's, which is mostly RSA itself, in the thread pool beside the main thread."
  );
}

function aims(results: Results): string {
  const { compared, every, page, lists, memory } = results;
  const of = (signing: boolean) => compared.rounds.filter((round) => round.signing === signing);
  const line = (aim: string, reached: boolean, figure: string) =>
    `- ${aim}: ${figure}${reached ? "" : " (**missed**)"}`;
  const unsigned = ratio(of(false), "engine");
  const signed = ratio(of(true), "engine");
  const checked = every.checked + compared.checked;
  const valid = every.valid + compared.valid;
  const perMail = lists.map(({ perSecond }) => 1000 / perSecond);
  const spread = Math.max(...perMail) / Math.min(...perMail) - 1;
  const [small, large] = memory;
  const largest = lists.at(-1);
  const growth = small?.peak && large?.peak ? large.peak / small.peak - 1 : null;
  return [
    line("Unsigned at least 2 × nodemailer's pool", unsigned >= 2, `${unsigned.toFixed(2)} ×`),
    line("Signed at least 3 × nodemailer's pool", signed >= 3, `${signed.toFixed(2)} ×`),
    line(
      "Every signature valid",
      valid === checked,
      `${whole(valid)} of ${whole(checked)} checked by mailauth`,
    ),
    ...(growth === null
      ? []
      : [
          line(
            "Memory within 10 % at 500,000 recipients",
            growth <= 0.1,
            `${Math.abs(growth * 100).toFixed(0)} % ${growth < 0 ? "less" : "more"} at the peak than at 10,000`,
          ),
        ]),
    line(
      "Time per mail the same at each list size",
      spread <= 0.2,
      `${Math.min(...perMail).toFixed(2)} to ${Math.max(...perMail).toFixed(2)} ms`,
    ),
    ...(largest?.size === 1_000_000
      ? [line("1,000,000 frozen in under 30 s", largest.freezing < 30, `${largest.freezing.toFixed(1)} s`)]
      : []),
    line(
      "A page's p99 under 100 ms while sending",
      page.during.p99 < 100,
      `${page.during.p99.toFixed(0)} ms (${page.before.p99.toFixed(0)} ms before)`,
    ),
  ].join("\n");
}

export function reportOf(results: Results): string {
  const { loadBefore, connections, sizes, every, compared, page, lists, memory } = results;
  return `# Benchmarks of sending

Written by \`npm run bench:send\` on ${new Date().toISOString().slice(0, 10)}: ${cpus()[0]?.model.trim()}, ${availableParallelism()} processors, shared by the program (web and
worker in one process), PostgreSQL with its usual settings, the mail server and what asks. The load average was
${loadBefore.toFixed(1)} before it began: what is above 0 is other work on the same machine, which changes the absolute figures; what
lasts is the ratio. Load averages below are those at the end of a round, the benchmark's own work included.

## To reach

${aims(results)}

## Mails per second

Messages of 22 KB with the same content, over ${connections} connections to one mail server on the loopback address. The pool and the
post office send ${whole(sizes.alone)} a round without a database; the engine sends an edition to ${whole(sizes.audience)} subscribers at 40 providers with
all its accounts (claimed, handed over, answered, written, summed), from the first claim to the last answer. After each
edition every recipient has exactly one mail at the mail server, and every row says "sent".

${comparison(results)}

The same as processor time, to which other work on the machine matters less. ${signingShare(results)}

${processorTable(results)}

Signatures (RSA, 2048 bits, relaxed/relaxed): all ${whole(every.checked)} of one edition and ${whole(compared.checked)} spread over the editions above were checked
by mailauth; ${whole(every.valid + compared.valid)} are valid.

## List sizes

Seconds until the audience stands in rows, and the first ${whole(sizes.first)} mails of it.

${table(
  ["subscribers", "frozen in s", "mails per second", "ms per mail", "load"],
  lists.map(({ size, freezing, perSecond, load }) => [
    whole(size),
    freezing.toFixed(1),
    whole(perSecond),
    (1000 / perSecond).toFixed(2),
    load.toFixed(1),
  ]),
)}

## Memory

The program's process, started anew, sending unsigned mails for the same time: a list of the first size again and again, or
a part of one edition to the second. The most megabytes after the first edition (or that time), and at the end.

${table(
  ["recipients", "mails sent", "seconds", "peak MB, first edition", "peak MB", "load"],
  memory.map(({ audience, mails, seconds, peakOfFirst, peak, load }) => [
    whole(audience),
    whole(mails),
    whole(seconds),
    megabytes(peakOfFirst),
    megabytes(peak),
    load.toFixed(1),
  ]),
)}

## The site meanwhile

The home page, 20 requests a second, answered by the same process that sends a signed edition at full speed
(${page.sending ? "it was still being sent at the last request" : "it ended before the last request"}; ${whole(page.perSecond)} mails a second; load ${page.load.toFixed(1)}).

${table(
  ["", "p50 ms", "p99 ms", "requests"],
  [
    ["before", page.before.p50.toFixed(1), page.before.p99.toFixed(1), whole(page.before.requests)],
    ["while sending", page.during.p50.toFixed(1), page.during.p99.toFixed(1), whole(page.during.requests)],
  ],
)}
`;
}
