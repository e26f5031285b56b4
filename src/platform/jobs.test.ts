import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { startTestApp } from "../../tests/support/test-app.ts";
import { serverUrl } from "../../tests/support/test-database.ts";
import { defineJob, JobQueue } from "./jobs.ts";

test("a backlog is worked off without a pause between one job and the next", async () => {
  const app = await startTestApp({ starter: "none" });
  const done: number[] = [];
  const job = defineJob({
    name: "trial.count",
    data: z.object({ number: z.number() }),
    run: async (_ctx, { number }) => void done.push(number),
  });
  const queue = new JobQueue(serverUrl(app.database), [job], { worker: true }, (error) => {
    throw error;
  });
  onTestFinished(() => queue.stop());
  await queue.start();
  const numbers = Array.from({ length: 20 }, (_, i) => i);
  for (const number of numbers) await queue.jobs.enqueue(job, { number });
  await queue.work(app.ctx);
  await expect.poll(() => done.length, { timeout: 15_000 }).toBe(20); // polling alone takes a minute and a half
  expect(done.toSorted((a, b) => a - b)).toEqual(numbers);
});
