import type { VisitContext } from "../visit.tsx";
import { DeskPage } from "./desk-page.tsx";
import type { DeskVisit } from "./desk-routes.tsx";

/** Somebody must own the movement: the last owner makes another one first. */
export function lastOwnerPage(c: VisitContext, visit: DeskVisit): Response | Promise<Response> {
  const { t, desk } = visit;
  return c.html(
    <DeskPage visit={visit} title={t("accounts:lastOwner.title")} section="team">
      <p>{t("accounts:lastOwner.text")}</p>
      <p>
        <a href={desk.section("team")}>{t("accounts:lastOwner.team")}</a>
      </p>
    </DeskPage>,
    409,
  );
}
