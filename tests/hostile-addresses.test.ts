import { Agent, request as httpRequest } from "node:http";
import { text } from "node:stream/consumers";
import { HonoRequest } from "hono/request";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createRouter } from "../src/app.ts";
import { paths } from "../src/paths.ts";
import { createMetrics } from "../src/platform/metrics.ts";
import { type Colleague, signIn } from "./support/desk.ts";
import { deskAddresses } from "./support/desk-addresses.ts";
import { fillWorkplace } from "./support/desk-pages.ts";
import { startTestApp, type TestApp } from "./support/test-app.ts";

/** Every route there is: a new one is tried by itself. The English ones answer by the same code. */
const routes = createRouter(createMetrics())
  .routes.filter(({ path }) => !path.includes("*") && !/^\/en(\/|$)/.test(path))
  .filter(({ method, path }, at, all) => all.findIndex((o) => o.method === method && o.path === path) === at);
/** Kinds of documents beside the update: their routes are made by the same hand. */
const sameCode = /^\/beheer\/teksten\/(?!update\/)\w+\//;
const isAny = (method: string) => method === "GET" || method === "POST";

/** What no address of ours holds, as it stands in a path or behind "?name=". */
const hostile = [
  ...[
    "%00",
    "%0A",
    "a%0Ab",
    "%0D%0ALocation:%20https://evil.example/",
    "%7F",
    "%09",
    "%ED%A0%80",
    "%E0%A4%A",
    "%",
  ],
  ...[
    "%2F%2Fevil.example",
    "%5C%5Cevil.example",
    "..%2F..%2F%2Fevil.example",
    "evil.example",
    "@evil.example",
  ],
  ...[
    "-1",
    "0",
    "1e309",
    "99999999999999999999",
    "2147483648",
    "9223372036854775808",
    "NaN",
    "1.5",
    "__proto__",
  ],
  ...[
    "2026-13-45",
    "2026-02-30T25:61",
    "275761-01-01",
    "-000001-01-01",
    "00000000-0000-0000-0000-00000000000g",
  ],
  ...["00000000-0000-0000-0000-000000000000", "%27%22%3Cscript%3E", "%F0%9F%8F%9D", "%E2%80%AE", "%EF%BF%BF"],
  ...["a".repeat(101), "a".repeat(5000), "%25%25", "*", "(", "%5B", "%3A*%26%7C!", ".", "-"],
];
const inQuery = [
  ...["%00", "a%0Ab", "%ED%A0%80", "%", "-1", "0", "1.5", "99999999999999999999", "9223372036854775808"],
  ...["2026-13-45", "275761-01-01", "00000000-0000-0000-0000-00000000000g", "%F0%9F%8F%9D", "%27%22%25_("],
  ...["a".repeat(101), "a".repeat(5000), "//evil.example", "https://evil.example/", "/\\evil.example"],
  ...["/beheer//evil.example", "/beheer/..//evil.example"],
];

const own = "cxo.localhost";
const slug = "op-pad-met-de-cxo";
const values: Record<string, string> = {
  slug,
  island: slug,
  initiative: slug,
  token: "x",
  version: "1",
  code: "x",
};

let app: TestApp;
let owner: Colleague;
let addressOf: Awaited<ReturnType<typeof deskAddresses>>;
const agent = new Agent({ keepAlive: true, maxSockets: 4 });
let origins: Set<string>;

beforeAll(async () => {
  app = await startTestApp();
  await fillWorkplace(app);
  owner = await signIn(app, "owner");
  addressOf = await deskAddresses(app, owner);
  const at = (host: string) => `http://${host}:${app.port}`;
  const hosts = await app.ctx.db
    .selectFrom("initiatives")
    .select("host")
    .where("host", "is not", null)
    .execute();
  origins = new Set([app.origin, at("localhost"), ...hosts.map(({ host }) => at(host ?? ""))]);
});
afterAll(async () => {
  agent.destroy();
  await app.stop();
});

type Answer = { status: number; location: string | undefined; cached: string | undefined; body: string };

/** A path as it is, also where a browser would write it otherwise. */
async function send(
  path: string,
  { method = "GET", host = "localhost", worker = true } = {},
): Promise<Answer> {
  const { cookie, origin } = owner.headers;
  const headers = { host: `${host}:${app.port}`, ...(worker ? { cookie, origin } : {}) };
  const form = { "content-type": "application/x-www-form-urlencoded" };
  return new Promise((done, fail) => {
    httpRequest(
      { port: app.port, path, method, agent, headers: { ...headers, ...(method === "POST" && form) } },
      async (answer) => {
        const { location, "cache-control": cached } = answer.headers;
        done({ status: answer.statusCode ?? 0, location, cached, body: await text(answer) });
      },
    )
      .once("error", fail)
      .end();
  });
}

