import type { DeskVisit } from "../accounts/operations.ts";
import { formatNumber, momentInWords } from "../platform/i18n.ts";
import type { Hold } from "../suppressions/queries.ts";
import { SubmitButton } from "../ui/buttons.tsx";

/** Providers that get nothing for now, each with why, what happens by itself, and the way to release it. */
export function HoldsSection({ visit, holds }: { visit: DeskVisit; holds: Hold[] }) {
  const { t, language, desk } = visit;
  const number = (count: number) => formatNumber(count, language);
  return (
    <>
      {holds.map(({ id, provider, hard, answered, next_at, sample }) => (
        <section class="desk-section" aria-labelledby={`held-${id}`}>
          <h2 id={`held-${id}`}>{t("suppressions:held.title", { provider })}</h2>
          <p class="notice">
            {t("suppressions:held.text", { provider, hard: number(hard), answered: number(answered) })}
          </p>
          <p class="prose">
            {sample
              ? t("suppressions:held.tries")
              : t("suppressions:held.waits", { date: momentInWords(next_at, language) })}
          </p>
          <p class="prose">{t("suppressions:held.ask", { provider })}</p>
          <form method="post" action={desk.part("suppressions", id, "open")}>
            <SubmitButton look="secondary">{t("suppressions:held.button", { provider })}</SubmitButton>
          </form>
        </section>
      ))}
    </>
  );
}
