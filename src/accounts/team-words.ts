import { dateInWords } from "../platform/i18n.ts";
import type { DeskVisit } from "./desk-routes.tsx";
import type { TeamOf } from "./policy.ts";

/** Where a team's page is. */
export const teamPath = (visit: DeskVisit, team: TeamOf): string =>
  team === null ? visit.desk.section("team") : visit.desk.part("islands", team, "team");

/** When a role was given, and by whom as far as that is still known. */
export const sinceWords = ({ t, language }: DeskVisit, since: Date, by: string | null): string =>
  by
    ? t("accounts:team.sinceBy", { date: dateInWords(since, language), name: by })
    : t("accounts:roles.since", { date: dateInWords(since, language) });
