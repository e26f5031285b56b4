import { paths } from "../paths.ts";
import type { Language } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import { Form, SubmitButton, TextArea } from "../ui/forms.tsx";
import { type Visit, VisitPage } from "../visit.tsx";
import type { Offer } from "./queries.ts";

type AnswerPageProps = {
  visit: Visit;
  token: string;
  answer: "accepted" | "declined";
  offer: Offer | undefined;
  expired: boolean;
};

type State = "open" | "accepted" | "declined" | "withdrawn" | "expired" | "not-found";

function stateOf({ offer, expired }: Pick<AnswerPageProps, "offer" | "expired">): State {
  if (!offer) return "not-found";
  if (offer.withdrawn_at) return "withdrawn";
  if (offer.answer) return offer.answer;
  return expired ? "expired" : "open";
}

/** The team's page behind a link in its mail: asks for a button, because programs follow links too. */
export function AnswerPage({ visit, token, answer, offer, expired }: AnswerPageProps) {
  const { t, language } = visit;
  const at = (language: Language) =>
    answer === "accepted" ? paths(language).acceptOffer(token) : paths(language).declineOffer(token);
  const state = stateOf({ offer, expired });
  const initiative = offer ? pick(offer.initiative, language).text : "";
  const key = state === "open" ? `open-${answer}` : state;
  const title = t(`participation:answer.${key}.title`, { name: offer?.name, initiative });
  return (
    <VisitPage visit={visit} at={at} title={title} noindex>
      <div class="page-title">
        <h1>{title}</h1>
      </div>
      <div class="section section--tight">
        <div class="prose">
          <p>{t(`participation:answer.${key}.text`, { name: offer?.name, initiative })}</p>
          {offer && state === "open" && (
            <>
              <OfferText visit={visit} offer={offer} />
              <Form action={at(language)}>
                <TextArea
                  t={t}
                  idPrefix="answer"
                  name="reason"
                  optional
                  rows={4}
                  maxlength={2000}
                  label={t(`participation:answer.${key}.reason`)}
                  description={t("participation:answer.reasonWhy", { name: offer.name })}
                />
                <SubmitButton>{t(`participation:answer.${key}.button`)}</SubmitButton>
              </Form>
            </>
          )}
          {offer && state === "accepted" && !expired && (
            <p>
              <a href={`mailto:${offer.email}`}>{t("participation:answer.write", { name: offer.name })}</a>
            </p>
          )}
        </div>
      </div>
    </VisitPage>
  );
}

function OfferText({ visit, offer }: { visit: Visit; offer: Offer }) {
  const { t } = visit;
  return (
    <>
      <blockquote class="visitor-text">{offer.offer}</blockquote>
      {offer.why && <p>{t("participation:mail.why", { why: offer.why })}</p>}
      {offer.available && <p>{t("participation:mail.available", { available: offer.available })}</p>}
    </>
  );
}
