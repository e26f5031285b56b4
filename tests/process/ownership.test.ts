import { expect, test } from "vitest";
import { newDataDir, postmasterOf, runProgram, usedDataDir } from "../support/program.ts";

const refusal = (dataDir: string) =>
  [
    `Another Archipel is already running on DATA_DIR ${dataDir}.`,
    "Stop it first, give this one a DATA_DIR of its own, or use DATABASE_URL to run several processes.\n",
  ].join("\n");

test("a second start on the same data is refused, and the first goes on unharmed", async () => {
  const DATA_DIR = await usedDataDir();
  const first = await runProgram({ env: { DATA_DIR } });
  await first.started();
  const postmaster = postmasterOf(DATA_DIR);
  const second = await runProgram({ env: { DATA_DIR } });
  expect(await second.ended).toBe(1);
  expect(second.output()).toBe(refusal(DATA_DIR));
  expect(postmasterOf(DATA_DIR)).toBe(postmaster);
  expect((await first.get("/initiatieven")).status).toBe(200);
  expect(await (await first.get("/readyz")).json()).toEqual({ database: "ok", jobs: "ok" });
  expect(await first.stop()).toBe(0);
  expect(postmasterOf(DATA_DIR)).toBeNull();
});

test("of two first starts at the same moment one runs and the other is refused", async () => {
  const DATA_DIR = newDataDir();
  const programs = await Promise.all([runProgram({ env: { DATA_DIR } }), runProgram({ env: { DATA_DIR } })]);
  const outcomes = await Promise.allSettled(programs.map((program) => program.started()));
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const [winner, loser] = outcomes[0]?.status === "fulfilled" ? programs : programs.toReversed();
  expect(await loser?.ended).toBe(1);
  expect(loser?.output()).toBe(refusal(DATA_DIR));
  expect((await winner?.get("/"))?.status).toBe(200);
  expect(await winner?.stop()).toBe(0);
  expect(postmasterOf(DATA_DIR)).toBeNull();
});

test("a start while the former one stops waits for it", async () => {
  const DATA_DIR = await usedDataDir();
  const former = await runProgram({ env: { DATA_DIR } });
  await former.started();
  former.kill("SIGTERM");
  await former.until("The stop", () => former.output().includes('"msg":"stopping"'));
  const next = await runProgram({ env: { DATA_DIR } });
  await next.started();
  expect(await former.ended).toBe(0);
  expect((await next.get("/")).status).toBe(200);
  expect(await next.stop()).toBe(0);
});
