import { randomUUID } from "node:crypto";
import { desk } from "../../src/desk-paths.ts";
import { type Colleague, signIn } from "./desk.ts";
import { startTestApp, type TestApp } from "./test-app.ts";

/** What the form of an update sends. */
export const form = (text: string, more: Record<string, string> = {}) => ({
  "title.nl": "Thee",
  "summary.nl": "Samen.",
  "body.nl": text,
  ...more,
});

/** An update that Anna began on the island "theehuis", where Bram writes along. */
export async function twoWriters(options: { now?: Date } = {}) {
  const app = await startTestApp(options);
  const island = await app.given.initiative({ slug: "theehuis" });
  const anna = await signIn(app, "lead", { initiativeId: island.id, name: "Anna" });
  const bram = await signIn(app, "island-editor", { initiativeId: island.id, name: "Bram" });
  const path = (await anna.post(desk("nl").newDocument("update", island.id))).headers.get("location")!;
  const revisions = async () =>
    (
      await app.ctx.db
        .selectFrom("revisions as r")
        .leftJoin("people as p", "p.id", "r.made_by")
        .select(["number", "what", "p.name"])
        .orderBy("number")
        .execute()
    ).map(({ what, name }) => [what, name]);
  /** The text of each revision, oldest first, and of the working copy. */
  const kept = async () => {
    const bodyOf = (content: Record<string, unknown>) => (content.body as { nl: string }).nl;
    const rows = await app.ctx.db.selectFrom("revisions").select("content").orderBy("number").execute();
    const now = await app.ctx.db.selectFrom("documents").select("content").executeTakeFirstOrThrow();
    return { versions: rows.map(({ content }) => bodyOf(content)), now: bodyOf(now.content) };
  };
  return { app, island, anna, bram, path, revisions, kept };
}

export const autosave = (app: TestApp, who: Colleague, path: string, fields: Record<string, string>) =>
  app.post(`${path}/vanzelf-bewaren`, fields, { headers: { ...who.headers, accept: "application/json" } });

/** A page that somebody opened: what its forms say of themselves, each time they are sent. */
export function openedPage() {
  const page = randomUUID();
  let turn = 0;
  return {
    page,
    next: () => ({ page, turn: String(++turn) }),
    nth: (n: number) => ({ page, turn: String(n) }),
  };
}
