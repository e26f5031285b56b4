import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { median, stopwatch } from "../support/busy.ts";
import { alike, type FormTrial, formTrials, postRoutes } from "../support/form-trials.ts";
import { hostilePieces, repeated } from "../support/hostile.ts";
import { filledIn } from "../support/html-forms.ts";

/** Milliseconds that no form may take, whatever stands in it, and bytes of what stands there. */
const most = 100;
const bytes = 60_000;

/** Those of the hostile pieces that are told apart before Markdown is read; src/ui/markdown.test.ts has them all. */
const shapes = [
  ...["letters", "digits", "only spaces", "line breaks", "labels of a host name", "dots", "dashes"],
  ...["addresses without a scheme", "addresses with a scheme", "at signs", "whole addresses of mail"],
  ...["marks out of order", "joiners", "emoji", "halves of a character", "expanding ligatures"],
  ...["opening images", "mixed emphasis", "opening tags"],
];

/** Routes that no form of a page in this test leads to. */
const untried: [RegExp, why: string][] = [
  [/\/(terugzetten|inplannen|niet-inplannen)$/, "the same for every kind of text, and tried with an update"],
  [/^\/beheer\/(edities|invoer)\/:id\/[a-z-]+$/, "a button alone, in a state that lasts for moments"],
  [/\/(sessie-beeindigen|andere-sessies-beeindigen|passkey-verwijderen)$/, "a button alone"],
  [/\/(opnieuw|afgehandeld|terugtrekken|vrijgeven)$/, "a button alone"],
  [/^\/doe-mee\/aannemen\/:token$/, "a button alone"],
  [/\/passkey-opties$/, "browser code asks without a word"],
];

let trials: FormTrial[];
beforeAll(async () => {
  trials = await formTrials();
}, 120_000);

test("every form of the program is tried, or it is said why not", () => {
  const tried = new Set(trials.map(({ route }) => route));
  const left = postRoutes.filter((route) => !tried.has(route));
  expect(left.filter((route) => !untried.some(([routes]) => routes.test(route)))).toEqual([]);
  expect(untried.filter(([routes]) => !left.some((route) => routes.test(route)))).toEqual([]);
  expect(trials.length).toBeGreaterThan(80);
});

let sent = 0;
/** Each from a network of its own, since it is not the limits that are tried. */
const network = () => `10.${(++sent >> 16) & 255}.${(sent >> 8) & 255}.${sent & 255}`;

/** Sends the form as multipart, in which a text is as long as it is. */
async function send({ app, headers, form }: FormTrial, fields: Record<string, string>): Promise<number> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value) body.set(name, value);
  for (const { name, type } of form.fields)
    if (type === "file") body.set(name, new File(["Email,Naam\njan@example.org,Jan\n"], "lijst.csv"));
  const init = { method: "POST", body, headers: { ...headers, "x-forwarded-for": network() } };
  const answer = await app.request(form.action, init);
  await answer.text();
  return answer.status;
}

/** The version that a text has by now, so that it is saved; every eighth time that of its first one, so that two collide. */
async function versionNow({ app, form, route }: FormTrial): Promise<Record<string, string>> {
  if (!route.startsWith("/beheer/teksten/") || sent % 8 === 0) return {};
  const { rows } = await sql<{ version: number }>`
    select version from documents where ${form.action} like '%/' || id || '/%'`.execute(app.ctx.db);
  return rows[0] ? { version: String(rows[0].version) } : {};
}

const isText = (type: string) => ["text", "email", "url", "search", "textarea"].includes(type);

const tried = new Set<string>();

/**
 * What is read and cleaned by the same lines as another: the same field of another button or page, the English of a text,
 * and the other ways to send what is saved.
 */
function isAlsoTried(route: string, name: string): boolean {
  const field = `${route} ${alike(name)}`;
  const before = tried.has(field);
  tried.add(field);
  return (
    before || (route.startsWith("/beheer/teksten/") && (name.endsWith(".en") || !route.endsWith("/bewaren")))
  );
}

let turn = 0;

/** So many shapes, others each time. */
const some = (count: number): string[] =>
  Array.from({ length: count }, () => shapes[turn++ % shapes.length] ?? "");

/** One of each kind of field; of what is chosen instead of typed one shape is enough. */
function* hostileForms({ form, route }: FormTrial): Generator<{ field: string; shape: string }> {
  const seen = new Set<string>();
  for (const { name, type } of form.fields) {
    if (type === "file" || seen.has(alike(name))) continue;
    seen.add(alike(name));
    const all = isText(type) ? shapes : some(1);
    for (const shape of isAlsoTried(route, name) ? some(Math.min(2, all.length)) : all)
      yield { field: name, shape };
  }
}

const measure = stopwatch();

test("no form keeps the program busy, whatever is typed in it", async ({ annotate }) => {
  const slow: string[] = [];
  const broken: string[] = [];
  let slowest = { ms: 0, what: "" };
  for (const trial of trials) {
    for (const { field, shape } of hostileForms(trial)) {
      const what = `${trial.route}: ${shape} in ${field}`;
      const typed = { [field]: repeated(hostilePieces[shape]!, bytes) };
      const fields = { ...filledIn(trial.form.fields), ...(await versionNow(trial)), ...typed };
      const once = () =>
        measure(trial.app, async () => {
          if ((await send(trial, fields)) === 500) broken.push(what);
        });
      const first = await once();
      // What else goes on only adds: one reading within the limit tells, above it the median of three does.
      const ms = first > most ? median([first, await once(), await once()]) : first;
      if (ms > slowest.ms) slowest = { ms, what };
      if (ms > most) slow.push(`${Math.round(ms)} ms, ${what}`);
      if (slow.length > 20) throw new Error(slow.join("\n"));
    }
  }
  await annotate(`${sent} forms, the slowest: ${Math.round(slowest.ms)} ms (${slowest.what})`);
  expect(broken).toEqual([]);
  expect(slow).toEqual([]);
}, 300_000);
