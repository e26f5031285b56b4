import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
import { startTestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";
import { technical } from "../paths.ts";
import { identityHeader, nonceOf } from "../platform/identity.ts";

const to = desk("nl");

test("an island gets a host name that leads here, and answers on it at once", async () => {
  const app = await startTestApp();
  const own = await app.given.initiative({ slug: "straatwijs", name: "Straatwijs" });
  const lead = await signIn(app, "lead", { initiativeId: own.id });
  const path = to.part("islands", own.id, "checkHost");
  const sent = await lead.post(path, { host: "https://Straat.localhost/pad" });
  expect(sent.headers.get("location")).toBe(`${path}?done=saved`);
  await expect.poll(async () => (await app.get("/", "straat.localhost")).text()).toContain("Straatwijs");
  await lead.post(path, { host: "" });
  const row = await app.ctx.db
    .selectFrom("initiatives")
    .select("host")
    .where("id", "=", own.id)
    .executeTakeFirstOrThrow();
  expect(row.host).toBeNull();
});

test("a host name that is in use, is none, or leads elsewhere is refused with a reason", async () => {
  const app = await startTestApp();
  const own = await app.given.initiative();
  const owner = await signIn(app, "owner");
  const set = async (host: string) => {
    const answer = await owner.post(to.part("islands", own.id, "checkHost"), { host });
    return [answer.status, await answer.text()] as const;
  };
  for (const [host, reason] of [
    ["cxo.localhost", "Een ander initiatief gebruikt dit adres al"],
    ["localhost", "geen adres dat hier kan"],
    ["127.0.0.1", "geen adres dat hier kan"],
    ["a b.nl", "geen adres dat hier kan"],
    ["<script>.nl", "geen adres dat hier kan"],
  ] as const) {
    const [status, page] = await set(host);
    expect(status, host).toBe(422);
    expect(page, host).toContain(reason);
    expect(page).not.toContain("<script>.nl");
  }
});

test("away from localhost, a name that leads inside is never asked", async () => {
  let asked = 0;
  const inside = createServer((_request, response) => {
    asked++;
    response.end();
  });
  await new Promise<void>((done) => inside.listen(0, "127.0.0.1", done));
  onTestFinished(() => void inside.close());
  const { port } = inside.address() as AddressInfo;
  const app = await startTestApp({ env: { BASE_URL: `http://beweging.example:${port}` } });
  const own = await app.given.initiative();
  const { headers } = await signIn(app, "owner");
  const answer = await app.post(
    to.part("islands", own.id, "checkHost"),
    { host: "binnen.localhost" },
    { headers: { ...headers, origin: `http://localhost:${app.port}` } },
  );
  expect(await answer.text()).toContain("niet openbaar");
  expect(asked).toBe(0);
});

test("a lead cannot take a name of the movement's own; an owner can give one", async () => {
  const app = await startTestApp({ env: { BASE_URL: "https://www.beweging.example" } });
  const own = await app.given.initiative();
  const lead = await signIn(app, "lead", { initiativeId: own.id });
  const owner = await signIn(app, "owner");
  const set = async (headers: Record<string, string>, host: string) => {
    const cookie = `__Host-${headers.cookie}`;
    const path = to.part("islands", own.id, "checkHost");
    const answer = await app.post(path, { host }, { headers: { cookie, "sec-fetch-site": "same-origin" } });
    expect(answer.status).toBe(422);
    return answer.text();
  };
  const ofMovement = "Adressen onder beweging.example zijn van de hele beweging";
  for (const host of ["beweging.example", "beheer.beweging.example", "https://A.B.Beweging.example/"])
    expect(await set(lead.headers, host), host).toContain(ofMovement);
  expect(await set(lead.headers, "andersbeweging.example")).not.toContain(ofMovement);
  expect(await set(owner.headers, "beheer.beweging.example"), "asked whether it leads here").not.toContain(
    ofMovement,
  );
});

test("what proves that a name leads here is good for one question about one name, and given to nobody else", async () => {
  const app = await startTestApp();
  const ask = async (nonce: string, host: string) =>
    (await app.get(`${technical.identity}?nonce=${nonce}`, host)).headers.get(identityHeader);
  const nonce = nonceOf(app.ctx.keys);
  const proof = await ask(nonce, "straat.example");
  expect(proof).toMatch(/^[0-9a-f]{32}$/);
  expect(await ask(nonce, "STRAAT.example")).toBe(proof);
  expect(await ask(nonce, "elders.example")).not.toBe(proof);
  expect(await ask(nonceOf(app.ctx.keys), "straat.example")).not.toBe(proof);
  for (const stranger of ["", "x", `${nonce.slice(0, -1)}!`, "0".repeat(54)])
    expect(await ask(stranger, "straat.example")).toBeNull();
});
