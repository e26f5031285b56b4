import type { DeskVisit } from "../accounts/operations.ts";
import { momentInWords } from "../platform/i18n.ts";
import { NotDelivered } from "../ui/not-sent.tsx";
import type { TipAtWork } from "./desk-queries.ts";

/** What was answered and noted, oldest first; and of an answer whether it left. */
export function Thread({ visit, tip }: { visit: DeskVisit; tip: TipAtWork }) {
  const { t, language, desk } = visit;
  if (tip.thread.length === 0) return null;
  return (
    <section class="desk-section" aria-labelledby="thread-heading">
      <h2 id="thread-heading">{t("work:thread.heading")}</h2>
      <ol class="desk-thread">
        {tip.thread.map(({ id, kind, text, by, made_at, mailed_at, failed_at }) => (
          <li class={`desk-thread__${kind}`}>
            <p class="meta">
              {t(`work:thread.${kind}`, {
                name: by ?? t("work:somebody"),
                moment: momentInWords(made_at, language),
              })}
              {kind === "answer" && !mailed_at && !failed_at && ` ${t("work:thread.leaving")}`}
            </p>
            <p class="visitor-text" dir="auto">
              {text}
            </p>
            {failed_at && (
              <NotDelivered
                text={t("work:failed.text", { email: tip.email })}
                steps={[
                  {
                    label: t("work:failed.resend"),
                    action: desk.part("tips", tip.id, "resend"),
                    ...{ name: "message", value: id },
                  },
                ]}
              />
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
