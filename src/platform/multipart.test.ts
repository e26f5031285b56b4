import fc from "fast-check";
import { expect, test } from "vitest";
import { FormRefused, readMultipart } from "./multipart.ts";

const boundary = "tide";
const type = `multipart/form-data; boundary=${boundary}`;

async function* pieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** What a form held, or that it was refused; files as what they hold. */
async function read(body: Uint8Array, size: number) {
  const parts: [string, string, string][] = [];
  try {
    await readMultipart(
      pieces(body, size),
      type,
      { fields: 5, field: 1000, files: 2 },
      {
        field: (name, value) => void parts.push(["field", name, value]),
        file: async (file, name) => {
          const bytes: Buffer[] = [];
          for await (const piece of file) bytes.push(piece);
          parts.push(["file", name, Buffer.concat(bytes).toString("latin1")]);
        },
      },
    );
    return parts;
  } catch (error) {
    if (!(error instanceof FormRefused)) throw error;
    return "refused";
  }
}

const head = (rest: string) => `--${boundary}\r\nContent-Disposition: form-data; ${rest}\r\n\r\n`;

test("fields and files are read as they are, in whatever pieces they come", async () => {
  const tricky = `regel\r\n--${boundary.slice(0, 3)}\r\n-\r`;
  const body = Buffer.from(
    `${head('name="naam"')}Zoë\r\n${head('name="bestand"; filename="C:\\\\map\\\\lijst.csv"')}${tricky}\r\n` +
      `${head('name="leeg"; filename=""')}\r\n--${boundary}--\r\n`,
  );
  const expected = await read(body, body.length);
  expect(expected).toEqual([
    ["field", "naam", "Zoë"],
    ["file", "lijst.csv", tricky],
    ["file", "", ""],
  ]);
  for (let size = 1; size < 60; size++) expect(await read(body, size)).toEqual(expected);
});

test("whatever is sent, it is read or refused, and never waited for", { timeout: 60_000 }, async () => {
  const bit = fc.constantFrom(
    ...[
      `--${boundary}`,
      `\r\n--${boundary}`,
      "--",
      "\r\n",
      "\r\n\r\n",
      "\r",
      "\n",
      ":",
      ";",
      '"',
      "x",
      "\0",
      "é",
    ],
    ...[
      "Content-Disposition: form-data; ",
      'name="a"',
      'filename="b"',
      "filename*=utf-8''%ff",
      "Content-Type: ",
    ],
    ...[
      "text/plain; charset=utf-7",
      "multipart/mixed; boundary=x",
      "Content-Transfer-Encoding: base64",
      "__proto__",
    ],
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(bit, { maxLength: 40 }),
      fc.integer({ min: 1, max: 50 }),
      async (bits, size) => {
        const late = Symbol("late");
        let timer: ReturnType<typeof setTimeout> | undefined;
        const waiting = new Promise((done) => {
          timer = setTimeout(() => done(late), 5000);
        });
        const result = await Promise.race([read(Buffer.from(bits.join("")), size), waiting]);
        clearTimeout(timer);
        expect(result).not.toBe(late);
      },
    ),
    { numRuns: 1500 },
  );
});
