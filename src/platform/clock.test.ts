import { expect, onTestFinished, test } from "vitest";
import { startTestApp } from "../../tests/support/test-app.ts";
import { clockOf } from "./clock.ts";

const clockBy = async (machine: () => number) => {
  const { ctx } = await startTestApp();
  const clock = await clockOf(ctx.db, machine);
  onTestFinished(clock.stop);
  return clock;
};

test("two machines whose clocks differ agree on the time", async () => {
  const slow = await clockBy(() => Date.now() - 90_000);
  const fast = await clockBy(() => Date.now() + 3_600_000);
  expect(Math.abs(slow.now().getTime() - fast.now().getTime())).toBeLessThan(2000);
  expect(Math.abs(slow.now().getTime() - Date.now())).toBeLessThan(2000);
});

test("a machine that is right keeps its own clock, to the millisecond", async () => {
  let moment: number | null = null;
  const clock = await clockBy(() => moment ?? Date.now());
  moment = Date.parse("2030-01-01T00:00:00.123Z");
  expect(clock.now().toISOString()).toBe("2030-01-01T00:00:00.123Z");
});
