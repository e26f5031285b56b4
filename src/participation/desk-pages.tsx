import { DeskPage } from "../accounts/components.tsx";
import type { DeskVisit } from "../accounts/operations.ts";
import { momentInWords } from "../platform/i18n.ts";
import { type Place, placeText } from "../platform/keyset.ts";
import { pick } from "../platform/localized.ts";
import { Ago } from "../ui/ago.tsx";
import { ErrorSummary, SubmitButton, TextArea } from "../ui/forms.tsx";
import { NotDelivered, NotSent } from "../ui/not-sent.tsx";
import type { OpenOffer } from "./desk-queries.ts";
import type { Offer } from "./queries.ts";

type OffersPageProps = { visit: DeskVisit; rows: OpenOffer[]; next: Place | null };

/** The offers that wait for an answer, oldest first. */
export function OffersPage({ visit, rows, next }: OffersPageProps) {
  const { t, language, desk } = visit;
  return (
    <DeskPage visit={visit} section="offers" title={t("work:offers.title")} lead={t("work:offers.lead")}>
      {rows.length === 0 && <p>{t("work:offers.none")}</p>}
      <ul class="desk-cards">
        {rows.map((offer) => (
          <li>
            <h2 class="desk-cards__title">
              <a href={desk.one("offers", offer.id)}>{t("work:offers.of", { name: offer.name })}</a>
            </h2>
            <p class="meta">
              {pick(offer.initiative, language).text}, <Ago at={offer.at} visit={visit} />
            </p>
            <p dir="auto">{offer.beginning}</p>
            {offer.failedAt && <p class="meta">{t("work:tips.failed")}</p>}
          </li>
        ))}
      </ul>
      {next && (
        <p>
          <a href={`${desk.section("offers")}?after=${placeText(next)}`}>{t("work:more")}</a>
        </p>
      )}
    </DeskPage>
  );
}

export type OfferPageProps = {
  visit: DeskVisit;
  offer: Offer;
  error: string | undefined;
  /** What was typed and not taken. */
  typed: string | undefined;
  just: "answered" | "already-answered" | "withdrawn" | "resent" | undefined;
};

/** One offer, with the two answers that it can have. */
export function OfferPage({ visit, offer, error, typed, just }: OfferPageProps) {
  const { t, language, desk } = visit;
  const title = t("work:offers.of", { name: offer.name });
  const open = !offer.answer && !offer.withdrawn_at;
  const state = offer.withdrawn_at ? "withdrawn" : offer.answer;
  const message = error && t(error);
  return (
    <DeskPage
      visit={visit}
      section="offers"
      title={title}
      at={(to) => to.one("offers", offer.id)}
      errorCount={error ? 1 : 0}
      announce={just && t(`work:offer.just.${just}`)}
      breadcrumbs={[{ href: desk.section("offers"), label: t("work:offers.title") }, { label: title }]}
    >
      <ErrorSummary t={t} idPrefix="offer" errors={message ? [{ name: "reason", message }] : []} />
      {!open && typed && <NotSent label={t("work:notSent")} text={typed} />}
      {offer.answer_failed_at && (
        <NotDelivered
          text={t("work:failed.text", { email: offer.email })}
          steps={[
            { label: t("work:failed.resend"), action: desk.part("offers", offer.id, "resend") },
            { label: t("work:failed.settled"), action: desk.part("offers", offer.id, "done") },
          ]}
        />
      )}
      <p class="meta">
        {pick(offer.initiative, language).text}, {momentInWords(offer.offered_at, language)}
        {state && <strong> {t(`work:offer.state.${state}`)}</strong>}
      </p>
      <blockquote class="visitor-text" dir="auto">
        {offer.offer}
      </blockquote>
      {offer.why && <p>{t("participation:mail.why", { why: offer.why })}</p>}
      {offer.available && <p>{t("participation:mail.available", { available: offer.available })}</p>}
      {offer.answer === "accepted" && (
        <p>
          <a href={`mailto:${offer.email}`}>{t("participation:answer.write", { name: offer.name })}</a>
        </p>
      )}
      {open && (
        <form class="form" method="post" action={desk.part("offers", offer.id, "accept")} novalidate>
          <TextArea
            t={t}
            idPrefix="offer"
            name="reason"
            optional
            rows={4}
            label={t("work:offer.reason.label")}
            description={t("participation:answer.reasonWhy", { name: offer.name })}
            value={typed}
            error={message}
          />
          <div class="desk-bar">
            <SubmitButton>{t("work:offer.accept")}</SubmitButton>
            <button
              type="submit"
              class="nl-button nl-button--secondary"
              formaction={desk.part("offers", offer.id, "decline")}
            >
              {t("work:offer.decline")}
            </button>
          </div>
        </form>
      )}
    </DeskPage>
  );
}
