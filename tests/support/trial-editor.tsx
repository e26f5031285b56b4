import { Hono } from "hono";
import { raw } from "hono/html";
import type { FC } from "hono/jsx";
import { afterAll } from "vitest";
import { features } from "../../src/features.ts";
import { MarkdownField } from "../../src/ui/editor.tsx";
import { TextField } from "../../src/ui/forms.tsx";
import { Head } from "../../src/ui/head.tsx";
import { Markdown } from "../../src/ui/markdown.tsx";
import type { VisitEnv } from "../../src/visit.tsx";

type Fields = Record<string, string>;
type Answer = { status: 200 | 401 | 409 | 422 | 500; body: object };

const coast = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360" width="640" height="360"><path fill="#137c8b" d="M0 0h640v360H0z"/><path fill="#f6efe0" d="M120 250c60-140 190-160 270-130s150 40 130 130-400 70-400 0z"/></svg>`;

const Move: FC<{ direction: string; value: string; at: number }> = ({ direction, value, at }) => (
  <button
    type="submit"
    class="nl-button nl-button--subtle"
    name="move"
    value={value}
    aria-label={`Vraag ${at + 1} ${direction}`}
  >
    {direction}
  </button>
);

/**
 * A page to write on, at /proef, with a server behind it that holds one text: what it has, what it was sent, and what
 * it answers are in the test's hands.
 */
export function mountTrialEditor(start: Partial<Fields> = {}) {
  const server = {
    version: 7,
    fields: { title: "Op weg", body: "", ...start } as Fields,
    /** What the page sent to be saved by itself, oldest first. */
    saves: [] as Fields[],
    /** The forms that were sent. */
    sent: [] as Fields[],
    /** The addresses that were asked after. */
    links: [] as string[],
    uploads: [] as string[],
    /** Answers instead of saving, as long as it is there. */
    instead: null as Answer | null,
    error: null as string | null,
  };
  const routes = new Hono<VisitEnv>();
  routes.get("/proef", (c) => {
    const { t, here } = c.var.visit;
    const { fields, version, error } = server;
    const site = here.frame("nl");
    return c.html(
      <>
        {raw("<!DOCTYPE html>")}
        <html lang="nl" class="archipel-theme">
          <Head
            {...{ language: "nl", t, site }}
            title="Schrijven"
            canonical="http://localhost/proef"
            scripts={["browser/editor.ts"]}
            styles={["browser/desk.css"]}
            noindex
          />
          <body>
            <main class="wrap" id="inhoud">
              <h1>Schrijven</h1>
              <form
                class="form"
                method="post"
                action="/proef"
                novalidate
                data-autosave="/proef/bewaren"
                data-version={version}
                data-draft-key="proef:1"
              >
                <input type="hidden" name="version" value={version} />
                <TextField t={t} name="title" label="Titel" value={fields.title} />
                <MarkdownField
                  t={t}
                  name="body"
                  label="Verhaal"
                  description="Wat maakte je mee?"
                  value={fields.body}
                  error={error ?? undefined}
                  language="nl"
                  upload="/proef/beeld"
                  checkLink="/proef/link"
                />
                <fieldset>
                  <legend>Beeld</legend>
                  {["haven", "kade"].map((picture) => (
                    <label>
                      <input
                        type="radio"
                        name="picture"
                        value={picture}
                        checked={fields.picture === picture}
                      />{" "}
                      {picture}
                    </label>
                  ))}
                </fieldset>
                <label>
                  Soort{" "}
                  <select name="sort">
                    {["verslag", "oproep"].map((sort) => (
                      <option value={sort} selected={fields.sort === sort}>
                        {sort}
                      </option>
                    ))}
                  </select>
                </label>
                <fieldset>
                  <legend>Vragen</legend>
                  <ol data-order="questions">
                    {["a", "b", "c"].map((id, at) => (
                      <li data-order-name={`Vraag ${at + 1}`}>
                        <input type="hidden" name={`questions.${at}.id`} value={id} />
                        {id} {at > 0 && <Move direction="omhoog" value={`up:questions:${at}`} at={at} />}
                        {at < 2 && <Move direction="omlaag" value={`down:questions:${at}`} at={at} />}
                      </li>
                    ))}
                  </ol>
                </fieldset>
                <button type="submit" class="nl-button nl-button--primary">
                  Bewaar
                </button>
              </form>
            </main>
          </body>
        </html>
      </>,
    );
  });
  const fieldsOf = async (request: Request): Promise<Fields> => {
    const fields: Fields = {};
    for (const [name, value] of new URLSearchParams(await request.text()))
      fields[name] = fields[name] === undefined ? value : `${fields[name]},${value}`;
    return fields;
  };
  routes.post("/proef", async (c) => {
    const fields = await fieldsOf(c.req.raw);
    server.sent.push(fields);
    return c.html(
      <html lang="nl">
        <head>
          <title>Gezien</title>
          <link rel="icon" href="/favicon.svg" />
        </head>
        <Markdown text={fields.body ?? ""} />
      </html>,
    );
  });
  routes.post("/proef/bewaren", async (c) => {
    const fields = await fieldsOf(c.req.raw);
    server.saves.push(fields);
    // what is given up for another's text goes among the versions, and the text stays
    if (fields.then === "theirs") return c.json({ version: server.version, savedAt: "2026-11-22T13:03:00Z" });
    if (server.instead) return c.json(server.instead.body, server.instead.status);
    if (fields.version !== String(server.version))
      return c.json(
        {
          kind: "conflict",
          by: "Mo Yilmaz",
          at: "2026-11-22T12:03:00Z",
          changed: [{ field: "body", label: "Verhaal", theirs: server.fields.body }],
          version: server.version,
        },
        409,
      );
    server.version++;
    server.fields = { ...server.fields, ...fields };
    return c.json({ version: server.version, savedAt: "2026-11-22T13:03:00Z", saved: "Bewaard om 14:03" });
  });
  routes.post("/proef/beeld", async (c) => {
    const { file } = await c.req.parseBody();
    if (!(file instanceof File)) return c.json({ error: "Geen bestand." }, 422);
    server.uploads.push(file.name);
    if (!file.type.startsWith("image/") || file.name.endsWith(".svg"))
      return c.json({ error: "Dit is geen foto. Kies een JPEG, PNG of WebP." }, 422);
    return c.json({ src: "/proef/kust.svg", width: 640, height: 360 });
  });
  routes.get("/proef/kust.svg", (c) => c.body(coast, 200, { "content-type": "image/svg+xml" }));
  routes.post("/proef/link", async (c) => {
    const { url } = await c.req.json<{ url: string }>();
    server.links.push(url);
    return url.includes("weg") ? c.json({ ok: false, reason: "er is geen server." }) : c.json({ ok: true });
  });
  features.push(routes);
  afterAll(() => void features.splice(features.indexOf(routes), 1));
  return server;
}
