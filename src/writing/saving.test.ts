import { expect, test } from "vitest";
import { autosave, form, openedPage, twoWriters } from "../../tests/support/two-writers.ts";
import { fieldsIn } from "../../tests/support/writing.ts";

/** What the button "De andere tekst nemen" adds to a form. */
const theirs = Object.fromEntries(new URLSearchParams("then=theirs"));

test("an answer that got lost is no conflict: what the same page sends next goes over it", async () => {
  const { app, anna, bram, path, kept } = await twoWriters();
  const page = openedPage();
  const lost = await autosave(app, anna, path, { version: "1", ...page.next(), ...form("Het begin.") });
  expect(lost.status).toBe(200);
  const again = await autosave(app, anna, path, {
    version: "1",
    ...page.next(),
    ...form("Het begin. En meer."),
  });
  expect(await again.json()).toMatchObject({ kind: "saved", version: 3 });
  const button = await anna.post(`${path}/bewaren`, { version: "1", ...page.next(), ...form("Klaar.") });
  expect(button.status, "a button while a save is under way").toBe(303);

  await bram.post(`${path}/bewaren`, { version: "4", ...form("Van Bram.") });
  const late = await autosave(app, anna, path, { version: "1", ...page.next(), ...form("Weer ik.") });
  expect(late.status, "somebody else's save still is one").toBe(409);
  expect((await late.json()).by).toContain("Bram");
  const stranger = { version: "4", ...page.next(), ...form("Van Bram, op haar pagina.") };
  await autosave(app, anna, path, { version: "5", ...page.next(), ...form("Anna weer.") });
  expect((await autosave(app, bram, path, stranger)).status, "a page is one person's").toBe(409);
  expect((await kept()).now).toBe("Anna weer.");
});

test("a request that was long under way does not go over what the page sent after it", async () => {
  const { app, anna, path, kept } = await twoWriters();
  const page = openedPage();
  await autosave(app, anna, path, { version: "1", ...page.nth(2), ...form("Het nieuwe.") });
  const slow = await autosave(app, anna, path, { version: "1", ...page.nth(1), ...form("Het oude.") });
  expect(await slow.json()).toMatchObject({ kind: "saved", version: 2 });
  expect((await kept()).now).toBe("Het nieuwe.");
});

test("text of a page that closed goes over what that page had saved, and over nothing else", async () => {
  const { app, anna, path } = await twoWriters();
  const [closed, now] = [openedPage(), openedPage()];
  await autosave(app, anna, path, { version: "1", ...closed.nth(3), ...form("Getypt en weg.") });
  const back = (after: string) =>
    autosave(app, anna, path, { version: "1", ...now.next(), after, ...form("Getypt en terug.") });
  expect((await back(`${closed.page}:2`)).status, "the closed page saved more than was put back").toBe(409);
  expect((await back(`${closed.page}:3`)).status).toBe(200);
});

test("the page tells the browser what of it arrived, and a form that comes back is the same page", async () => {
  const { app, anna, bram, path } = await twoWriters();
  const page = openedPage();
  await autosave(app, anna, path, { version: "1", ...page.nth(4), ...form("Aangekomen.") });
  const opened = await (await anna.get(path)).text();
  expect(opened).toContain(`data-arrived="${page.page}:4"`);
  expect(fieldsIn(opened).page).not.toBe(page.page);
  expect(await (await bram.get(path)).text(), "what Anna sent is her own business").toContain(
    'data-arrived=""',
  );

  const long = { "title.nl": "a".repeat(151), "body.nl": "Deels." };
  const wrong = await anna.post(`${path}/bewaren`, { version: "2", ...page.nth(5), ...form("Deels.", long) });
  const form422 = await wrong.text();
  expect(fieldsIn(form422)).toMatchObject({ page: page.page, turn: "5", version: "3" });
  expect(form422, "not all of it").toContain(`data-arrived="${page.page}:4"`);
});

