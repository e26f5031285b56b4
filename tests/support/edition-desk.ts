import { expect } from "vitest";
import { desk } from "../../src/desk-paths.ts";
import type { EditionContent } from "../../src/editions/table.ts";
import type { Colleague } from "./desk.ts";
import type { TestApp } from "./test-app.ts";

const to = desk("nl");

const written: EditionContent = {
  subject: { nl: "Wat we leerden in de haven", en: "" },
  preheader: { nl: "Drie plekken", en: "" },
  intro: { nl: "Dag, kijk op [de site](/manifest) of in [de haven](/bestaat-niet).", en: "" },
  blocks: [],
  closing: { nl: "", en: "" },
};

/** Begins an edition by its button and writes in it; answers with its id. */
export async function write(
  app: TestApp,
  by: Colleague,
  { newsletterId, content = {} }: { newsletterId: string; content?: Partial<EditionContent> },
): Promise<string> {
  const begun = await by.post(to.part("newsletters", newsletterId, "new"));
  expect(begun.status).toBe(303);
  const { id } = await app.ctx.db
    .selectFrom("editions")
    .select("id")
    .where("newsletter_id", "=", newsletterId)
    .orderBy("created_at", "desc")
    .orderBy("id")
    .executeTakeFirstOrThrow();
  await say(app, id, content);
  return id;
}

/** Another text, as if somebody saved it. */
export const say = (app: TestApp, id: string, content: Partial<EditionContent>) =>
  app.ctx.db
    .updateTable("documents")
    .set(({ eb }) => ({
      content: JSON.stringify({ ...written, ...content }),
      version: eb("version", "+", 1),
    }))
    .where("key", "=", id)
    .execute();

export const read = async (by: Colleague, path: string) => {
  const response = await by.get(path);
  expect(response.status).toBe(200);
  return response.text();
};
export const pageOf = (by: Colleague, id: string) => read(by, to.one("editions", id));
/** What the form to send says that was seen. */
export const seenIn = (page: string) => /name="seen" value="([^"]+)"/.exec(page)?.[1] ?? "";
export const sendNow = async (by: Colleague, id: string) =>
  by.post(to.part("editions", id, "send"), { seen: seenIn(await pageOf(by, id)) });

export const documentOf = (app: TestApp, id: string) =>
  app.ctx.db
    .selectFrom("documents")
    .select("id as documentId")
    .where("kind", "=", "edition")
    .where("key", "=", id)
    .executeTakeFirstOrThrow();

/** What was done to editions, by the log of who did what. */
export async function noted(app: TestApp): Promise<string[]> {
  const rows = await app.ctx.db.selectFrom("audit").select("action").orderBy("id").execute();
  return rows.map(({ action }) => action).filter((action) => action.startsWith("editions."));
}
