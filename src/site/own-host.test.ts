import { expect, test, vi } from "vitest";
import { startTestApp } from "../../tests/support/test-app.ts";
import { paths } from "../paths.ts";

const to = paths("nl");
const host = "cxo.localhost";
const slug = "op-pad-met-de-cxo";

test("an island on its own host is a site by itself, and the movement's pages stay the movement's", async () => {
  const app = await startTestApp();
  const own = `http://${host}:${app.port}`;
  // Each twice: from the program, then from the cache, whose pages must not mix.
  for (const round of ["rendered", "cached"]) {
    const island = await (await app.get("/", host)).text();
    expect(island, round).toContain("<title>Op pad met de CXO</title>");
    expect(island, round).toMatch(/site-header__home" href="\/"[\s\S]*?site-header__name">Op pad met de CXO/);
    expect(island, round).toContain(`<link rel="canonical" href="${own}/"/>`);
    expect(island, round).toMatch(/<form[^>]*action="\/nieuwsbrief"/);
    expect(island, round).toContain('href="/contact"');
    expect(island, round).toContain('href="/updates"');
    expect(island, round).toContain('href="/updates.atom"');
    expect(island, round).not.toContain(`href="${to.island(slug).home}`);
    expect(island, round).not.toContain("breadcrumb");
    expect(island, round).toContain(`href="${app.origin}${to.island("agenda-stad").home}"`);

    const movement = await (await app.get("/")).text();
    expect(movement, round).toContain('site-header__name">Wij, Publieke Veranderaars');
    const unknown = await (await app.get("/", "elders.localhost")).text();
    expect(unknown === movement, round).toBe(true);

    const onMovement = await (await app.get(to.island(slug).home)).text();
    expect(onMovement, round).toContain('site-header__name">Wij, Publieke Veranderaars');
    expect(onMovement, round).toContain(`<link rel="canonical" href="${own}/"/>`);
    expect(onMovement, round).toContain("breadcrumb");

    const english = await (await app.get("/en", host)).text();
    expect(english, round).toContain('<html lang="en"');
    expect(english, round).toContain(`<link rel="canonical" href="${own}/en"/>`);
    expect(english, round).toMatch(/<form[^>]*action="\/en\/newsletter"/);
  }
});

test("on an island's host, the movement's paths lead to the movement, and its own long path to its root", async () => {
  const app = await startTestApp();
  const movementOnly = [to.manifesto, to.initiatives, to.about, to.privacy, to.accessibility];
  for (const path of [...movementOnly, to.island("agenda-stad").home, `${to.initiatives}?thema=steden`]) {
    const response = await app.get(path, host);
    expect(response.status, path).toBe(308);
    expect(response.headers.get("location")).toBe(app.origin + path);
  }
  const long = await app.get(to.island(slug).home, host);
  expect(long.headers.get("location")).toBe(`http://${host}:${app.port}/`);
  expect((await app.get("/bestaat-niet", host)).status).toBe(404);
});

test("a page comes from the cache until the island changes, at both its addresses", async () => {
  const app = await startTestApp();
  const read = async (path: string, at?: string) => (await app.get(path, at)).text();
  const addresses = [["/", host], [to.island(slug).home], [to.initiatives], ["/"]] as const;
  for (const [path, at] of addresses) expect(await read(path, at)).toContain("Op pad met de CXO");
  await app.ctx.db
    .updateTable("initiatives")
    .set({ name: JSON.stringify({ nl: "Op reis met de CXO" }) })
    .where("slug", "=", slug)
    .execute();
  for (const [path, at] of addresses)
    await vi.waitFor(async () => expect((await read(path, at)).includes("Op reis met de CXO")).toBe(true), {
      timeout: 10_000,
    });
});
