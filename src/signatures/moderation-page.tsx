import { paths } from "../paths.ts";
import { SubmitButton } from "../ui/buttons.tsx";
import { type Visit, VisitPage } from "../visit.tsx";
import { shownOf } from "./policy.ts";
import type { Signature } from "./queries.ts";

type ModerationPageProps = { visit: Visit; token: string; signature: Signature | undefined };

/** Asks a moderator whether a motivation may be shown, or says what was answered. */
export function ModerationPage({ visit, token, signature }: ModerationPageProps) {
  const { t, language } = visit;
  const state = signature?.motivation_state ?? "gone";
  const title = t(`signing:moderation.${state}`);
  return (
    <VisitPage
      visit={visit}
      at={(language) => paths(language).moderateMotivation(token)}
      title={title}
      noindex
    >
      <div class="page-title">
        <h1>{title}</h1>
      </div>
      <div class="section section--tight">
        <div class="prose">
          {state === "gone" && <p>{t("signing:moderation.goneText")}</p>}
          {signature && state !== "gone" && <Motivation signature={signature} />}
          {state === "waiting" && (
            <form class="form" method="post" action={paths(language).moderateMotivation(token)}>
              <p>{t("signing:moderation.once")}</p>
              <div class="actions">
                <SubmitButton name="answer" value="show">
                  {t("signing:moderation.show")}
                </SubmitButton>
                <SubmitButton name="answer" value="refuse" look="secondary">
                  {t("signing:moderation.refuse")}
                </SubmitButton>
              </div>
            </form>
          )}
          {(state === "shown" || state === "refused") && <p>{t("signing:moderation.answered")}</p>}
        </div>
      </div>
    </VisitPage>
  );
}

const Motivation = ({ signature }: { signature: Signature }) => {
  const { name, role, organisation, place } = shownOf(signature);
  return (
    <figure class="quotation">
      <blockquote dir="auto">{signature.motivation}</blockquote>
      <figcaption class="meta">{[name, role, organisation, place].filter(Boolean).join(", ")}</figcaption>
    </figure>
  );
};
