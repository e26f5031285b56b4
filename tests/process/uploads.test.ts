import { readFileSync } from "node:fs";
import { expect, onTestFailed, test } from "vitest";
import { desk } from "../../src/desk-paths.ts";
import { type Colleague, signIn } from "../support/desk.ts";
import { flag } from "../support/images.ts";
import { newDataDir, runProgram } from "../support/program.ts";
import { lastLine, multipartType, partHead, rawPost } from "../support/raw-request.ts";
import { newsletterOf } from "../support/sending.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";
import { serverUrl } from "../support/test-database.ts";

const to = desk("nl");
const program = "exec node dist/server/main.js".replace("node", process.execPath);
const built = program.replace("dist", process.env.TEST_DIST ?? "dist");

/** The built program in a shell that sets its surroundings, on the database of an app. */
async function started(app: TestApp, shell: string) {
  const running = await runProgram({
    env: {
      ...{ DATABASE_URL: serverUrl(app.database), DATA_DIR: newDataDir() },
      SECRET_KEY: "only-for-tests-only-for-tests-only",
    },
    command: ["sh", "-c", shell],
  });
  onTestFailed(() => void process.stderr.write(running.output()));
  const answers = () =>
    running.get("/healthz").then(
      ({ status }) => status === 200,
      () => false,
    );
  await running.until("The start", answers);
  return { ...running, answers };
}

const headersOf = (who: Colleague, port: number, host = "127.0.0.1") => ({
  cookie: who.headers.cookie,
  origin: `http://${host}:${port}`,
});

async function formOf(app: TestApp, file: Uint8Array<ArrayBuffer> | string, fields = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries({
    kind: "subscribers",
    newsletter: await newsletterOf(app.ctx.db),
    ...fields,
  }))
    form.set(name, value);
  form.set("file", new File([file], "bestand"));
  return form;
}

// A file of the process may have 100 blocks of 512 bytes (or of 1024, by shell): it is refused as a full disk refuses it, and
// unlike a small disk it needs no right to mount one.
test("on a full disk who uploads reads so; web and worker go on, and what is small enough comes in", async () => {
  const app = await startTestApp();
  const [owner, editor] = [await signIn(app, "owner"), await signIn(app, "editor")];
  const running = await started(app, `ulimit -f 100 && ${built}`);
  const { port } = running;
  const rows = Array.from({ length: 60_000 }, (_, at) => `rij-${at}@example.org`);
  const sendFile = async (file: string) =>
    running.get(to.section("imports"), {
      ...{ method: "POST", body: await formOf(app, file), headers: headersOf(owner, port) },
    });
  for (let times = 0; times < 3; times++) {
    const refused = await sendFile(["e-mail", ...rows].join("\n"));
    expect(refused.status).toBe(507);
    const page = await refused.text();
    expect(page).toContain("De schijf van de server is vol, dus je bestand kon niet worden bewaard.");
    expect(page).toMatch(/value="subscribers"[^>]*checked/);
  }
  // Slowly, so that the disk is full long before the file is over; and somebody who goes away just then.
  const slow = rawPost(port, to.section("imports"), {
    ...{ ...multipartType, ...headersOf(owner, port, "localhost"), "content-length": "30000000" },
  });
  await slow.send(partHead("file", "lijst.csv") + "x".repeat(1_000_000));
  await new Promise((later) => setTimeout(later, 300));
  await slow.breakOff();
  const sendPicture = async (picture: Buffer) =>
    running.get(to.part("images", "-", "upload"), {
      method: "POST",
      body: await formOf(app, new Uint8Array(picture)),
      headers: { ...headersOf(editor, port), accept: "application/json" },
    });
  const noise = Buffer.from(Array.from({ length: 800 * 600 * 3 }, (_, at) => (at * 7919) % 251));
  const { default: sharp } = await import("sharp");
  const large = await sharp(noise, { raw: { width: 800, height: 600, channels: 3 } })
    .png({ compressionLevel: 0 })
    .toBuffer();
  const refused = await sendPicture(large);
  expect(refused.status).toBe(507);
  expect(await refused.json()).toEqual({ error: expect.stringContaining("De schijf van de server is vol") });
  expect((await sendPicture(await flag(400, 300).png().toBuffer())).status).toBe(201);
  const small = await sendFile("e-mail\nsanne@example.org\n");
  expect(small.status).toBe(303);
  // The worker as well: it checks what was sent, and a file of it is too large for nothing.
  await running.post("/nieuwsbrief", { email: "sanne@example.org", consent: "yes" });
  await running.until("The mail", async () => (await app.mailbox("sanne@example.org")).length === 1);
  expect(await running.answers()).toBe(true);
  expect(await running.stop()).toBe(0);
});

