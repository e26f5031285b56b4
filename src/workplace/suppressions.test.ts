import { expect, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
import { givenEdition } from "../../tests/support/editions.ts";
import { hours, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";
import { suppress } from "../suppressions/operations.ts";

const path = desk("nl").section("suppressions");
const stop = (app: TestApp, address: string, more: { editionId?: string; detail?: string } = {}) =>
  suppress(app.ctx, {
    address,
    reason: "hard",
    detail: more.detail ?? null,
    editionId: more.editionId ?? null,
  });
const addressesOn = (page: string) =>
  [...page.matchAll(/<th scope="row"[^>]*>([^<]+)</g)].map(([, one]) => one);

test("an owner sees which addresses get no mail, why and since which edition, and nothing to release them", async () => {
  const app = await startTestApp({ now: new Date("2026-05-03T10:00:00Z") });
  const owner = await signIn(app, "owner");
  expect(await (await owner.get(path)).text()).toContain("Er zijn geen geblokkeerde adressen.");
  const { id } = await givenEdition(app, { subject: "Zomer <op> zee" });
  await stop(app, "weg@voorbeeld.nl", { editionId: id, detail: "5.1.1" });
  const page = await (await owner.get(path)).text();
  expect(addressesOn(page)).toEqual(["weg@voorbeeld.nl"]);
  expect(page).toContain("Het adres bestaat niet meer (melding 5.1.1)");
  expect(page).toContain("3 mei 2026");
  expect(page).toContain("Zomer &lt;op&gt; zee");
  expect(page).toContain("alleen wie het adres gebruikt, kan zeggen dat er weer mail mag komen");
  const forms = [...page.matchAll(/<form[^>]*action="([^"]*)"/g)].map(([, action]) => action);
  expect(forms.filter((action) => action?.startsWith(path))).toEqual([path]);
  expect(page.match(new RegExp(`<form[^>]*method="post"[^>]*action="${path}`))).toBeNull();
});

test("only who may see them does", async () => {
  const app = await startTestApp();
  const { id } = await app.given.initiative();
  for (const [role, status] of [
    ["moderator", 200],
    ["editor", 403],
    ["lead", 403],
  ] as const) {
    const one = await signIn(app, role, role === "lead" ? { initiativeId: id } : {});
    expect((await one.get(path)).status, role).toBe(status);
  }
});

test("they are read page by page, each once, and found by a part of the address", async () => {
  const app = await startTestApp();
  const owner = await signIn(app, "owner");
  for (let each = 0; each < 120; each++) {
    await stop(app, `adres-${String(each).padStart(3, "0")}@voorbeeld.nl`);
    if (each % 40 === 39) app.advance(hours(1));
  }
  const seen: (string | undefined)[] = [];
  for (let at: string | undefined = path; at; ) {
    const page: string = await (await owner.get(at)).text();
    seen.push(...addressesOn(page));
    at = /rel="next" href="([^"]+)"/.exec(page)?.[1]?.replaceAll("&amp;", "&");
  }
  expect(seen).toHaveLength(120);
  expect(new Set(seen).size).toBe(120);
  const found = await (await owner.get(`${path}?zoek=ADRES-11`)).text();
  expect(addressesOn(found)).toHaveLength(10);
  expect(addressesOn(await (await owner.get(`${path}?zoek=%25`)).text())).toEqual([]);
  for (const nonsense of ["x", "2026 ", "%00", "' or 1=1"])
    expect((await owner.get(`${path}?na=${encodeURIComponent(nonsense)}`)).status).toBe(200);
  expect((await owner.get(`${path}?zoek=%00&na=2026-05-03T10:00:00Z%20%00`)).status).toBe(200);
});
