import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { desk } from "../src/desk-paths.ts";
import { paths } from "../src/paths.ts";
import { subscribe } from "./support/acts.ts";
import { type Colleague, signIn } from "./support/desk.ts";
import { newsletterOf, send } from "./support/imports.ts";
import { json, png, sendImage } from "./support/library.ts";
import { processorTime } from "./support/processor-time.ts";
import { boundary, lastLine, multipartType, partHead, rawPost } from "./support/raw-request.ts";
import { startTestApp, type TestApp } from "./support/test-app.ts";

const to = desk("nl");
const images = to.part("images", "-", "upload");
const imports = to.section("imports");

let app: TestApp;
let owner: Colleague;
let editor: Colleague;
beforeAll(async () => {
  app = await startTestApp();
  owner = await signIn(app, "owner");
  editor = await signIn(app, "editor");
});
afterAll(() => app.stop());

const waiting = () => {
  try {
    return readdirSync(join(app.ctx.config.dataDir, "uploads"));
  } catch {
    return [];
  }
};
const post = (path: string, who: Colleague, headers: Record<string, string>) =>
  rawPost(app.port, path, { ...who.headers, ...headers });
/** A form with a file over a socket: what it says of its length, and then its body. */
async function sent(path: string, body: string, headers: Record<string, string> = {}) {
  const request = post(path, owner, { ...multipartType, "content-length": String(body.length), ...headers });
  await request.send(body);
  return request.answer();
}
const file = partHead("file", "lijst.csv");
const works = async () => expect((await app.get(paths("nl").home)).status).toBe(200);

describe("a form with a file that no browser makes", () => {
  const huge = "x".repeat(20_000);
  test.each([
    ["without an end", `${file}e-mail`],
    ["without its boundary", "e-mail\r\nsanne@example.org\r\n"],
    ["with another boundary", `${file}e-mail${lastLine}`.replaceAll(boundary, "----ebb")],
    ["with a part without a head", `\r\n--${boundary}\r\n\r\ne-mail${lastLine}`],
    ["with a part without a name", `${file.replace('name="file"; ', "")}e-mail${lastLine}`],
    ["with a name of 20,000 letters", `${partHead(huge)}x${lastLine}`],
    [
      "with a head of 20,000 letters",
      `${file.replace("Content", `X-${huge}: ${huge}\r\nContent`)}x${lastLine}`,
    ],
    ["with two files", `${file}e-mail${file}e-mail${lastLine}`],
    ["with a field of 20,000 letters", `${partHead("kind")}${huge}${lastLine}`],
    ["with a hundred fields", `${partHead("kind").repeat(100)}${lastLine}`],
  ])("%s is refused in words, and leaves nothing", async (_what, body) => {
    for (const path of [imports, images]) {
      const { status, text } = await sent(path, body);
      expect(status).toBe(422);
      expect(text).toContain("<title>1 foutmelding");
    }
    expect(waiting()).toEqual([]);
    await works();
  });

  test("that is longer than it says is read as far as it says", async () => {
    const { status } = await sent(imports, `${file}e-mail${lastLine}`, { "content-length": "60" });
    expect([400, 422]).toContain(status);
    expect(waiting()).toEqual([]);
    await works();
  });

  test("that says that it has 700 MB is refused before it comes", async () => {
    const { status, text } = await sent(imports, file, { "content-length": String(700 * 1024 * 1024) });
    expect(status).toBe(422);
    expect(text).toContain("Dit bestand is te groot");
  });

  test.each([
    ["parts without bytes", partHead("x", "leeg.csv")],
    ["bytes before the first part", "x".repeat(80)],
    ["one head without an end", `\r\n--${boundary}\r\nX-Head: ${"x".repeat(60)}`],
  ])("is let go by at its limit when it holds nothing but %s, without working on it", async (_what, part) => {
    const request = post(imports, owner, { ...multipartType, "transfer-encoding": "chunked" });
    const piece = part.repeat(Math.ceil((1024 * 1024) / part.length));
    const begun = process.cpuUsage();
    let megabytes = 0;
    const chunk = `${piece.length.toString(16)}\r\n${piece}\r\n`;
    while (megabytes < 700 && !request.hasAnswer() && (await request.send(chunk))) megabytes++;
    await request.answer();
    expect(megabytes).toBeLessThan(200);
    expect(processorTime(begun)).toBeLessThan(3000);
    expect(waiting()).toEqual([]);
    await works();
  });
});

test("an upload whose sender goes away leaves no file", async () => {
  const request = post(imports, owner, { ...multipartType, "content-length": "1000000" });
  await request.send(`${file}e-mail\n`);
  await expect.poll(waiting).toHaveLength(1);
  await request.breakOff();
  await expect.poll(waiting).toEqual([]);
  await works();
});

