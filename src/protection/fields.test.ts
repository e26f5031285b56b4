import { beforeEach, expect, test } from "vitest";
import { startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { mountTrialForm, thanks } from "../../tests/support/trial-form.ts";

const came = mountTrialForm();
beforeEach(() => void came.splice(0));

const send = (app: TestApp, body: BodyInit, headers: Record<string, string> = {}, path = "/proef") =>
  app.request(path, { method: "POST", body, headers });

test("what was typed arrives clean: trimmed, composed, without control characters", async () => {
  const app = await startTestApp();
  await app.post("/proef", {
    email: "  sanne@example.org\u0000 ",
    story: "Cafe\u0301\ttoe\r\nRegel twee\u0007\r👩‍🔬",
  });
  expect(came).toEqual([{ email: "sanne@example.org", story: "Café toe\nRegel twee\n👩‍🔬" }]);
});

test("a multipart form of texts is read as well, and one without any field", async () => {
  const app = await startTestApp();
  const form = new FormData();
  form.set("email", "sanne@example.org");
  form.set("story", "a\r\nb");
  expect(await (await send(app, form)).text()).toBe(thanks);
  expect(await (await app.request("/proef", { method: "POST" })).text()).toBe(thanks);
  expect(came).toEqual([{ email: "sanne@example.org", story: "a\nb" }, {}]);
});

test("a form above 64 kB is refused by a page in the form's language, whatever it says of its length", async () => {
  const app = await startTestApp();
  const big = new URLSearchParams({ story: "x".repeat(64 * 1024) });
  const refused = await send(app, big);
  expect(refused.status).toBe(413);
  expect(await refused.text()).toContain("<h1>Je formulier is te groot</h1>");
  expect(await (await send(app, big, {}, "/en/trial")).text()).toContain("<h1>Your form is too large</h1>");

  const type = { "content-type": "application/x-www-form-urlencoded" };
  const body = new ReadableStream<Uint8Array>({
    start(stream) {
      for (let kB = 1; kB <= 70; kB++) stream.enqueue(new TextEncoder().encode("x".repeat(1024)));
      stream.close();
    },
  });
  const init: RequestInit & { duplex: "half" } = { method: "POST", headers: type, body, duplex: "half" };
  const streamed = await fetch(`http://127.0.0.1:${app.port}/proef`, init);
  expect(streamed.status).toBe(413);
  expect(came).toEqual([]);
});

test("a form just below 64 kB is taken", async () => {
  const app = await startTestApp();
  const story = "x".repeat(64 * 1024 - "story=".length);
  expect((await send(app, new URLSearchParams({ story }))).status).toBe(200);
  expect(came).toEqual([{ story }]);
});

test("files, other formats and broken bodies are refused, each with a page", async () => {
  const app = await startTestApp();
  const file = new FormData();
  file.set("story", new File(["a"], "cv.pdf"));
  const answers: [number, string][] = [];
  for (const [body, type] of [
    [file, undefined],
    ['{"email":"a@b.nl"}', "application/json"],
    ["email=a", "text/plain"],
    ["--x\r\nbroken", "multipart/form-data; boundary=x"],
  ] as const) {
    const answer = await send(app, body, type ? { "content-type": type } : {});
    answers.push([answer.status, /<h1>(.*?)<\/h1>/.exec(await answer.text())?.[1] ?? ""]);
  }
  const unreadable = "We konden dit formulier niet lezen";
  expect(answers).toEqual([
    [415, "Een bestand kunnen we hier niet aannemen"],
    [415, unreadable],
    [415, unreadable],
    [400, unreadable],
  ]);
  expect(came).toEqual([]);
});
