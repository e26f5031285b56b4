import { DeskPage } from "../accounts/components.tsx";
import type { DeskVisit } from "../accounts/operations.ts";
import { momentInWords } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import { Ago } from "../ui/ago.tsx";
import { ErrorSummary, Form, SubmitButton, TextArea } from "../ui/forms.tsx";
import type { OpenProposal, OtherProposal, Proposal, Similar } from "./queries.ts";

type ProposalsPageProps = { visit: DeskVisit; open: OpenProposal[]; others: OtherProposal[] };

/** What was proposed: what waits for a decision first, oldest on top. */
export function ProposalsPage({ visit, open, others }: ProposalsPageProps) {
  const { t, desk } = visit;
  return (
    <DeskPage
      visit={visit}
      section="proposals"
      title={t("proposals:desk.title")}
      lead={t("proposals:desk.lead")}
    >
      {open.length === 0 && <p>{t("proposals:desk.none")}</p>}
      <ul class="desk-cards">
        {open.map(({ id, name, kind, tagline, proposer, at }) => (
          <li>
            <h2 class="desk-cards__title">
              <a href={desk.one("proposals", id)}>{name}</a>
            </h2>
            <p class="meta">
              {t(`proposals:kind.${kind}`)}, {t("proposals:desk.by", { name: proposer })},{" "}
              <Ago at={at} visit={visit} />
            </p>
            <p dir="auto">{tagline}</p>
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <section class="desk-section" aria-labelledby="others-heading">
          <h2 id="others-heading">{t("proposals:desk.others")}</h2>
          <ul class="desk-waiting">
            {others.map(({ id, name, proposer, at, decision }) => (
              <li>
                <a href={desk.one("proposals", id)}>{name}</a>
                <span class="meta">
                  {proposer}, {t(`proposals:desk.state.${decision ?? "asked"}`)}
                </span>
                <span class="desk-waiting__age">
                  <Ago at={at} visit={visit} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </DeskPage>
  );
}

type ProposalPageProps = {
  visit: DeskVisit;
  proposal: Proposal;
  similar: Similar[];
  error: { name: string; message: string } | undefined;
  typed: Record<string, string>;
  just: "decided" | "already-decided" | undefined;
};

/** One proposal, and what one can answer. */
export function ProposalPage({ visit, proposal, similar, error, typed, just }: ProposalPageProps) {
  const { t, language, desk, paths } = visit;
  const { id, name, proposer, email } = proposal;
  const messages = error ? [{ name: error.name, message: t(error.message) }] : [];
  const part = (name: "question" | "reason") => ({
    ...{ t, idPrefix: "proposal", name, value: typed[name], rows: 4 },
    error: messages.find((one) => one.name === name)?.message,
  });
  return (
    <DeskPage
      visit={visit}
      section="proposals"
      title={name}
      at={(to) => to.one("proposals", id)}
      lead={proposal.tagline}
      errorCount={messages.length}
      announce={just && t(`proposals:desk.just.${just}`)}
      breadcrumbs={[{ href: desk.section("proposals"), label: t("proposals:desk.title") }, { label: name }]}
    >
      <ErrorSummary t={t} idPrefix="proposal" errors={messages} />
      <p class="meta">
        {t(`proposals:kind.${proposal.kind}`)}, {momentInWords(proposal.proposed_at, language)}
        {proposal.decision && <strong> {t(`proposals:desk.state.${proposal.decision}`)}</strong>}
      </p>
      <blockquote class="visitor-text" dir="auto">
        {proposal.story}
      </blockquote>
      <p>
        {t("proposals:desk.proposer", { name: proposer })} (<a href={`mailto:${email}`}>{email}</a>),{" "}
        {proposal.role}
      </p>
      {proposal.website && (
        <p>
          <a href={proposal.website} rel="noopener noreferrer">
            {proposal.website}
          </a>
        </p>
      )}
      {similar.length > 0 && (
        <div class="notice">
          <p>{t("proposals:desk.similar")}</p>
          <ul>
            {similar.map((one) => (
              <li>
                <a href={paths.island(one.slug).home}>{pick(one.name, language).text}</a>
              </li>
            ))}
          </ul>
        </div>
      )}
      {proposal.question && (
        <section class="desk-section" aria-labelledby="asked-heading">
          <h2 id="asked-heading">{t("proposals:desk.asked")}</h2>
          <blockquote class="visitor-text">{proposal.question}</blockquote>
          <p>
            {proposal.reply ? t("proposals:desk.replied", { name: proposer }) : t("proposals:desk.waits")}
          </p>
          {proposal.reply && (
            <blockquote class="visitor-text" dir="auto">
              {proposal.reply}
            </blockquote>
          )}
        </section>
      )}
      {proposal.initiative_id && (
        <p>
          <a href={desk.one("islands", proposal.initiative_id)}>{t("proposals:desk.toIsland")}</a>
        </p>
      )}
      {!proposal.decision && (
        <>
          <section class="desk-section" aria-labelledby="approve-heading">
            <h2 id="approve-heading">{t("proposals:approve.heading")}</h2>
            <p>{t("proposals:approve.text", { name: proposer })}</p>
            <Form action={desk.part("proposals", id, "approve")}>
              <SubmitButton>{t("proposals:approve.button")}</SubmitButton>
            </Form>
          </section>
          <section class="desk-section" aria-labelledby="ask-heading">
            <h2 id="ask-heading">{t("proposals:ask.heading")}</h2>
            <Form action={desk.part("proposals", id, "askBack")} labelledBy="ask-heading">
              <TextArea {...part("question")} label={t("proposals:ask.label")} />
              <SubmitButton look="secondary">{t("proposals:ask.button")}</SubmitButton>
            </Form>
          </section>
          <section class="desk-section" aria-labelledby="refuse-heading">
            <h2 id="refuse-heading">{t("proposals:refuse.heading")}</h2>
            <Form action={desk.part("proposals", id, "refuse")} labelledBy="refuse-heading">
              <TextArea {...part("reason")} label={t("proposals:refuse.label")} />
              <SubmitButton look="secondary">{t("proposals:refuse.button")}</SubmitButton>
            </Form>
          </section>
        </>
      )}
    </DeskPage>
  );
}
