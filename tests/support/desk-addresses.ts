import { sql } from "kysely";
import type { DeskRoute } from "../../src/accounts/operations.ts";
import { type DocumentName, desk } from "../../src/desk-paths.ts";
import type { Colleague } from "./desk.ts";
import type { TestApp } from "./test-app.ts";

const to = desk("nl");

const kinds: DocumentName[] = [
  ...(["update", "page", "movement", "island", "portraits", "questions"] as const),
  ...(["supporters", "help", "manifesto", "newsletter", "edition"] as const),
];

/** What a route's parameters stand for: of a filled workplace, as far as it can be on the island Straatwijs. */
export async function deskAddresses(app: TestApp, owner: Colleague) {
  const { db } = app.ctx;
  const one = async (query: { executeTakeFirstOrThrow: () => Promise<{ id: string }> }) =>
    (await query.executeTakeFirstOrThrow()).id;
  const island = await one(db.selectFrom("initiatives").select("id").where("slug", "=", "straatwijs"));
  const newsletter = await one(db.selectFrom("newsletters").select("id").where("initiative_id", "=", island));
  await db.updateTable("imports").set({ initiative_id: island, newsletter_id: newsletter }).execute();
  const begun = await owner.post(to.part("newsletters", newsletter, "new"));
  const editionDocument = begun.headers.get("location")?.split("/").at(-1) ?? "";
  const edition = (
    await db.selectFrom("documents").select("key").where("id", "=", editionDocument).executeTakeFirstOrThrow()
  ).key;
  const ofIsland = async (table: "tips" | "participations" | "media" | "updates"): Promise<string> => {
    const found = sql<{
      id: string;
    }>`select id from ${sql.table(table)} where initiative_id = ${island} limit 1`;
    return (await found.execute(db)).rows[0]?.id ?? "";
  };
  const image = await ofIsland("media");
  const update = await ofIsland("updates");
  const sections: Record<string, string> = {
    [to.section("islands")]: island,
    [to.section("figures")]: island,
    [to.section("tips")]: await ofIsland("tips"),
    [to.section("offers")]: await ofIsland("participations"),
    [to.section("motivations")]: await one(db.selectFrom("signatures").select("id")),
    [to.section("signatures")]: await one(db.selectFrom("signatures").select("id")),
    [to.section("proposals")]: await one(db.selectFrom("proposals").select("id")),
    [to.section("subscribers")]: await one(
      db.selectFrom("subscriptions").select("id").where("newsletter_id", "=", newsletter),
    ),
    [to.section("people")]: owner.personId,
    [to.section("imports")]: await one(db.selectFrom("imports").select("id").where("columns", "is", null)),
    [to.section("newsletters")]: newsletter,
    [to.section("editions")]: edition,
  };
  const texts = await (await owner.get(to.section("texts"))).text();
  const keyOf = (kind: DocumentName): string => {
    const base = to.documentOf(kind, "");
    const listed = new RegExp(`href="${base}([^"]+)"`).exec(texts)?.[1];
    return listed ?? { update, newsletter, edition }[kind as string] ?? island;
  };
  const documents = new Map<string, { key: string; id: string }>();
  for (const kind of kinds) {
    const key = keyOf(kind);
    const opened = await owner.get(to.documentOf(kind, key));
    const id = opened.headers.get("location")?.split("/").at(-1) ?? "";
    documents.set(to.document(kind, ""), { key, id });
  }
  const draft = await owner.post(to.newDocument("update", island));
  documents.set(to.document("update", ""), {
    key: update,
    id: draft.headers.get("location")?.split("/").at(-1) ?? "",
  });

  /** A route's address with the ids of what is there; null where a parameter is unknown. */
  return ({ path }: Pick<DeskRoute, "path">): string | null => {
    if (!path.includes("/:")) return path;
    for (const [base, { key, id }] of documents)
      if (path.startsWith(base))
        return path.replace(/:id\b/, id).replace(":key", key).replace(":initiative", island);
    if (path.startsWith(`${to.section("images")}/`))
      return path.replace(":id", /:id(\/uploaden)?$/.test(path) ? island : image);
    const base = Object.keys(sections).find((section) => path.startsWith(`${section}/:`));
    return base ? path.replace(":id", sections[base] ?? "") : null;
  };
}
