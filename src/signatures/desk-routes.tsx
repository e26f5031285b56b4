import { z } from "zod";
import { DeskPage } from "../accounts/components.tsx";
import { DeskRoutes, type DeskVisit } from "../accounts/operations.ts";
import { noteAudit } from "../audit/operations.ts";
import { inTransaction } from "../platform/context.ts";
import { type Place, placeText, readPlace } from "../platform/keyset.ts";
import { Ago } from "../ui/ago.tsx";
import type { VisitContext } from "../visit.tsx";
import { moderate } from "./moderation.ts";
import { listWaitingMotivations, type WaitingMotivation } from "./queries.ts";

/** Motivations that wait for a moderator, decided from the workplace. */
export const signaturesDesk = new DeskRoutes()
  .get(
    (to) => to.section("motivations"),
    "motivations.decide",
    "movement",
    async (c, visit) => {
      const list = await listWaitingMotivations(visit.ctx, readPlace(c.req.query("after")));
      const just = (["shown", "refused"] as const).find((one) => one === c.req.query("done"));
      return c.html(<MotivationsPage {...{ visit, just, ...list }} />);
    },
  )
  .post(
    (to) => to.part("motivations", ":id", "show"),
    "motivations.decide",
    "movement",
    (c, visit) => decide(c, visit, "shown"),
  )
  .post(
    (to) => to.part("motivations", ":id", "refuse"),
    "motivations.decide",
    "movement",
    (c, visit) => decide(c, visit, "refused"),
  );

async function decide(c: VisitContext, visit: DeskVisit, as: "shown" | "refused") {
  const id = c.req.param("id") ?? "";
  if (!z.uuid().safeParse(id).success) return c.notFound();
  const result = await inTransaction(visit.ctx, async (ctx) => {
    const result = await moderate(ctx, id, as);
    if (result.kind === "decided")
      await noteAudit(ctx, {
        ...{ personId: visit.person.id, action: `motivations.${as}`, details: { signature: id } },
      });
    return result;
  });
  if (result.kind === "not-found") return c.notFound();
  return c.redirect(`${visit.desk.section("motivations")}?done=${result.as}`, 303);
}

type PageProps = {
  visit: DeskVisit;
  rows: WaitingMotivation[];
  next: Place | null;
  just: "shown" | "refused" | undefined;
};

/** Those that wait, oldest first, each with its two answers. */
function MotivationsPage({ visit, rows, next, just }: PageProps) {
  const { t, desk } = visit;
  return (
    <DeskPage
      visit={visit}
      section="motivations"
      title={t("work:motivations.title")}
      lead={t("work:motivations.lead")}
      announce={just && t(`work:motivations.just.${just}`)}
    >
      {rows.length === 0 && <p>{t("work:motivations.none")}</p>}
      <ul class="desk-cards">
        {rows.map(({ id, name, motivation, at }) => (
          <li>
            <h2 class="desk-cards__title" id={`motivation-${id}`}>
              {name}
            </h2>
            <p class="meta">
              <Ago at={at} visit={visit} />
            </p>
            <blockquote class="visitor-text" dir="auto">
              {motivation}
            </blockquote>
            <form method="post" class="desk-bar" aria-labelledby={`motivation-${id}`}>
              <button
                type="submit"
                class="nl-button nl-button--primary"
                formaction={desk.part("motivations", id, "show")}
              >
                {t("work:motivations.show")}
              </button>
              <button
                type="submit"
                class="nl-button nl-button--secondary"
                formaction={desk.part("motivations", id, "refuse")}
              >
                {t("work:motivations.refuse")}
              </button>
            </form>
          </li>
        ))}
      </ul>
      {next && (
        <p>
          <a href={`${desk.section("motivations")}?after=${placeText(next)}`}>{t("work:more")}</a>
        </p>
      )}
    </DeskPage>
  );
}