test("six slow uploads of one editor end by themselves, and hold nobody else's", {
  timeout: 90_000,
}, async () => {
  const slowly = (path: string, who: Colleague) =>
    post(path, who, { ...multipartType, ...json, "content-length": "1000000" });
  const begun = performance.now();
  const slow = Array.from({ length: 6 }, () => slowly(images, editor));
  for (const request of slow) await request.send(`${partHead("file", "haven.jpg")}beeld`);
  const form = rawPost(app.port, "/contact", {
    ...{ "content-type": "application/x-www-form-urlencoded", "content-length": "1000" },
  });
  await form.send("name=");
  await expect.poll(waiting).toHaveLength(6);
  const seventh = slowly(images, editor);
  // Somebody else is not kept waiting, by image or file.
  expect((await sendImage(app, owner, "-", await png(), { headers: json })).status).toBe(201);
  const list = "e-mail\nsanne@example.org\n";
  expect((await send(app, owner, list, await forSubscribers())).status).toBe(303);
  expect(performance.now() - begun).toBeLessThan(15_000);
  const after = await seventh.answer();
  expect(after.status).toBe(429);
  expect(after.text).toContain("Je verstuurt al een heleboel bestanden tegelijk");
  for (const request of slow) {
    const { status, text } = await request.answer();
    expect(status).toBe(408);
    expect(text).toContain("duurde te lang of viel stil");
  }
  const { status, text } = await form.answer();
  expect(status).toBe(408);
  expect(text).toContain("<h1>Het versturen duurde te lang</h1>");
  expect(waiting()).toEqual([]);
  expect((await sendImage(app, editor, "-", await png(), { headers: json })).status).toBe(201);
});

const forSubscribers = async () => ({ kind: "subscribers", newsletter: await newsletterOf(app, null) });

test("when the database's disk is full, who imports or sends a form reads so, and it works again afterwards", async () => {
  const { db } = app.ctx;
  const tables = ["import_rows", "media", "confirmations"];
  await sql`create function full_disk() returns trigger language plpgsql as
    'begin raise exception ''could not extend file'' using errcode = ''53100''; end'`.execute(db);
  for (const table of tables)
    await sql`create trigger full_disk before insert on ${sql.table(table)} execute function full_disk()`.execute(
      db,
    );
  const list = "e-mail\nsanne@example.org\n";
  const refused = await send(app, owner, list, await forSubscribers());
  expect(refused.status).toBe(507);
  const page = await refused.text();
  expect(page).toContain("De schijf van de server is vol");
  expect(page, "what was chosen stays").toMatch(/value="subscribers"[^>]*checked/);
  const image = await sendImage(app, editor, "-", await png(401), { headers: json });
  expect(image.status).toBe(507);
  expect(await image.text()).toContain("De schijf van de server is vol");
  const subscribed = await subscribe(app, "sanne@example.org");
  expect(subscribed.status).toBe(507);
  expect(await subscribed.text()).toContain("<h1>De schijf van de server is vol</h1>");
  expect(waiting()).toEqual([]);
  for (const table of tables) await sql`drop trigger full_disk on ${sql.table(table)}`.execute(db);
  expect((await send(app, owner, list, await forSubscribers())).status).toBe(303);
  expect((await sendImage(app, editor, "-", await png(401), { headers: json })).status).toBe(201);
  expect((await subscribe(app, "sanne@example.org")).status).toBe(303);
});

test("what a killed process left half-way is removed at the start, and what is coming in stays", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "archipel-left-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const left = (folder: string, name: string, minutesAgo: number) => {
    mkdirSync(join(dataDir, folder), { recursive: true });
    writeFileSync(join(dataDir, folder, name), "e-mail");
    const then = new Date(Date.now() - minutesAgo * 60_000);
    utimesSync(join(dataDir, folder, name), then, then);
  };
  left("uploads", "oud", 90);
  left("uploads", "bezig", 5);
  left("imports", "van-een-vorige-versie.csv", 90);
  left("media/beeld", ".half", 90);
  left("media/beeld", ".bezig", 5);
  left("media/beeld", "320.jpg", 9000);
  await startTestApp({ env: { DATA_DIR: dataDir }, starter: "none" });
  const there = (folder: string) => readdirSync(join(dataDir, folder)).sort();
  await expect.poll(() => there("media/beeld")).toEqual([".bezig", "320.jpg"]);
  expect(there("uploads")).toEqual(["bezig"]);
  expect(there("imports")).toEqual([]);
});

test("a megabyte of marks on one letter, from somebody who is not signed in, costs a moment", async () => {
  const marks = encodeURIComponent("\u0301\u0316").repeat(80_000);
  const begun = process.cpuUsage();
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const answer = await app.request(imports, { method: "POST", body: `text=a${marks}`, headers });
  expect(await answer.text()).toContain("Je bent niet aangemeld");
  expect(processorTime(begun)).toBeLessThan(1000);
});

test.each([
  ["a heading that nearly is an address, thousands of times", `${"@.".repeat(2000)} \nsanne@example.org\n`],
  [
    "rows of tens of thousands of cells",
    `e-mail\n${`${",".repeat(49_990)}\n`.repeat(60)}sanne@example.org\n`,
  ],
  ["a million empty lines", `e-mail\n${"\n".repeat(1_000_000)}sanne@example.org\n`],
  ["tens of thousands of marks on a letter", `e-mail\n${`a${"\u0301\u0316".repeat(20_000)}\n`.repeat(20)}`],
])("a file with %s is read in a moment", async (_what, list) => {
  const begun = process.cpuUsage();
  expect((await send(app, owner, list, await forSubscribers())).status).toBe(303);
  expect(processorTime(begun)).toBeLessThan(2500);
});
