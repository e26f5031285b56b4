import type { Kysely } from "kysely";
import { type Db as BossDb, fromKysely, type JobWithMetadata, PgBoss, type QueueOptions } from "pg-boss";
import type { z } from "zod";
import type { Ctx } from "./context.ts";
import { GivenUp } from "./given-up.ts";

/** A kind of work done after the request: its name, the shape of its data, what it does and how it is retried. */
export type JobDefinition<Data extends object = object> = {
  name: string;
  data: z.ZodType<Data>;
  run: (ctx: Ctx, data: Data) => Promise<void>;
  /** Runs by itself at these times (cron, Europe/Amsterdam), with `{}` as data. */
  cron?: string;
  /** Once it will not be tried again: after the last try, or at once where `run` throws GivenUp. */
  onGivenUp?: (ctx: Ctx, data: Data) => Promise<void>;
  retry?: Pick<QueueOptions, "retryLimit" | "retryDelay" | "retryBackoff" | "retryDelayMax">;
  /** How many run at once in one process. */
  concurrency?: number;
};

/** Forgets the shape of the data, so that definitions of all features fit in one list. */
export const defineJob = <Data extends object>(definition: JobDefinition<Data>): JobDefinition =>
  definition as unknown as JobDefinition;

/** What it takes to put work on the queue. */
export type JobKind<Data extends object = object> = Pick<JobDefinition<Data>, "name" | "data">;

export const defineJobKind = <Data extends object>(kind: JobKind<Data>): JobKind<Data> => kind;

export type Jobs = {
  /** Puts work on the queue, in the transaction of `within`. `after`: not before this moment. */
  enqueue: <Data extends object>(job: JobKind<Data>, data: Data, options?: { after?: Date }) => Promise<void>;
  within: (db: unknown) => Jobs;
};

/** Mail and other work against the outside world: 14 tries from 10 s to 12 h apart, about three days in all. */
export const patientRetry: QueueOptions = {
  retryLimit: 20,
  retryDelay: 5,
  retryBackoff: true,
  retryDelayMax: 12 * 3600,
};

const dayInSeconds = 24 * 3600;

/** The job queue on pg-boss: enqueue from anywhere, `work` in the worker role, `drain` in tests. */
export class JobQueue {
  readonly boss: PgBoss;
  readonly jobs: Jobs;
  #definitions: JobDefinition[];

  constructor(
    url: string,
    definitions: JobDefinition[],
    role: { worker: boolean },
    onError: (e: Error) => void,
  ) {
    this.#definitions = definitions;
    this.boss = new PgBoss({
      connectionString: url,
      application_name: "archipel jobs",
      max: role.worker ? 6 : 2,
      supervise: role.worker,
      schedule: role.worker,
      useListenNotify: role.worker,
    });
    this.boss.on("error", onError);
    this.jobs = this.#jobsOn(undefined);
  }

  #jobsOn(db: BossDb | undefined): Jobs {
    return {
      enqueue: async (job, data, options = {}) => {
        await this.boss.send(job.name, job.data.parse(data), {
          ...(db ? { db } : {}),
          ...(options.after ? { startAfter: options.after } : {}),
        });
      },
      within: (trx) => this.#jobsOn(fromKysely(trx as Kysely<unknown>)),
    };
  }

  /** Starts the queue and makes the queues it lacks. Completed jobs are removed after a day. */
  async start(): Promise<void> {
    await this.boss.start();
    const known = new Set((await this.boss.getQueues()).map((queue) => queue.name));
    for (const { name, retry } of this.#definitions) {
      const options = { ...retry, deleteAfterSeconds: dayInSeconds, expireInSeconds: 300, notify: true };
      if (!known.has(name)) await this.boss.createQueue(name, options);
    }
  }

  /** Takes jobs from the queue and runs them, until `stop`. */
  async work(ctx: Ctx): Promise<void> {
    for (const definition of this.#definitions) {
      const options = {
        localConcurrency: definition.concurrency ?? 1,
        pollingIntervalSeconds: 1,
        notifyPollingIntervalSeconds: 5,
        includeMetadata: true as const,
      };
      let worker = "";
      worker = await this.boss.work<object, void, typeof options>(definition.name, options, async ([job]) => {
        if (job) await this.#run(ctx, definition, job as JobWithMetadata<object>);
        this.boss.notifyWorker(worker); // there may be more: look again at once, not at the next poll
      });
      if (definition.cron)
        await this.boss.schedule(definition.name, definition.cron, {}, { tz: "Europe/Amsterdam" });
    }
  }

  /** Runs everything that is due now, in this process, and returns how many jobs ran. For tests. */
  async drain(ctx: Ctx): Promise<number> {
    let ran = 0;
    for (let due = await this.#due(); due.size > 0; due = await this.#due()) {
      for (const definition of this.#definitions.filter(({ name }) => due.has(name))) {
        const jobs = await this.boss.fetch<object>(definition.name, {
          batchSize: 100,
          includeMetadata: true,
        });
        for (const job of jobs) {
          ran++;
          try {
            await this.#run(ctx, definition, job);
            await this.boss.complete(definition.name, job.id);
          } catch (error) {
            await this.boss.fail(definition.name, job.id, { message: String(error) });
          }
        }
      }
    }
    return ran;
  }

  /** The queues in which something is due. */
  async #due(): Promise<Set<string>> {
    const { rows } = await this.boss
      .getDb()
      .executeSql("select distinct name from pgboss.job where state < 'active' and start_after <= now()");
    return new Set(rows.map(({ name }) => name));
  }

  async #run(ctx: Ctx, definition: JobDefinition, job: JobWithMetadata<object>): Promise<void> {
    const data = definition.data.parse(job.data ?? {});
    const started = performance.now();
    try {
      await definition.run(ctx, data);
      ctx.log.info(
        { job: definition.name, id: job.id, ms: Math.round(performance.now() - started) },
        "job done",
      );
    } catch (error) {
      const pointless = error instanceof GivenUp;
      const last = pointless || job.retryCount >= job.retryLimit;
      ctx.log.error(
        { job: definition.name, id: job.id, try: job.retryCount + 1, last, err: error },
        "job failed",
      );
      if (last) await definition.onGivenUp?.(ctx, data);
      if (!pointless) throw error;
    }
  }

  /** Lets running jobs finish (30 s at most), then closes. */
  stop(): Promise<void> {
    return this.boss.stop({ graceful: true, timeout: 30_000 });
  }
}
