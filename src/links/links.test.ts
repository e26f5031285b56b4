import { expect, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
import { startTestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";

const path = desk("nl").all("texts", "checkLink");

test("a check of a link asks nobody inside, and not more often than somebody types", async () => {
  const app = await startTestApp();
  const own = await app.given.initiative();
  const editor = await signIn(app, "island-editor", { initiativeId: own.id });
  const check = async (url: string) => (await editor.post(path, { url })).json();
  expect(await check(`${app.origin}/`), "a port of its own").toMatchObject({ ok: false });
  for (const url of ["http://localhost/", "http://127.0.0.1/", "http://169.254.169.254/", "http://[::1]/"])
    expect(await check(url)).toEqual({
      ok: false,
      reason: "Dit adres is niet openbaar: bezoekers komen er niet bij.",
    });
  const asJson = await app.request(path, {
    method: "POST",
    headers: { ...editor.headers, "content-type": "application/json" },
    body: JSON.stringify({ url: "http://10.0.0.1/" }),
  });
  expect(await asJson.json()).toMatchObject({ ok: false });
  for (let times = 0; times < 30; times++) await check("nonsense");
  expect(await check("http://127.0.0.1/")).toMatchObject({
    ok: true,
    reason: expect.stringContaining("straks"),
  });
});

test("more than a link is not read, and each request counts, whatever it brings", async () => {
  const app = await startTestApp();
  const editor = await signIn(app, "editor");
  const send = (body: string) =>
    app.request(path, {
      method: "POST",
      headers: { ...editor.headers, "content-type": "application/json" },
      body,
    });
  const long = JSON.stringify({ url: `http://10.0.0.1/${"x".repeat(70_000)}` });
  expect((await send(long)).status).toBe(413);
  expect(await (await send("{")).json()).toMatchObject({ ok: false });
  for (let times = 2; times < 30; times++) await send(long);
  const over = await send(long);
  expect([over.status, await over.json()]).toEqual([
    200,
    { ok: true, reason: expect.stringContaining("straks") },
  ]);
});
