import { DeskPage } from "../accounts/components.tsx";
import type { DeskVisit } from "../accounts/operations.ts";
import { readableAddress } from "../platform/email-address.ts";
import { momentInWords } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import { ErrorSummary, Form, SubmitButton, TextArea } from "../ui/forms.tsx";
import { NotDelivered, NotSent } from "../ui/not-sent.tsx";
import type { Proposal, Similar } from "./queries.ts";

type ProposalPageProps = {
  visit: DeskVisit;
  proposal: Proposal;
  similar: Similar[];
  error: { name: string; message: string } | undefined;
  typed: Record<string, string>;
  just: "decided" | "already-decided" | "resent" | undefined;
};

/** One proposal, and what one can answer. */
export function ProposalPage({ visit, proposal, similar, error, typed, just }: ProposalPageProps) {
  const { t, language, desk, paths } = visit;
  const { id, name, proposer, email } = proposal;
  const messages = error ? [{ name: error.name, message: t(error.message) }] : [];
  const unsent = typed.question ?? typed.reason;
  const mayAsk = !proposal.waiting || proposal.waiting.failed_at !== null;
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
      {proposal.decision && unsent && <NotSent label={t("work:notSent")} text={unsent} />}
      <Undelivered visit={visit} proposal={proposal} />
      <p class="meta">
        {t(`proposals:kind.${proposal.kind}`)}, {momentInWords(proposal.proposed_at, language)}
        {proposal.decision && <strong> {t(`proposals:desk.state.${proposal.decision}`)}</strong>}
      </p>
      <blockquote class="visitor-text" dir="auto">
        {proposal.story}
      </blockquote>
      <p>
        {t("proposals:desk.proposer", { name: proposer })} (
        <a href={`mailto:${email}`}>{readableAddress(email)}</a>)
      </p>
      <p dir="auto">{t("proposals:desk.role", { role: proposal.role })}</p>
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
      {proposal.questions.length > 0 && <Questions visit={visit} proposal={proposal} />}
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
          {(mayAsk || typed.question) && (
            <section class="desk-section" aria-labelledby="ask-heading">
              <h2 id="ask-heading">{t("proposals:ask.heading")}</h2>
              <Form action={desk.part("proposals", id, "askBack")} labelledBy="ask-heading">
                <TextArea {...part("question")} label={t("proposals:ask.label")} />
                <SubmitButton look="secondary">{t("proposals:ask.button")}</SubmitButton>
              </Form>
            </section>
          )}
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

/** What was asked and answered, oldest first. */
function Questions({ visit, proposal }: Pick<ProposalPageProps, "visit" | "proposal">) {
  const { t, language } = visit;
  const { proposer, decision } = proposal;
  return (
    <section class="desk-section" aria-labelledby="asked-heading">
      <h2 id="asked-heading">{t("proposals:desk.asked")}</h2>
      <ol class="desk-thread">
        {proposal.questions.map(({ question, asked_at, reply, replied_at }) => (
          <>
            <li class="desk-thread__answer">
              <p class="meta">{t("proposals:desk.askedOn", { moment: momentInWords(asked_at, language) })}</p>
              <p class="visitor-text" dir="auto">
                {question}
              </p>
            </li>
            {replied_at && (
              <li class="desk-thread__note">
                <p class="meta">
                  {t("proposals:desk.replied", {
                    name: proposer,
                    moment: momentInWords(replied_at, language),
                  })}
                </p>
                <p class="visitor-text" dir="auto">
                  {reply}
                </p>
              </li>
            )}
          </>
        ))}
      </ol>
      {proposal.waiting && !decision && <p>{t("proposals:desk.waits")}</p>}
    </section>
  );
}

/** A question or a decision whose mail did not arrive, and what one can do then. */
function Undelivered({ visit, proposal }: Pick<ProposalPageProps, "visit" | "proposal">) {
  const { t, desk } = visit;
  const { id, email, decision } = proposal;
  const failed = decision ? proposal.decision_failed_at : proposal.waiting?.failed_at;
  if (!failed) return null;
  const steps = [
    { label: t("work:failed.resend"), action: desk.part("proposals", id, "resend") },
    ...(decision ? [{ label: t("work:failed.settled"), action: desk.part("proposals", id, "done") }] : []),
  ];
  return <NotDelivered text={t("work:failed.text", { email })} steps={steps} />;
}
