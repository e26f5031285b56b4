import type { Kysely } from "kysely";
import type { Tables } from "../database.ts";
import type { Config } from "./config.ts";
import type { Db } from "./database.ts";
import type { Jobs } from "./jobs.ts";
import type { Keys } from "./keys.ts";
import type { Limits } from "./limits.ts";
import type { Log } from "./log.ts";
import type { Mailer } from "./mailer.ts";
import type { PostOffice } from "./mass-mail/post-office.ts";
import type { Storage } from "./storage.ts";

/** What every operation takes first. */
export type Ctx = {
  db: Db<Tables>;
  jobs: Jobs;
  mailer: Mailer;
  /** The present moment; a test holds the clock. */
  now: () => Date;
  log: Log;
  keys: Keys;
  /** Counts per key that all processes share. */
  limits: Limits;
  /** Uploaded files. */
  storage: Storage;
  /** For mails to many at once; opened at the first one. */
  postOffice: PostOffice;
  config: Config;
};

/**
 * Runs `work` in one transaction. Its ctx shadows the outer one, so that the outer connection is out of reach;
 * jobs it enqueues exist only if the transaction commits.
 */
export function inTransaction<Result>(ctx: Ctx, work: (ctx: Ctx) => Promise<Result>): Promise<Result> {
  if (ctx.db.isTransaction) return work(ctx);
  return (ctx.db as Kysely<Tables>)
    .transaction()
    .execute((db) => work({ ...ctx, db, jobs: ctx.jobs.within(db) }));
}
