import { expect, test } from "vitest";
import { processorTime } from "../../tests/support/processor-time.ts";
import { type BodyLimits, readBody, readWhole } from "./body.ts";
import { composed } from "./plain-text.ts";

const patient: BodyLimits = { most: 10, letBy: 0, idle: 5000, whole: 5000 };

/** A request whose body gives a byte every so many milliseconds, for ever. */
function dripping(every: number) {
  const told = { given: 0 };
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      await new Promise((later) => setTimeout(later, every));
      told.given++;
      controller.enqueue(new Uint8Array(1));
    },
  });
  return { request: { headers: new Headers(), body }, told };
}

const faultOf = (request: Parameters<typeof readWhole>[0], limits: Partial<BodyLimits>) =>
  readWhole(request, { ...patient, ...limits }).catch(({ fault }) => fault as string);

test("a body that drips is over when its time is, and one that stalls before", async () => {
  const begun = performance.now();
  expect(await faultOf(dripping(20).request, { whole: 300, most: 1000 })).toBe("too-slow");
  expect(await faultOf(dripping(2000).request, { idle: 100 })).toBe("too-slow");
  expect(performance.now() - begun).toBeLessThan(1900);
});

test("of one that is too long, what is beyond is let go by, up to a limit", async () => {
  const short = dripping(0);
  expect(await faultOf(short.request, {})).toBe("too-large");
  expect(short.told.given).toBeLessThan(14);
  const long = dripping(0);
  expect(await faultOf(long.request, { letBy: 40 })).toBe("too-large");
  expect(long.told.given).toBeGreaterThan(39);
  expect(long.told.given).toBeLessThan(44);
});

test("while nobody asks for more no time passes for its sender, and who stops asking ends it", async () => {
  const { request } = dripping(0);
  let length = 0;
  for await (const piece of readBody(request, { ...patient, idle: 50 })) {
    length += piece.length;
    if (length === 2) await new Promise((later) => setTimeout(later, 200));
    if (length === 5) break;
  }
  expect(length).toBe(5);
});

test("a sender who goes away is told apart", async () => {
  const body = new ReadableStream({ pull: (controller) => controller.error(new Error("aborted")) });
  expect(await faultOf({ headers: new Headers(), body }, {})).toBe("broken-off");
});

test("text is composed in a moment, whatever marks stand on a letter", () => {
  const begun = process.cpuUsage();
  expect(composed(`a${"\u0301\u0316".repeat(500_000)}`).length).toBeLessThan(40);
  expect(composed("e\u0301")).toBe("é");
  expect(processorTime(begun)).toBeLessThan(500);
});
