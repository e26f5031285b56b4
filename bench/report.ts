import { cpus, platform } from "node:os";
import type { MailsSent } from "./forms.ts";
import type { Row } from "./measure.ts";

export type Results = {
  rows: (Row & { queries: number })[];
  /** Milliseconds of a start on a data folder that is there already. */
  warmStart: number;
  /** Megabytes. */
  restAfterStart: number | null;
  restAfterLoad: number | null;
  sent: MailsSent[];
  seconds: number;
  rounds: number;
};

const whole = (number: number) => Math.round(number).toLocaleString("en");
const short = (number: number) => (number < 10 ? number.toFixed(2) : number.toFixed(0));
const orDash = (number: number | null, format: (number: number) => string) =>
  number === null ? "–" : format(number);

function tableOf({ rows }: Results): string {
  const lines = [
    [
      "",
      "updates",
      "requests/s",
      "raw limit",
      "ratio",
      "by processor",
      "p50 ms",
      "p99 ms",
      "queries",
      "peak MB",
    ],
    ["---", ...Array(9).fill("--:")],
    ...rows.map((row) => [
      row.what,
      whole(row.updates),
      whole(row.perSecond),
      whole(row.rawPerSecond),
      (row.perSecond / row.rawPerSecond).toFixed(2),
      orDash(row.byProcessor, (ratio) => ratio.toFixed(2)),
      short(row.p50),
      short(row.p99),
      String(row.queries),
      orDash(row.peak, whole),
    ]),
  ];
  const widths = lines[0]!.map((_, i) => Math.max(...lines.map((line) => line[i]!.length)));
  const cell = (text: string, i: number) => {
    if (text === "--:") return `${"-".repeat(widths[i]! - 1)}:`;
    if (text === "---") return "-".repeat(widths[i]!);
    return i === 0 ? text.padEnd(widths[i]!) : text.padStart(widths[i]!);
  };
  return lines.map((line) => `| ${line.map(cell).join(" | ")} |`).join("\n");
}

/** What is to be reached, and the figure farthest from it. */
function targetsOf({ rows, restAfterStart, restAfterLoad, warmStart }: Results): string[] {
  const cached = rows.filter((row) => row.what.includes("from memory"));
  const uncached = rows.filter((row) => row.what.includes("made anew"));
  const line = (target: string, reached: boolean, figure: string) =>
    `- ${target}: ${figure}${reached ? "" : " (**missed**)"}`;
  const ratio = Math.min(...cached.map((row) => row.perSecond / row.rawPerSecond));
  const queries = Math.max(...uncached.map((row) => row.queries));
  const p50 = Math.max(...uncached.map((row) => row.p50));
  const rest = Math.max(restAfterStart ?? 0, restAfterLoad ?? 0);
  return [
    line("Pages from memory at least 0.6 of the raw limit", ratio >= 0.6, `${ratio.toFixed(2)} at the least`),
    line("A page made anew at most 5 queries", queries <= 5, `${queries} at the most`),
    line("A page made anew in at most 10 ms (p50)", p50 <= 10, `${short(p50)} ms at the most`),
    line(
      "The process at most 200 MB at rest",
      rest <= 200,
      `${orDash(restAfterStart, whole)} MB after the start, ${orDash(restAfterLoad, whole)} MB a minute after all this load`,
    ),
    line("A warm start under 2 s", warmStart < 2000, `${whole(warmStart)} ms`),
  ];
}

/** The figures as a page for docs/. */
export function reportOf(results: Results): string {
  const { sent, seconds, rounds } = results;
  const mails = sent.map(({ mails, perSecond }) => `${whole(mails)} mails at ${whole(perSecond)} a second`);
  return `# Benchmarks

Made by \`npm run bench\`; how to read it is in [bench/README.md](../bench/README.md). The figures of one machine on one
day (${new Date().toISOString().slice(0, 10)}; ${cpus().length} cores, ${platform()}, Node.js ${process.versions.node.split(".")[0]}), \
with the load, the database and the mail server on that same machine.
Medians of ${rounds} rounds of ${seconds} s. What lasts is the ratio; the rest changes with the machine.

${tableOf(results)}

To reach:

${targetsOf(results).join("\n")}

Confirmation mails that followed the forms, made and sent by the same process: ${mails.join("; ")}.
`;
}
