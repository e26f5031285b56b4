import { sql } from "kysely";
import type { Ctx } from "./context.ts";

/** Of PostgreSQL as it ends, starts or recovers (class 57P), and of a connection that broke (class 08). */
const ofServer = /^(57P0[1-5]|08...)$/;
const ofConnection = [
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
];
/** Out of disk or connections, an error of the disk: the database may answer others, or nobody. */
const ofMachine = /^(53[13]00|58...)$/;
const inWords =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** What an error says about the database: "away", "perhaps" where a connection broke that could be another's, or "no". */
export function saysDatabaseIsAway(error: unknown): "away" | "perhaps" | "no" {
  const { code = "", message = "" } = (error ?? {}) as { code?: string; message?: string };
  if (ofServer.test(code) || inWords.test(message)) return "away";
  return ofConnection.includes(code) || ofMachine.test(code) ? "perhaps" : "no";
}

/** An answer may take so many milliseconds. */
const patience = 2000;
/** After so many more a question is taken for lost, and asked again. */
const lostAfter = 10_000;

/**
 * Asks whether the database answers, within two seconds. One question at a time, however many want to know; while one is
 * overdue the others hear at once that there is no answer. Over the pool, since that is what requests wait for.
 */
export function databaseAnswers({ db }: Pick<Ctx, "db">, question = sql`select 1`): () => Promise<boolean> {
  let asking: Promise<boolean> | null = null;
  let overdue = false;
  const ask = () => {
    overdue = false;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const done = (answers: boolean) => {
      for (const timer of timers) clearTimeout(timer);
      if (asking === promise) asking = null;
      resolve(answers);
    };
    const late = () => {
      overdue = true;
      resolve(false);
    };
    const timers = [setTimeout(late, patience), setTimeout(() => done(false), patience + lostAfter).unref()];
    question.execute(db).then(
      () => done(true),
      () => done(false),
    );
    asking = promise;
    return promise;
  };
  return async () => (asking ? !overdue && asking : ask());
}

/** Whether a request failed since the database is away; where the error leaves that open, the database is asked. */
export async function isDatabaseAway(error: unknown, answers: () => Promise<boolean>): Promise<boolean> {
  const says = saysDatabaseIsAway(error);
  return says === "away" || (says === "perhaps" && !(await answers()));
}
