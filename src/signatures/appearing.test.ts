import { expect, test } from "vitest";
import { sign, signAndConfirm } from "../../tests/support/signing.ts";
import { startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { paths, technical } from "../paths.ts";
import { changeAppearance } from "./operations.ts";

const to = paths("nl");
const all = (app: TestApp) => app.ctx.db.selectFrom("signatures").selectAll().orderBy("number").execute();
const words = async (app: TestApp) =>
  (await app.ctx.db.selectFrom("signature_words").select("word").orderBy("word").execute()).map(
    ({ word }) => word,
  );
const personOf = async (app: TestApp, email: string) =>
  (await app.ctx.db.selectFrom("people").select("id").where("email", "=", email).executeTakeFirstOrThrow())
    .id;

test("how one appears decides what is searched and shown; a name that is hidden is in no public answer", async () => {
  const app = await startTestApp();
  const shown = { role: "Wijkagent", organisation: "Politie Oost", place: "Epe", motivation: "Om de buurt." };
  await signAndConfirm(app, { ...shown, name: "Nadia Naamdrager", email: "a@voorbeeld.nl" });
  await signAndConfirm(app, {
    ...shown,
    name: "Rolf Rolverberger",
    email: "b@voorbeeld.nl",
    appearance: "role",
  });
  await signAndConfirm(app, {
    ...shown,
    name: "Tess Tellinger",
    role: "Tolk",
    organisation: "Geheime Dienst",
    place: "Weert",
    email: "c@voorbeeld.nl",
    appearance: "counted",
  });
  const [byName, byRole, counted] = await all(app);
  expect(byName?.search).toBe("'epe':6 'naamdrager':2 'nadia':1 'oost':5 'politie':4 'wijkagent':3");
  expect(byRole?.search).toBe("'oost':3 'politie':2 'wijkagent':1");
  expect(counted?.search).toBe("");
  expect(counted?.motivation_state, "what is not shown needs no moderator").toBeNull();
  await app.ctx.db
    .updateTable("signatures")
    .set({ motivation_state: "shown" })
    .where("motivation_state", "=", "waiting")
    .execute();
  for (const path of [
    to.manifesto,
    to.home,
    to.signatories,
    paths("en").signatories,
    `${to.signatories}?q=wijkagent`,
    technical.manifestoCount,
    `${technical.organisations}?q=ge`,
    `${technical.organisations}?q=geheime+dienst`,
    to.updatesAtom,
    to.updatesJson,
    technical.sitemap,
  ]) {
    const text = (await (await app.get(path)).text()).replaceAll("rolverberger", ""); // what was typed
    expect(text, path).not.toMatch(/Rolverberger|Tellinger|Tolk\b|Geheime Dienst|Weert/i);
  }
  expect(await words(app)).toEqual(["epe", "naamdrager", "nadia", "oost", "politie", "wijkagent"]);
});

test("no box is ticked and no way to appear is chosen beforehand", async () => {
  const app = await startTestApp();
  const html = await (await app.get(to.manifesto)).text();
  const form = html.slice(html.indexOf(`action="${to.sign}"`));
  expect(form).not.toMatch(/\schecked/);
});

test("an organisation is one, whatever its accents and capitals, and is suggested once somebody shows it", async () => {
  const app = await startTestApp();
  const ask = async (typed: string) =>
    (await (await app.get(`${technical.organisations}?q=${encodeURIComponent(typed)}`)).json()) as string[];
  await signAndConfirm(app, {
    organisation: "Coöperatie Noord",
    email: "a@voorbeeld.nl",
    appearance: "counted",
  });
  expect(await ask("coop")).toEqual([]);
  await signAndConfirm(app, { organisation: "COOPERATIE  noord", email: "b@voorbeeld.nl" });
  await signAndConfirm(app, { organisation: "Gemeente 100% Zuid", email: "c@voorbeeld.nl" });
  expect(await app.ctx.db.selectFrom("organisations").select("name").execute()).toHaveLength(2);
  expect(await ask("coöp")).toEqual(["Coöperatie Noord"]);
  expect(await ask("noord"), "also by a later word").toEqual(["Coöperatie Noord"]);
  expect(await ask("cooperatei noord"), "also with a typing error").toEqual(["Coöperatie Noord"]);
  expect(await ask("%"), "a wildcard finds nothing").toEqual([]);
  expect(await ask("100%")).toEqual(["Gemeente 100% Zuid"]);
  expect(await ask("c")).toEqual([]);
  expect(await ask("x".repeat(5000))).toEqual([]);
  expect(
    (await app.get(`${technical.organisations}?q=noord`)).headers.get("access-control-allow-origin"),
  ).toBeNull();
});

test("whoever changes how they appear is found by what they show, and by nothing else", async () => {
  const app = await startTestApp();
  await signAndConfirm(app, { name: "Zeldzame Zwaan", role: "Griffier", motivation: "Nu!" });
  const personId = await personOf(app, "sanne@voorbeeld.nl");
  const consent = { text: "Tel mij alleen mee", formUrl: app.origin + to.mine };
  expect(await changeAppearance(app.ctx, personId, "counted", consent)).toEqual({ kind: "changed" });
  expect(await words(app)).toEqual([]);
  expect((await all(app))[0]).toMatchObject({ search: "", motivation_state: null });
  expect(await changeAppearance(app.ctx, personId, "counted", consent)).toEqual({ kind: "unchanged" });
  await changeAppearance(app.ctx, personId, "role", { ...consent, text: "Alleen met mijn functie" });
  expect(await words(app)).toEqual(["griffier"]);
  expect((await all(app))[0]?.motivation_state).toBe("waiting");
});

test.each([
  ["https://casino.example", "Dit lijkt op een web- of mailadres"],
  ["Bezoek casino.com", "Dit lijkt op een web- of mailadres"],
  ["\u202e\u200b\u3164", "Vul je naam in"],
  ["12345", "Schrijf je naam met letters"],
  ["x".repeat(10_000), "Deze naam is te lang"],
  [`👩${"\u200d👩".repeat(2000)}a`, "Deze naam is te lang"],
])("a name such as %s is refused with a reason", async (name, reason) => {
  const app = await startTestApp({ starter: "seeds" });
  const answer = await sign(app, { name });
  expect(answer.status).toBe(422);
  expect(await answer.text()).toContain(reason);
});

test("scripts, turned and stacked letters do no harm", async () => {
  const app = await startTestApp();
  const page = await signAndConfirm(app, {
    name: `Z${"\u0301\u0316\u0489".repeat(300)}oë \u202eDrallov <script>alert(1)</script>`,
    organisation: "<img src=x onerror=alert(1)>",
  });
  const [row] = await all(app);
  expect(row?.name).toMatch(/^Ź\p{M}{4}oë Drallov <script>alert\(1\)<\/script>$/u);
  await app.post(page, { "shows-name": "yes" });
  for (const path of [page, to.invitation(row!.invite_code)]) {
    const html = await (await app.get(path)).text();
    expect(html).toContain("&lt;script&gt;alert(1)");
    expect(html).not.toContain("<script>alert");
  }
});
