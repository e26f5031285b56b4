import { DeskPage } from "../accounts/components.tsx";
import type { DeskVisit } from "../accounts/operations.ts";
import { dateInWords, formatNumber, momentInWords } from "../platform/i18n.ts";
import { pick, pickAny } from "../platform/localized.ts";
import { SubmitButton } from "../ui/buttons.tsx";
import { FilterRow } from "../ui/filter-row.tsx";
import {
  type EditionLine,
  type NewsletterAtWork,
  type OneNewsletter,
  type ShownState,
  shownStateOf,
  shownStates,
} from "./desk-queries.ts";
import { contentOf } from "./queries.ts";

type NewslettersProps = { visit: DeskVisit; newsletters: NewsletterAtWork[]; next: string | null };

/** The newsletters that somebody may write for. */
export function NewslettersPage({ visit, newsletters, next }: NewslettersProps) {
  const { t, language, desk } = visit;
  return (
    <DeskPage
      visit={visit}
      section="newsletters"
      title={t("editions:newsletters.title")}
      lead={t("editions:newsletters.lead")}
    >
      {newsletters.length === 0 && <p>{t("editions:newsletters.none")}</p>}
      <ul class="desk-cards">
        {newsletters.map((one) => (
          <li>
            <h2 class="desk-cards__title">
              <a href={desk.one("newsletters", one.id)}>{pick(one.name, language).text}</a>
            </h2>
            <p class="meta">
              {one.initiative ? pick(one.initiative, language).text : t("editions:newsletters.movement")}
            </p>
            <p>
              {subscribersInWords(visit, one.subscribers)}
              {one.drafts ? `, ${t("editions:newsletters.drafts", { count: one.drafts })}` : ""}
            </p>
            <p class="meta">
              {one.last_sent
                ? t("editions:newsletters.last", { date: dateInWords(one.last_sent, language) })
                : t("editions:newsletters.never")}
            </p>
          </li>
        ))}
      </ul>
      {next && (
        <p class="list-paging">
          <a rel="next" href={`${desk.section("newsletters")}?na=${next}`}>
            {t("editions:newsletters.more")}
          </a>
        </p>
      )}
    </DeskPage>
  );
}

const subscribersInWords = ({ t, language }: DeskVisit, count: number | null) =>
  t("editions:newsletters.subscribers", { count: count ?? 0, number: formatNumber(count ?? 0, language) });

type NewsletterProps = {
  visit: DeskVisit;
  newsletter: OneNewsletter;
  editions: EditionLine[];
  state: ShownState | null;
  next: string | null;
  announce: string | undefined;
};

/** One newsletter: its editions, and what it says of itself. */
export function NewsletterAtWorkPage(props: NewsletterProps) {
  const { visit, newsletter, editions, state, next, announce } = props;
  const { t, language, desk } = visit;
  const name = pick(newsletter.name, language).text;
  const here = desk.one("newsletters", newsletter.id);
  const states = Object.keys(shownStates) as ShownState[];
  const query = (more: Record<string, string>) => `${here}?${new URLSearchParams(more)}`;
  return (
    <DeskPage
      visit={visit}
      section="newsletters"
      title={name}
      at={(to) => to.one("newsletters", newsletter.id)}
      breadcrumbs={[
        { href: desk.section("newsletters"), label: t("editions:newsletters.title") },
        { label: name },
      ]}
      lead={pick(newsletter.description, language).text}
      announce={announce}
      actions={
        <form method="post" action={desk.part("newsletters", newsletter.id, "new")}>
          <SubmitButton>{t("editions:newsletters.new")}</SubmitButton>
        </form>
      }
    >
      <p>
        {subscribersInWords(visit, newsletter.subscribers)}.{" "}
        <a href={desk.documentOf("newsletter", newsletter.id)}>{t("editions:newsletters.texts")}</a>
        {newsletter.digest !== "none" && ` ${t(`editions:newsletters.digest.${newsletter.digest}`)}`}
      </p>
      <section class="desk-section" aria-labelledby="edities">
        <h2 id="edities">{t("editions:newsletters.editions")}</h2>
        <nav aria-label={t("editions:newsletters.filter")}>
          <FilterRow
            label={t("editions:newsletters.filter")}
            all={{ label: t("editions:newsletters.all"), href: here }}
            options={states.map((one) => ({
              label: t(`editions:newsletters.state.${one}`),
              href: query({ stand: one }),
              chosen: one === state,
            }))}
          />
        </nav>
        {editions.length === 0 ? (
          <p class="edition-none">
            {t(state ? "editions:newsletters.noneSo" : "editions:newsletters.noEdition")}
          </p>
        ) : (
          <ol class="edition-list">
            {editions.map((one) => (
              <EditionItem visit={visit} one={one} />
            ))}
          </ol>
        )}
        {next && (
          <p class="list-paging">
            <a rel="next" href={query({ ...(state && { stand: state }), na: next })}>
              {t("editions:newsletters.older")}
            </a>
          </p>
        )}
      </section>
    </DeskPage>
  );
}

function EditionItem({ visit, one }: { visit: DeskVisit; one: EditionLine }) {
  const { t, language, desk } = visit;
  const content = contentOf(one);
  const subject = content && pickAny(content.subject, language);
  const state = shownStateOf(one.state);
  return (
    <li class="edition-list__item">
      <a
        class="edition-list__title"
        href={desk.one("editions", one.id)}
        lang={subject?.text && subject.language !== language ? subject.language : undefined}
      >
        {subject?.text || t("editions:untitled", { date: dateInWords(one.created_at, language) })}
      </a>
      <span class={`edition-state edition-state--${state}`}>{t(`editions:state.${one.state}`)}</span>
      <span class="meta">{whenInWords(visit, one)}</span>
    </li>
  );
}

function whenInWords({ t, language }: DeskVisit, one: EditionLine): string {
  if (one.state === "scheduled" && one.send_at)
    return t("editions:when.scheduled", { moment: momentInWords(one.send_at, language) });
  if (one.started_at) {
    const moment = momentInWords(one.started_at, language);
    // While it is being frozen nobody knows how many, and a cancelled one did not go to all.
    if (one.state !== "sent" || one.audience === null) return t("editions:when.started", { moment });
    const number = formatNumber(one.audience, language);
    return t("editions:when.sent", { moment, number, count: one.audience });
  }
  const moment = momentInWords(one.created_at, language);
  return one.automatic ? t("editions:when.automatic", { moment }) : t("editions:when.begun", { moment });
}
