/** Why the program cannot run, and what to do about it: a sentence for the operator, no failure of the program. */
export class StartFault extends Error {}

export const diskIsFull = (where: string) =>
  new StartFault(
    `The disk that holds ${where} is full: make room and start again. Nothing that was saved is lost.`,
  );

/** What PostgreSQL says of it, in any of its logs and errors. */
export const saysDiskIsFull = (text: string) =>
  /No space left on device|Disk quota exceeded|wrote only \d+ of \d+ bytes|Check free disk space/i.test(text);

/** What it says before it has a log: that it finds no database, or may not run. */
function withoutTime(log: string): string {
  const lines = log.split("\n").filter((line) => line !== "" && !/^\d{4}-/.test(line));
  return lines.join(" ").slice(0, 500) || "it gave no reason";
}

/** What it says to who knocks too early or too late. */
const isToVisitor = /^(the database system is|terminating connection|password authentication)/;

/** Why the embedded server ended or kept silent, from what it wrote in its log since its start. */
export function faultOfServer(log: string, logFile: string): StartFault {
  if (saysDiskIsFull(log)) return diskIsFull(logFile);
  const said = [...log.matchAll(/\b(?:FATAL|PANIC):\s+(.*)/g)].map(([, words = ""]) => words);
  const why = said.findLast((words) => !isToVisitor.test(words)) ?? withoutTime(log);
  return new StartFault(`The embedded PostgreSQL does not start: ${why}. Its log is ${logFile}.`);
}
