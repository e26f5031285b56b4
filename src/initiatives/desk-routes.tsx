import { type Action, DeskRoutes, may, type Scope, whereMay } from "../accounts/operations.ts";
import type { DeskPaths } from "../desk-paths.ts";
import { type DocumentKinds, isUuid } from "../writing/operations.ts";
import { listDocuments } from "../writing/queries.ts";
import { IslandAtWorkPage, IslandsAtWorkPage } from "./desk-pages.tsx";
import { getIslandAtWork, islandsPerPage, listIslandsAtWork } from "./desk-queries.ts";

/** A part of an initiative's work that another feature keeps: who may open it, what it is called, and where it is. */
export type IslandPart = {
  action: Action;
  label: string;
  href: (to: DeskPaths, island: { id: string; slug: string }) => string;
};

/** The initiatives in the workplace: which one works on, and everything that belongs to one. */
export function islandsDesk(kinds: DocumentKinds, parts: IslandPart[]): DeskRoutes {
  const ofIsland: Scope = async (c) => {
    const id = c.req.param("id") ?? "";
    return isUuid(id) ? (await getIslandAtWork(c.var.visit.ctx, id))?.id : undefined;
  };
  return new DeskRoutes()
    .get(
      (to) => to.section("islands"),
      "island.edit",
      "anywhere",
      async (c, visit) => {
        const where = whereMay(visit.person.roles, "island.edit");
        const search = (c.req.query("zoek") ?? "").trim().slice(0, 100);
        const after = c.req.query("na") ?? "";
        const rows = await listIslandsAtWork(visit.ctx, {
          ...{ where, search },
          after: isUuid(after) ? after : null,
        });
        const islands = rows.slice(0, islandsPerPage);
        const next = rows.length > islandsPerPage ? (islands.at(-1)?.id ?? null) : null;
        const [only] = islands;
        if (where !== "all" && only && where.length === 1)
          return c.redirect(visit.desk.one("islands", only.id), 303);
        return c.html(<IslandsAtWorkPage visit={visit} {...{ islands, search, next }} />);
      },
    )
    .get(
      (to) => to.one("islands", ":id"),
      "island.edit",
      ofIsland,
      async (c, visit) => {
        const island = await getIslandAtWork(visit.ctx, c.req.param("id") ?? "");
        if (!island) return c.notFound();
        const { roles } = visit.person;
        const documents = await listDocuments(visit.ctx, island.id);
        const own = kinds.list.filter(
          (kind) => kind.section === "islands" && !kind.creatable && may(roles, kind.actions.edit, island.id),
        );
        const open = parts.filter(({ action }) => may(roles, action, island.id));
        return c.html(<IslandAtWorkPage visit={visit} {...{ island, documents, kinds: own, parts: open }} />);
      },
    );
}
