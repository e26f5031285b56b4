import { z } from "zod";
import { DeskRoutes, whereMay } from "../accounts/operations.ts";
import type { Ctx } from "../platform/context.ts";
import type { VisitContext } from "../visit.tsx";
import { FiguresPage } from "./pages.tsx";
import {
  type About,
  countActs,
  countOffers,
  countSignatures,
  countSubscribers,
  countUpdates,
  listInitiativeFigures,
} from "./queries.ts";

const initiativeOf = async (c: VisitContext) => {
  const id = z.uuid().safeParse(c.req.param("id"));
  const found = id.success && (await getName(c.var.visit.ctx, id.data));
  return found ? found.id : undefined;
};

const getName = (ctx: Ctx, id: string) =>
  ctx.db.selectFrom("initiatives").select(["id", "name"]).where("id", "=", id).executeTakeFirst();

/** Figures without spying: of the movement, or of one initiative. */
export const figuresDesk = new DeskRoutes()
  .get(
    (to) => to.section("figures"),
    "figures.see",
    "anywhere",
    async (c, visit) => {
      const { ctx, person, desk } = visit;
      const places = whereMay(person.roles, "figures.see");
      const [only] = places;
      if (places !== "all" && places.length === 1 && only) return c.redirect(desk.one("figures", only), 303);
      if (places !== "all") {
        const initiatives = await listInitiativeFigures(ctx, places);
        const first = initiatives[0];
        const about = { initiativeId: first?.id ?? null };
        const figures = { ...(await shared(ctx, about)), signatures: null, acts: null };
        return c.html(
          <FiguresPage visit={visit} figures={{ ...figures, name: first?.name ?? null, initiatives }} />,
        );
      }
      const [rest, signatures, acts, initiatives] = await Promise.all([
        shared(ctx, { initiativeId: null }),
        countSignatures(ctx),
        countActs(ctx),
        listInitiativeFigures(ctx, places),
      ]);
      return c.html(
        <FiguresPage visit={visit} figures={{ ...rest, name: null, signatures, acts, initiatives }} />,
      );
    },
  )
  .get(
    (to) => to.one("figures", ":id"),
    "figures.see",
    initiativeOf,
    async (c, visit) => {
      const { ctx, initiativeId } = visit;
      const [figures, initiative] = await Promise.all([
        shared(ctx, { initiativeId }),
        getName(ctx, initiativeId ?? ""),
      ]);
      if (!initiative) return c.notFound();
      const of = { name: initiative.name, signatures: null, acts: null, initiatives: [] };
      return c.html(<FiguresPage visit={visit} figures={{ ...figures, ...of }} />);
    },
  );

/** What the movement and an initiative both have. */
async function shared(ctx: Ctx, about: About) {
  const [subscribers, updates, offers] = await Promise.all([
    countSubscribers(ctx, about),
    countUpdates(ctx, about),
    countOffers(ctx, about),
  ]);
  return { subscribers, updates, offers };
}
