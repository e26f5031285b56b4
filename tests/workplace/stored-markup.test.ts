import { beforeAll, expect, test } from "vitest";
import { type DocumentName, desk } from "../../src/desk-paths.ts";
import { paths } from "../../src/paths.ts";
import { type Colleague, signIn } from "../support/desk.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";
import { fieldsIn } from "../support/writing.ts";

const to = desk("nl");
const cxo = "op-pad-met-de-cxo";

const markup = `"><script>alert(1)</script><img src=x onerror=alert(1)>'"<svg/onload=alert(1)>`;
const markdown = [
  markup,
  "[link](javascript:alert(1)) [data](data:text/html,<script>alert(1)</script>) <javascript:alert(1)>",
  '![beeld](javascript:alert(1)) ![x" onerror="alert(1)](/media/x.jpg "t\\" onload=alert(1)")',
  '[Video: <script>alert(1)</script>](https://youtube.com/watch?v="><script>alert(1)</script>)',
].join("\n\n");

/** What is wrong in a page: a script, a handler or a scheme that runs, made of what somebody typed. */
function faultsIn(html: string): string[] {
  const data = /<script type="application\/ld\+json">.*?<\/script>/gs;
  const own = /<script type="module" src="\/assets\/[^"]*"/g;
  // Without what stands in quotes: that is a value, whatever it says.
  const bare = html
    .replace(data, "")
    .replace(own, "")
    .replace(/="[^"]*"/g, '=""');
  return [
    ...bare.matchAll(/<script[^>]*>/gi),
    ...bare.matchAll(/<[a-z][^<>]*[\s/"']on[a-z]+\s*=[^<>]*>/gi),
    ...html.matchAll(/\s(?:href|src|action)="?\s*(?:javascript|data:text)[^>]*>/gi),
  ].map(([found]) => found.slice(0, 150));
}

/** Everything typed becomes markup, except what has a shape of its own. */
function withMarkup(fields: Record<string, string>): Record<string, string> {
  const shaped =
    /^(version|slug|digest|partOf)$|(^|\.)kind$|email|url|\.path$|decorative|island$|update$|until|themes|colour|languages/i;
  const entries = Object.entries(fields).map(([name, value]) => {
    if (shaped.test(name)) return [name, value];
    // A verb is short, and each is there once.
    if (/\.verb\./.test(name)) return [name, `"><img src=${name.replace(/\D/g, "")} onerror=a>`];
    if (/^(supporters|help|observations|principles)\./.test(name)) return [name, markup];
    if (/(story|body|answer|text|mission|intro|closing|contactText)/i.test(name)) return [name, markdown];
    return [name, markup];
  });
  return Object.fromEntries(entries);
}

let app: TestApp;
let owner: Colleague;
beforeAll(async () => {
  app = await startTestApp();
  owner = await signIn(app, "owner");
  return app.stop;
}, 60_000);

async function keyOf(kind: DocumentName): Promise<string> {
  const { db } = app.ctx;
  const island = await db
    .selectFrom("initiatives")
    .select("id")
    .where("slug", "=", cxo)
    .executeTakeFirstOrThrow();
  if (kind === "movement" || kind === "manifesto") return kind;
  if (kind === "page") return "about";
  if (kind === "update")
    return (
      await db
        .selectFrom("updates")
        .select("id")
        .where("initiative_id", "=", island.id)
        .executeTakeFirstOrThrow()
    ).id;
  if (kind === "newsletter")
    return (
      await db
        .selectFrom("newsletters")
        .select("id")
        .where("initiative_id", "=", island.id)
        .executeTakeFirstOrThrow()
    ).id;
  return island.id;
}

test("the faults that are looked for are seen", () => {
  expect(faultsIn(`<p>${markup}</p>`).length).toBeGreaterThanOrEqual(3);
  expect(faultsIn('<a href="javascript:alert(1)">x</a>')).toHaveLength(1);
  expect(faultsIn("<p>&lt;script&gt;alert(1)</p>")).toEqual([]);
});

test.each([
  ...(["update", "island", "portraits", "questions", "supporters", "help", "newsletter"] as const),
  ...(["page", "movement", "manifesto"] as const),
])("markup in every field of %s stays text, in the workplace and for visitors", async (kind) => {
  const opened = await owner.get(to.documentOf(kind, await keyOf(kind)));
  const path = opened.headers.get("location") ?? "";
  const id = path.split("/").at(-1) ?? "";
  const fields = withMarkup(fieldsIn(await (await owner.get(path)).text()));
  expect(Object.values(fields).some((value) => value.includes("<script>"))).toBe(true);
  const sent = await owner.post(to.documentPart(kind, id, "publish"), fields);
  expect([sent.status, sent.status === 303 ? "" : await sent.text()]).toEqual([303, ""]);
  const found: string[] = [];
  for (const language of ["nl", "en"] as const) {
    const public_ = paths(language);
    const island = public_.island(cxo);
    const pages = [
      ...[public_.home, public_.initiatives, public_.manifesto, public_.about, public_.updates, public_.join],
      ...[
        public_.contact,
        public_.newsletter,
        island.home,
        island.updates,
        island.newsletter,
        island.contact,
      ],
      island.update("creative-bureaucracy-festival"),
    ];
    for (const page of pages)
      for (const fault of faultsIn(await (await app.get(page)).text())) found.push(`${page}: ${fault}`);
  }
  for (const page of [path, to.documentPart(kind, id, "versions"), to.home])
    for (const fault of faultsIn(await (await owner.get(page)).text())) found.push(`${page}: ${fault}`);
  expect(found).toEqual([]);
});

test("feeds carry what was typed as text too", async () => {
  for (const path of [paths("nl").updatesAtom, paths("nl").island(cxo).updatesAtom]) {
    const feed = await (await app.get(path)).text();
    expect(feed).not.toMatch(/<script|<img src=x/);
  }
});
