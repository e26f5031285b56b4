import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Refreshed } from "./refreshed.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A reading that takes so many milliseconds and counts how often it was done. */
function slowly(milliseconds: number) {
  let readings = 0;
  const read = async () => {
    const reading = ++readings;
    await vi.advanceTimersByTimeAsync(milliseconds);
    return reading;
  };
  return { read, readings: () => readings };
}

test("many who ask at once cause one reading", async () => {
  const { read, readings } = slowly(10);
  const value = new Refreshed(read, 1000, 5000);
  expect(await Promise.all(Array.from({ length: 200 }, () => value.get()))).toEqual(Array(200).fill(1));
  expect(readings()).toBe(1);
});

test("a stale value is given at once while a new one is read; after a long silence one waits", async () => {
  const { read } = slowly(10);
  const value = new Refreshed(read, 1000, 5000);
  expect(await value.get()).toBe(1);
  vi.advanceTimersByTime(900);
  expect(await value.get()).toBe(1);
  vi.advanceTimersByTime(200);
  expect(await value.get()).toBe(1);
  await vi.advanceTimersByTimeAsync(20);
  expect(await value.get()).toBe(2);
  vi.advanceTimersByTime(60_000);
  expect(await value.get()).toBe(3);
});

test("what takes long to read is read less often", async () => {
  const { read, readings } = slowly(200);
  const value = new Refreshed(read, 1000, 5000);
  await value.get();
  vi.advanceTimersByTime(2000);
  await value.get();
  expect(readings()).toBe(1);
  vi.advanceTimersByTime(2000);
  await value.get();
  expect(readings()).toBe(2);
});

test("no value is given that is further behind than was promised, however long reading takes", async () => {
  const { read } = slowly(400); // by itself it would be read every eight seconds
  const value = new Refreshed(read, 1000, 5000);
  expect(await value.get()).toBe(1);
  for (let second = 0; second < 30; second++) {
    await vi.advanceTimersByTimeAsync(1000);
    await value.get();
    expect(value.behind, `after ${second} s`).toBeLessThanOrEqual(5000);
  }
});

test("freshness 0 reads anew for everyone", async () => {
  const { read } = slowly(10);
  const value = new Refreshed(read, 0, 0);
  expect([await value.get(), await value.get()]).toEqual([1, 2]);
});

test("a reading that fails is tried again by the next", async () => {
  const read = vi.fn<() => Promise<number>>().mockRejectedValueOnce(new Error("no")).mockResolvedValue(7);
  const value = new Refreshed(read, 1000, 5000);
  await expect(value.get()).rejects.toThrow("no");
  expect(await value.get()).toBe(7);
});
