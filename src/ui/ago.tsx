import type { FC } from "hono/jsx";
import { dateInWords, type Language, type Translate } from "../platform/i18n.ts";

type AgoProps = { at: Date; visit: { t: Translate; language: Language; ctx: { now: () => Date } } };

const day = 86_400_000;

/** How long ago something was, in whole days of 24 hours; the date itself for who reads the markup. */
export const Ago: FC<AgoProps> = ({ at, visit }) => {
  const days = Math.max(0, Math.floor((visit.ctx.now().getTime() - at.getTime()) / day));
  return (
    <time datetime={at.toISOString()} title={dateInWords(at, visit.language)}>
      {days === 0 ? visit.t("ui:today") : visit.t("ui:daysAgo", { count: days })}
    </time>
  );
};