/** What is wrong with an answer to an address that nobody honest asks for; null where nothing is. */
function wrong(answer: Answer, host = "localhost"): string | null {
  if (answer.status >= 500) return `${answer.status}`;
  if (answer.status === 308 && answer.cached !== "no-cache") return `308 with ${answer.cached}`;
  if (!answer.cached) return `${answer.status} without Cache-Control`;
  if (answer.location === undefined) return null;
  const led = URL.parse(answer.location, `http://${host}:${app.port}/`);
  return led && (origins.has(led.origin) || led.host === `${host}:${app.port}`)
    ? null
    : `leads to ${answer.location}`;
}

/** A route's address of something that is there, as far as that is known. */
function good(path: string): string {
  const known = addressOf({ path }) ?? path;
  return known.replace(/:(\w+)(\{[^/]+\})?/g, (_all, name: string) => values[name] ?? "x");
}

test("no value in a path breaks a route, or leads away", async () => {
  const found: string[] = [];
  for (const { method, path } of routes.filter(
    ({ method, path }) => isAny(method) && path.includes(":") && !sameCode.test(path),
  ))
    for (const value of hostile) {
      const asked = path.replace(/:(\w+)(\{[^/]+\})?/g, value);
      const fault = wrong(await send(asked, { method }));
      if (fault) found.push(`${method} ${asked.slice(0, 120)}: ${fault}`);
    }
  expect(found).toEqual([]);
}, 300_000);

test("no value in a query breaks a route, or leads away", async () => {
  const found: string[] = [];
  const names = new Set<string>();
  const asks = vi.spyOn(HonoRequest.prototype, "query");
  for (const { path } of routes.filter((one) => one.method === "GET" && !sameCode.test(one.path))) {
    names.clear();
    asks.mockClear();
    const address = good(path);
    const { body } = await send(address);
    for (const [name] of asks.mock.calls as unknown as [string?][]) if (name) names.add(name);
    for (const [, name] of body.matchAll(/<(?:input|select)\b[^>]*\sname="([\w-]+)"/g))
      if (name) names.add(name);
    for (const name of names)
      for (const value of inQuery) {
        const fault = wrong(await send(`${address}?${name}=${value}&${name}=2&${name}[]=3`));
        if (fault) found.push(`${address}?${name}=${value.slice(0, 60)}: ${fault}`);
      }
  }
  asks.mockRestore();
  expect(found).toEqual([]);
}, 300_000);

test("nothing before or behind an address leads to another site, on any host", async () => {
  const found: string[] = [];
  const behind = [
    ...[
      ".evil.example/x",
      "//evil.example",
      "/%2F%2Fevil.example/",
      "@evil.example/",
      "\\evil.example/",
      "%5Cevil.example",
    ],
    ...[":80@evil.example/", "/.evil.example/", "%2eevil.example/", "?//evil.example", "/..//evil.example/"],
  ];
  const before = [
    "//evil.example",
    "/\\evil.example",
    "/%2Fevil.example",
    "/en//evil.example",
    "///evil.example",
  ];
  await app.given.initiative({ slug: "nieuw", host: "nieuw.localhost" });
  const { id } = await app.ctx.db
    .selectFrom("initiatives")
    .select("id")
    .where("slug", "=", "nieuw")
    .executeTakeFirstOrThrow();
  await app.ctx.db
    .insertInto("former_slugs")
    .values({ kind: "initiative", initiative_id: null, slug: "oud", target_id: id, since: app.ctx.now() })
    .execute();
  origins.add(`http://nieuw.localhost:${app.port}`);
  const islands = (["nl", "en"] as const).flatMap((language) =>
    [slug, "oud", "nieuw"].flatMap((one) => {
      const { home, updates, newsletter } = paths(language).island(one);
      return [home, updates, newsletter, paths(language).joinInitiative(one)];
    }),
  );
  const english = [paths("en").home, paths("en").manifesto, paths("en").updates, paths("en").contact];
  const addresses = new Set([...islands, ...english, ...routes.map(({ path }) => good(path))]);
  for (const host of ["localhost", own, "nieuw.localhost", "elders.example"])
    for (const address of addresses)
      for (const asked of [...behind.map((one) => address + one), ...before.map((one) => one + address)]) {
        if (host !== "localhost" && !islands.includes(address) && address.startsWith("/beheer/")) continue;
        const fault = wrong(await send(asked, { host, worker: false }), host);
        if (fault) found.push(`${host} ${asked}: ${fault}`);
      }
  expect(found).toEqual([]);
}, 300_000);