test("taking the other text keeps mine among the versions, and puts theirs back where mine went over it", async () => {
  const { anna, bram, path, kept } = await twoWriters();
  await bram.post(`${path}/bewaren`, { version: "1", ...form("Van Bram.") });
  const conflict = await anna.post(`${path}/bewaren`, {
    version: "1",
    ...openedPage().next(),
    ...form("Van Anna."),
  });
  expect(conflict.status).toBe(409);
  const page = await conflict.text();
  expect(page).toContain('data-undecided="1"');
  const sent = fieldsIn(page);
  expect(sent.version).toBe("2");
  expect((await anna.post(`${path}/bewaren`, sent)).status).toBe(303);
  expect((await kept()).now).toBe("Van Anna.");

  await anna.post(`${path}/bewaren`, { ...sent, "body.nl": "Van Anna, en terug.", ...theirs });
  const { now, versions } = await kept();
  expect(now).toBe("Van Bram.");
  expect(versions).toEqual(["", "Van Bram.", "Van Anna.", "Van Anna, en terug.", "Van Bram."]);
  expect(await (await anna.get(path)).text()).toContain(`${sent.page}:`);
});

test("where they wrote on meanwhile, taking the other text takes what they have now", async () => {
  const { anna, bram, path, kept } = await twoWriters();
  await bram.post(`${path}/bewaren`, { version: "1", ...form("Van Bram.") });
  const conflict = await anna.post(`${path}/bewaren`, {
    version: "1",
    ...openedPage().next(),
    ...form("Van Anna."),
  });
  const sent = fieldsIn(await conflict.text());
  await bram.post(`${path}/bewaren`, { version: "2", ...form("Van Bram, af.") });
  await anna.post(`${path}/bewaren`, { ...sent, ...theirs });
  const { now, versions } = await kept();
  expect(now).toBe("Van Bram, af.");
  expect(versions).toContain("Van Anna.");
});

test("one text that is too long does not keep the others from being saved", async () => {
  const { app, anna, path, kept } = await twoWriters();
  await anna.post(`${path}/bewaren`, { version: "1", ...form("Eerst.") });
  const long = { "title.nl": "a".repeat(151) };
  const page = openedPage();
  const answer = await autosave(app, anna, path, { version: "2", ...page.next(), ...form("Daarna.", long) });
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({ version: 3, rest: true, errors: [{ name: "title.nl" }] });
  expect((await kept()).now).toBe("Daarna.");
  const alone = await autosave(app, anna, path, { version: "3", ...page.next(), ...form("Daarna.", long) });
  expect(await alone.json()).toMatchObject({ version: 3, rest: false });

  const shown = await anna.post(`${path}/bewaren`, {
    version: "3",
    ...page.next(),
    ...form("Tot slot.", long),
  });
  expect(shown.status).toBe(422);
  const text = await shown.text();
  expect(fieldsIn(text)).toMatchObject({ "title.nl": long["title.nl"], version: "4" });
  expect(text).toContain("Deze tekst is te lang: 151 tekens");
  expect((await kept()).now).toBe("Tot slot.");
  const stored = await app.ctx.db.selectFrom("documents").select("content").executeTakeFirstOrThrow();
  expect(stored.content.title).toEqual({ nl: "Thee", en: "" });
});

test("a long list of versions comes in pages, each with the newest to compare with", async () => {
  const { app, anna, path } = await twoWriters();
  const { id } = await app.ctx.db.selectFrom("documents").select("id").executeTakeFirstOrThrow();
  const row = { document_id: id, what: "saved" as const, content: JSON.stringify(form("x")) };
  const at = { began_at: app.ctx.now(), made_at: app.ctx.now() };
  const rows = Array.from({ length: 119 }, (_, index) => ({ ...row, ...at, number: index + 2 }));
  await app.ctx.db.insertInto("revisions").values(rows).execute();
  const numbers = (page: string) =>
    [...page.matchAll(/id="naar-(\d+)"/g)].map(([, number]) => Number(number));
  const first = await (await anna.get(`${path}/versies`)).text();
  expect([numbers(first).length, numbers(first)[0], numbers(first).at(-1)]).toEqual([50, 120, 71]);
  expect(first).toContain("?voor=71");
  const second = await (await anna.get(`${path}/versies?voor=71`)).text();
  expect(numbers(second).slice(0, 3)).toEqual([120, 70, 69]);
  const last = await (await anna.get(`${path}/versies?voor=21`)).text();
  expect(numbers(last).at(-1)).toBe(1);
  expect(last).not.toContain("Oudere versies");
});
