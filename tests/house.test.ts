import { expect, test } from "vitest";
import { technical } from "../src/paths.ts";
import { startTestApp } from "./support/test-app.ts";

test("the program answers that it is well, and that it is ready", async () => {
  const app = await startTestApp();
  expect(await (await app.get(technical.health)).text()).toBe("ok");
  expect(await (await app.get(technical.ready)).json()).toEqual({ database: "ok", jobs: "ok" });
});

test("metrics are for this machine, not for who comes through a proxy", async () => {
  const app = await startTestApp();
  expect(await (await app.get(technical.metrics)).text()).toContain("archipel_http_requests_total");
  const proxied = await app.request(technical.metrics, { headers: { "x-forwarded-for": "203.0.113.5" } });
  expect(proxied.status).toBe(404);
});
