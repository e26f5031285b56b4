import { expect, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
import { png } from "../../tests/support/library.ts";
import { minutes, startTestApp } from "../../tests/support/test-app.ts";
import { fieldsIn } from "../../tests/support/writing.ts";
import { desk } from "../desk-paths.ts";

const to = desk("nl");
const story = { "title.nl": "Thee", "summary.nl": "Samen.", "body.nl": "Tekst." };

/** A draft of an island, and its library. All that follows works without a script. */
async function draft() {
  const app = await startTestApp();
  const island = await app.given.initiative({ slug: "theehuis" });
  const lead = await signIn(app, "lead", { initiativeId: island.id });
  const path = (await lead.post(to.newDocument("update", island.id))).headers.get("location")!;
  const page = async (query = "") => (await lead.get(path + query)).text();
  const save = async (fields: Record<string, string> = {}, part = "bewaren") =>
    lead.post(`${path}/${part}`, { ...fieldsIn(await page()), ...story, ...fields });
  /** Presses a button of the form that saves and goes somewhere; answers where. */
  const press = async (button: string, fields: Record<string, string> = {}) => {
    const sent = new URLSearchParams({ ...fieldsIn(await page()), ...story, ...fields });
    sent.set("then", button);
    return (await lead.post(`${path}/bewaren`, Object.fromEntries(sent))).headers.get("location") ?? "";
  };
  const send = async (href: string, width = 400) => {
    const body = new FormData();
    body.set("file", new File([new Uint8Array(await png(width))], `kop-${width}.png`));
    return app.request(href, { method: "POST", body, headers: lead.headers });
  };
  return { app, island, lead, path, page, save, press, send };
}

const choices = (page: string) =>
  [...page.matchAll(/<input type="radio"[^>]*name="image\.path" value="([^"]+)"/g)].map(([, one]) => one!);
const action = (page: string, end: RegExp) =>
  [...page.matchAll(/<form[^>]*action="([^"]+)"/g)].map(([, one]) => one!).find((one) => end.test(one)) ?? "";

test("from a text to the library and back: the new image can be chosen, with the words it got there", async () => {
  const { app, island, lead, path, page, save, press, send } = await draft();
  const library = await press("images");
  expect(library).toContain(to.one("images", island.id));
  const back = `<a href="${path}" class="nl-button nl-button--secondary">Terug naar je tekst</a>`;
  const shelf = await (await lead.get(library)).text();
  expect(shelf).toContain(back);
  const added = (await send(action(shelf, /uploaden\?text=/))).headers.get("location")!;
  const image = await (await lead.get(added)).text();
  expect(image).toContain(back);
  const words = { meaning: "words", alt_nl: "Twee kopjes", alt_en: "Two cups", focal: "middle" };
  const said = (await lead.post(action(image, /beschrijving\?text=/), words)).headers.get("location")!;
  expect(await (await lead.get(said)).text()).toContain(back);

  const [chosen = ""] = choices(await page());
  expect(chosen).toContain("kop-400.jpg");
  await save({ "image.path": chosen });
  expect(fieldsIn(await page())).toMatchObject({
    "image.alt.nl": "Twee kopjes",
    "image.alt.en": "Two cups",
  });
  await save({ "image.alt.nl": "Alleen wat ik schreef", "image.alt.en": "" });
  expect(fieldsIn(await page())["image.alt.nl"], "own words stay").toBe("Alleen wat ik schreef");

  app.advance(minutes(1)); // the newest image stands first
  await send(to.part("images", island.id, "upload"), 420);
  const [other = ""] = choices(await page());
  const id = other.split("/")[0]!;
  await lead.post(to.part("images", id, "alt"), { meaning: "decorative", focal: "middle" });
  expect((await save({ "image.path": other }, "publiceren")).status, "at once, without saving").toBe(303);
  expect(await app.ctx.db.selectFrom("updates").select(["image", "image_alt"]).execute()).toContainEqual({
    image: other,
    image_alt: null,
  });
});

test("images older than the first page can be chosen, and what was typed is kept on the way", async () => {
  const { app, island, page, save, press, send } = await draft();
  await send(to.part("images", island.id, "upload"));
  const {
    id: _id,
    alt: _alt,
    ...row
  } = await app.ctx.db.selectFrom("media").selectAll().executeTakeFirstOrThrow();
  const copies = Array.from({ length: 30 }, (_, n) => ({ ...row, name: `kopje-${n + 1}`, alt: null }));
  await app.ctx.db.insertInto("media").values(copies).execute();
  const first = choices(await page());
  expect(first).toHaveLength(24);
  const button = /name="then" value="(images:[^"]+)"[^>]*>Bewaren, en oudere beelden/.exec(await page())![1]!;
  const older = await press(button, { "title.nl": "Koffie" });
  expect(older).toMatch(/&images=[0-9a-f-]{36}#field-image$/);
  const second = await page(`?${older.split("?")[1]!.split("#")[0]}`);
  expect(second).toContain('id="field-image"');
  expect(second).toContain("Koffie");
  expect(new Set([...first, ...choices(second)]).size).toBe(31);
  const last = choices(second).at(-1)!;
  await save({ "image.path": last, "image.alt.nl": "Een kopje" });
  expect(choices(await page())[0], "what is chosen stays among the choices").toBe(last);
  const newest = /name="then" value="(images:[^"]+)"[^>]*>Bewaren, en de nieuwste/.exec(second)![1]!;
  expect(await press(newest)).toMatch(/\?done=saved#field-image$/);
});

test("a library only leads back to a text of the workplace", async () => {
  const { island, lead } = await draft();
  for (const text of ["//evil.example/x", "update/../../x", "evil/00000000-0000-4000-8000-000000000000"]) {
    const page = await lead.get(`${to.one("images", island.id)}?${new URLSearchParams({ text })}`);
    expect(await page.text(), text).not.toContain("Terug naar je tekst");
  }
});
