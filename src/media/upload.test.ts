import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { withUpload } from "./upload.ts";

const megabyte = 1024 * 1024;
const most = 15 * megabyte;

function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}

/** A request of so many megabytes that tells how many of them are in memory at the last one, and how many it gave. */
function endless(megabytes: number, type = "image/jpeg") {
  collectGarbage();
  const before = process.memoryUsage().arrayBuffers;
  const told = { held: 0, given: 0 };
  const body = new ReadableStream({
    pull(controller) {
      controller.enqueue(new Uint8Array(megabyte).fill(1));
      if (++told.given < megabytes) return;
      collectGarbage();
      told.held = (process.memoryUsage().arrayBuffers - before) / megabyte;
      controller.close();
    },
  });
  const init = { method: "POST", body, duplex: "half", headers: { "content-type": type } };
  return { request: new Request("http://localhost/", init), told };
}

test.each(["image/jpeg", "multipart/form-data; boundary=x"])(
  "of a long %s no more is held than may be",
  async (type) => {
    const { request, told } = endless(60, type);
    expect(await withUpload(request, most, async (read) => read)).toEqual({ kind: "too-large" });
    expect(told.given).toBe(60);
    expect(told.held).toBeLessThan(18);
  },
);

test("what does not end is cut off", async () => {
  const { request, told } = endless(1000);
  expect(await withUpload(request, most, async (read) => read)).toEqual({ kind: "too-large" });
  expect(told.given).toBeLessThan(80);
});

test("a file of exactly as much as may be is read whole", async () => {
  const { request } = endless(15);
  const read = await withUpload(request, most, async (read) => read);
  expect(read).toMatchObject({ kind: "read", fileName: "" });
  expect(read.kind === "read" && read.bytes.length).toBe(most);
});

test("six are read at once; a seventh waits with its sender", async () => {
  let reading = 0;
  let highest = 0;
  const finish: (() => void)[] = [];
  const all = Array.from({ length: 8 }, () =>
    withUpload(new Request("http://localhost/", { method: "POST", body: "x" }), most, async () => {
      highest = Math.max(highest, ++reading);
      await new Promise<void>((done) => finish.push(done));
      reading--;
    }),
  );
  await expect.poll(() => finish.length).toBe(6);
  while (finish.length > 0) {
    finish.shift()!();
    await new Promise((later) => setTimeout(later, 20));
  }
  await Promise.all(all);
  expect(highest).toBe(6);
});

test.each([
  [
    "what is no form is taken as the file itself",
    { body: "file=x", type: "application/x-www-form-urlencoded" },
    "read",
  ],
  ["a broken form", { body: "nonsense", type: "multipart/form-data; boundary=x" }, "nothing"],
  ["nothing", { body: "", type: "image/png" }, "nothing"],
])("%s", async (_name, { body, type }, kind) => {
  const request = new Request("http://localhost/", {
    method: "POST",
    body,
    headers: { "content-type": type },
  });
  expect((await withUpload(request, most, async (read) => read)).kind).toBe(kind);
});