test("a log that is a file on a full disk ends nothing, and holds up no end", async () => {
  const app = await startTestApp();
  const running = await started(app, `${built} > /dev/full 2>&1`);
  for (let at = 0; at < 20; at++) expect((await running.get("/")).status).toBe(200);
  expect(await running.answers()).toBe(true);
  expect(await running.stop()).toBe(0);
});

/** The most memory that a process ever had, in megabytes; 0 where that cannot be known. */
function peakOf(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Processor time of a process in milliseconds (in hundredths of a second: proc_pid_stat(5)); 0 where it cannot be known. */
function processorTimeOf(pid: number): number {
  try {
    const [, behindName = ""] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
    const fields = behindName.split(" ");
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return 0;
  }
}

const megabyte = 1024 * 1024;

test("700 MB without a byte of a file, and 15 MB of tiny parts, take no memory and keep nobody waiting", async () => {
  const app = await startTestApp();
  const [owner, editor] = [await signIn(app, "owner"), await signIn(app, "editor")];
  const running = await started(app, built);
  const { port } = running;
  for (let at = 0; at < 50; at++) await running.get("/");
  const before = peakOf(running.pid);

  let slowest = 0;
  let busy = true;
  const watching = (async () => {
    while (busy) {
      // How much it works before it answers: unlike a clock, what else this machine does adds nothing to it.
      const begun = processorTimeOf(running.pid);
      await running.get("/healthz");
      slowest = Math.max(slowest, processorTimeOf(running.pid) - begun);
    }
  })();
  const full = (part: string) => part.repeat(Math.ceil(megabyte / part.length));
  const empty = partHead("x", "leeg.csv");
  const upload = to.part("images", "-", "upload");
  const attacks = [
    { who: owner, path: to.section("imports"), piece: full(empty), count: 700, status: 422 },
    { who: owner, path: to.section("imports"), piece: "x".repeat(megabyte), count: 700, status: 422 },
    { who: editor, path: upload, piece: full(`${partHead("x")}x`), count: 15, status: 422 },
    { who: editor, path: upload, piece: full(`${partHead("x", "y")}x`), count: 15, status: 422 },
    { who: null, path: upload, piece: full(`${partHead("x")}x`), count: 2, status: 401 },
    { who: null, path: "/nieuwsbrief", piece: full(`${partHead("x")}x`), count: 2, status: 400 },
  ];
  for (const { who, path, piece, count, status } of attacks) {
    const request = rawPost(port, path, {
      ...multipartType,
      ...(who && headersOf(who, port, "localhost")),
      "transfer-encoding": "chunked",
    });
    const chunk = `${piece.length.toString(16)}\r\n${piece}\r\n`;
    for (let sent = 0; sent < count && !request.hasAnswer(); sent++) if (!(await request.send(chunk))) break;
    await request.send(`${lastLine.length.toString(16)}\r\n${lastLine}\r\n0\r\n\r\n`);
    expect((await request.answer()).status, path).toBe(status);
  }
  busy = false;
  await watching;
  const after = peakOf(running.pid);
  if (process.env.TEST_NUMBERS) process.stdout.write(`${JSON.stringify({ before, after, slowest })}\n`);
  expect(after - before).toBeLessThan(150);
  expect(slowest).toBeLessThan(500);
  expect(await running.stop()).toBe(0);
});
