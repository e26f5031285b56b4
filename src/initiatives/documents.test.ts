import { expect, test } from "vitest";
import { type Colleague, signIn } from "../../tests/support/desk.ts";
import { startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { fieldsIn } from "../../tests/support/writing.ts";
import { type DocumentName, desk } from "../desk-paths.ts";
import { paths } from "../paths.ts";

const to = desk("nl");
const cxo = "op-pad-met-de-cxo";

async function open(app: TestApp, who: Colleague, kind: DocumentName, slug = cxo) {
  const { id } = await app.ctx.db
    .selectFrom("initiatives")
    .select("id")
    .where("slug", "=", slug)
    .executeTakeFirstOrThrow();
  const opened = await who.get(to.documentOf(kind, id));
  expect(opened.status).toBe(303);
  const path = opened.headers.get("location") ?? "";
  return {
    id,
    documentId: path.split("/").at(-1) ?? "",
    fields: fieldsIn(await (await who.get(path)).text()),
  };
}

const island = async (app: TestApp, slug = cxo) => (await app.get(paths("nl").island(slug).home)).text();
const content = (page: string) =>
  page.slice(page.indexOf("<main"), page.indexOf("</main>")).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "");

test("publishing every part of an island as it stands changes nothing of what visitors see", async () => {
  const app = await startTestApp();
  const owner = await signIn(app, "owner");
  const before = content(await island(app));
  for (const kind of ["island", "portraits", "questions", "supporters", "help"] as const) {
    const { documentId, fields } = await open(app, owner, kind);
    const sent = await owner.post(to.documentPart(kind, documentId, "publish"), fields);
    expect([kind, sent.status, sent.headers.get("location")]).toEqual([
      kind,
      303,
      `${to.document(kind, documentId)}?done=published`,
    ]);
    expect(content(await island(app)), kind).toBe(before);
  }
});

test("a lead changes the order of questions, and links to a question keep working", async () => {
  const app = await startTestApp();
  const { id } = await app.ctx.db
    .selectFrom("initiatives")
    .select("id")
    .where("slug", "=", cxo)
    .executeTakeFirstOrThrow();
  const lead = await signIn(app, "lead", { initiativeId: id });
  const { documentId, fields } = await open(app, lead, "questions");
  const slugs = async () =>
    (
      await app.ctx.db
        .selectFrom("questions")
        .select("slug")
        .where("initiative_id", "=", id)
        .orderBy("position")
        .execute()
    ).map(({ slug }) => slug);
  const [first, second, ...rest] = await slugs();
  const moved = await lead.post(to.documentPart("questions", documentId, "save"), {
    ...fields,
    move: "down:questions:0",
  });
  expect(moved.status).toBe(303);
  const now = fieldsIn(await (await lead.get(to.document("questions", documentId))).text());
  await lead.post(to.documentPart("questions", documentId, "publish"), now);
  expect(await slugs()).toEqual([second, first, ...rest]);
});

test("an island's new slug leads on from the old one; a slug in use is refused", async () => {
  const app = await startTestApp();
  const owner = await signIn(app, "owner");
  const { documentId, fields } = await open(app, owner, "island", "agenda-stad");
  const taken = await owner.post(to.documentPart("island", documentId, "publish"), { ...fields, slug: cxo });
  expect(taken.status).toBe(422);
  expect(await taken.text()).toContain("Een ander initiatief heeft dit adres al");
  const fresh = fieldsIn(await (await owner.get(to.document("island", documentId))).text());
  const sent = await owner.post(to.documentPart("island", documentId, "publish"), {
    ...fresh,
    slug: "stadsagenda",
  });
  expect(sent.status).toBe(303);
  expect(await island(app, "stadsagenda")).toContain("Agenda Stad");
  const old = await app.get(paths("nl").island("agenda-stad").updates);
  expect([301, 308]).toContain(old.status);
  expect(old.headers.get("location")).toContain(paths("nl").island("stadsagenda").updates);
});

test("a supporter's page and a portrait with markup stay text", async () => {
  const app = await startTestApp();
  const owner = await signIn(app, "owner");
  const { documentId, fields } = await open(app, owner, "supporters", "agenda-stad");
  await owner.post(to.documentPart("supporters", documentId, "publish"), {
    version: fields.version ?? "1",
    "supporters.0.name": '<img src=x onerror="alert(1)">',
    "supporters.0.url": "https://steun.example/",
  });
  const page = await island(app, "agenda-stad");
  expect(page).toContain("&lt;img src=x");
  expect(page).not.toContain("<img src=x");
  const script = await owner.post(to.documentPart("supporters", documentId, "publish"), {
    version: "2",
    "supporters.0.name": "Naam",
    "supporters.0.url": "javascript:alert(1)",
  });
  expect([409, 422]).toContain(script.status);
});

test("a portrait has a name beside its photo, so it asks for no description and keeps none", async () => {
  const app = await startTestApp();
  const owner = await signIn(app, "owner");
  const { documentId, fields } = await open(app, owner, "portraits");
  expect(fields["portraits.0.image.path"]).toBe("portraits/suzanne-potjer.svg");
  expect(Object.keys(fields).filter((name) => /\.(alt|decorative)/.test(name))).toEqual([]);
  const page = await (await owner.get(to.document("portraits", documentId))).text();
  expect(page).toContain("De naam ernaast zegt al wie het is");
  const published = await owner.post(to.documentPart("portraits", documentId, "publish"), fields);
  expect(published.status).toBe(303);
  expect(await island(app)).toMatch(/<img[^>]*suzanne-potjer\.svg[^>]*alt=""|alt=""[^>]*suzanne-potjer/);
});
