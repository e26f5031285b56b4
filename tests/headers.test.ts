import { readdirSync } from "node:fs";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { paths, technical } from "../src/paths.ts";
import { startTestApp, type TestApp } from "./support/test-app.ts";

const to = paths("nl");
const https = { BASE_URL: "https://movement.example" };

/** Every kind of answer that the program gives. */
const answers: [string, (app: TestApp) => Promise<Response>, number][] = [
  ["a page", (app) => app.get(to.home), 200],
  ["a page from memory", async (app) => (await app.get(to.home)) && app.get(to.home), 200],
  [
    "a page that did not change",
    async (app) => {
      const etag = (await app.get(to.home)).headers.get("etag") ?? "";
      return app.request(to.home, { headers: { "if-none-match": etag } });
    },
    304,
  ],
  ["a page's head", (app) => app.request(to.home, { method: "HEAD" }), 200],
  ["a page that is not there", (app) => app.get("/nergens"), 404],
  [
    "a page that fails",
    async (app) => {
      await sql`alter table manifestos rename to manifestos_elsewhere`.execute(app.ctx.db);
      const failed = await app.get(to.manifesto);
      await sql`alter table manifestos_elsewhere rename to manifestos`.execute(app.ctx.db);
      return failed;
    },
    500,
  ],
  [
    "a failure before the site is known",
    async ({ ctx }) => {
      const env = ctx.config.secure ? https : {};
      const app = await startTestApp({ starter: "none", env });
      await sql`alter table movement rename to movement_elsewhere`.execute(app.ctx.db);
      return app.get(to.home);
    },
    500,
  ],
  ["a script or style", (app) => app.get(`/assets/${readdirSync("dist/browser/assets")[0]}`), 200],
  ["a picture", (app) => app.get("/favicon.svg"), 200],
  ["an Atom feed", (app) => app.get(to.updatesAtom), 200],
  ["a JSON feed", (app) => app.get(to.updatesJson), 200],
  ["a share image", (app) => app.get(technical.shareImage("nl", null, null)), 200],
  ["a form with mistakes", (app) => app.post(to.newsletter, { email: "nobody" }), 422],
  [
    "a form that is taken",
    (app) => app.post(to.newsletter, { email: "sanne@example.org", consent: "yes" }),
    303,
  ],
  [
    "a form from another site",
    (app) => app.post(to.newsletter, {}, { headers: { origin: "https://evil.example" } }),
    403,
  ],
  ["a method that is not there", (app) => app.request(to.manifesto, { method: "DELETE" }), 404],
  [
    "a way to another host",
    async (app) => {
      await app.given.initiative({ slug: "eigen", host: "eigen.example" });
      // The new host is known as soon as the notice of the change has arrived.
      return vi.waitFor(async () => {
        const answer = await app.get(to.initiatives, "eigen.example");
        if (answer.status !== 308) throw new Error("not known yet");
        return answer;
      }, 10_000);
    },
    308,
  ],
  ["the health", (app) => app.get(technical.health), 200],
  ["the metrics", (app) => app.get(technical.metrics), 200],
  ["robots.txt", (app) => app.get(technical.robots), 200],
  ["the site map", (app) => app.get(technical.sitemap), 200],
  ["security.txt", (app) => app.get(technical.securityTxt), 200],
];

function policyOf(answer: Response): Record<string, string> {
  const policy = answer.headers.get("content-security-policy") ?? "";
  return Object.fromEntries(
    policy.split("; ").map((rule) => [rule.split(" ")[0], rule.split(" ").slice(1).join(" ")]),
  );
}

describe.each([
  ["http", {}],
  ["https", https],
] as const)("over %s", (scheme, env) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ env });
  });
  afterAll(() => app.stop());

  test.each(answers)("%s carries the security headers", async (_name, ask, status) => {
    const answer = await ask(app);
    expect(answer.status).toBe(status);
    // internet.nl v1.11 and STANDARDS, "Headers"
    expect(policyOf(answer)).toEqual({
      "default-src": "'none'",
      "script-src": "'self'",
      "style-src": "'self'",
      "img-src": "'self' data:",
      "font-src": "'self'",
      "connect-src": "'self'",
      "manifest-src": "'self'",
      "base-uri": "'none'",
      "form-action": "'self'",
      "frame-ancestors": "'none'",
      ...(scheme === "https" && { "upgrade-insecure-requests": "" }),
    });
    const { headers } = answer;
    expect(headers.get("referrer-policy")).toMatch(/^(same-origin|no-referrer)$/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("permissions-policy")).toContain("camera=()");
    const age = /max-age=(\d+)/.exec(headers.get("strict-transport-security") ?? "")?.[1];
    if (scheme === "https") expect(Number(age)).toBeGreaterThanOrEqual(31_536_000);
    else expect(age).toBeUndefined();
    expect(headers.get("set-cookie")).toBeNull();
    expect(headers.get("x-powered-by")).toBeNull();
  });
});

test("an answer to HEAD has the headers of the page and no body, from memory too", async () => {
  const app = await startTestApp();
  const page = await app.get(to.home);
  const size = Buffer.byteLength(await page.text());
  for (const path of [to.home, "/favicon.svg", "/nergens"]) {
    const get = await app.get(path);
    const head = await app.request(path, { method: "HEAD" });
    expect([path, head.status]).toEqual([path, get.status]);
    expect(await head.text()).toBe("");
    for (const name of ["content-type", "etag", "cache-control", "vary"])
      expect([path, name, head.headers.get(name)]).toEqual([path, name, get.headers.get(name)]);
  }
  expect(size).toBeGreaterThan(1000);
});

test("a page that fails says so in a page, keeps the error to the log, and is not kept", async () => {
  const app = await startTestApp();
  await sql`alter table manifestos rename to manifestos_elsewhere`.execute(app.ctx.db);
  const failed = await app.get(to.manifesto);
  const page = await failed.text();
  expect(page).toContain("<h1>Er ging iets mis</h1>");
  expect(page).toContain(failed.headers.get("x-request-id") ?? "no number");
  expect(page).not.toMatch(/manifestos|relation|at .*\.tsx?:/);
  await sql`alter table manifestos_elsewhere rename to manifestos`.execute(app.ctx.db);
  expect((await app.get(to.manifesto)).status).toBe(200);
});

test("security.txt holds what RFC 9116 asks for", async () => {
  const app = await startTestApp({ env: https });
  const answer = await app.get(technical.securityTxt);
  expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  const fields = Object.fromEntries(
    (await answer.text())
      .trim()
      .split("\n")
      .map((line) => line.split(/: (.*)/s).slice(0, 2)),
  );
  expect(fields.Contact).toBe(`${https.BASE_URL}${to.contact}`);
  expect(fields.Canonical).toBe(`${https.BASE_URL}${technical.securityTxt}`);
  const left = new Date(fields.Expires ?? "").getTime() - Date.now();
  expect(left).toBeGreaterThan(300 * 86_400_000);
  expect(left).toBeLessThan(365 * 86_400_000);
});

test("a Host header that is no host name gets an answer with the headers, not a broken connection", async () => {
  const app = await startTestApp();
  const socket = connect(app.port, "127.0.0.1");
  socket.end("GET / HTTP/1.1\r\nHost: not a host/?\r\nConnection: close\r\n\r\n");
  const answer = await text(socket);
  expect(answer).toMatch(/^HTTP\/1\.1 [24]00 /);
  expect(answer.toLowerCase()).toContain("x-content-type-options: nosniff");
});
