import { DeskPage } from "../accounts/components.tsx";
import type { DeskVisit } from "../accounts/operations.ts";
import type { FieldErrors } from "../platform/fields.ts";
import { momentInWords } from "../platform/i18n.ts";
import { type Localized, pick } from "../platform/localized.ts";
import { Ago } from "../ui/ago.tsx";
import { ErrorSummary, Form, RadioGroup, SubmitButton, TextArea } from "../ui/forms.tsx";
import { Select } from "../ui/select.tsx";
import { type TipAtWork, type TipLine, type TipState, tipStates } from "./desk-queries.ts";

type TipsPageProps = {
  visit: DeskVisit;
  state: TipState;
  tips: TipLine[];
  next: { at: Date; id: string } | null;
};

/** What came in, oldest first as long as it is open. */
export function TipsPage({ visit, state, tips, next }: TipsPageProps) {
  const { t, language, desk } = visit;
  const list = desk.section("tips");
  return (
    <DeskPage visit={visit} section="tips" title={t("work:tips.title")} lead={t("work:tips.lead")}>
      <nav aria-label={t("work:tips.filter")}>
        <ul class="chips">
          {tipStates.map((one) => (
            <li>
              <a href={`${list}?state=${one}`} aria-current={one === state ? "true" : undefined}>
                {t(`work:tips.state.${one}`)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {tips.length === 0 && <p>{t(`work:tips.none.${state}`)}</p>}
      <ul class="desk-cards">
        {tips.map((tip) => (
          <li>
            <h2 class="desk-cards__title">
              <a href={desk.one("tips", tip.id)}>{t(`work:tips.kind.${tip.kind}`, { name: tip.name })}</a>
            </h2>
            <p class="meta">
              {tip.initiative ? pick(tip.initiative, language).text : t("work:ofMovement")},{" "}
              <Ago at={tip.at} visit={visit} />
            </p>
            <p dir="auto">{tip.beginning}</p>
            {(tip.assignee ?? tip.assigneeEmail) && (
              <p class="meta">{t("work:tips.assignee", { name: tip.assignee ?? tip.assigneeEmail })}</p>
            )}
          </li>
        ))}
      </ul>
      {next && (
        <p>
          <a href={`${list}?state=${state}&after=${next.at.getTime()}.${next.id}`}>{t("work:more")}</a>
        </p>
      )}
    </DeskPage>
  );
}

type TipPageProps = {
  visit: DeskVisit;
  tip: TipAtWork;
  /** Of a tip to the movement: what it can become an update of. */
  islands: { id: string; name: Localized }[];
  mayDraft: boolean;
  errors: FieldErrors;
  typed: Record<string, string>;
  /** What was just done, as the address says it. */
  just: "assigned" | "noted" | "answered" | "done" | "open" | "spam" | null;
};

/** One tip: what was sent, what was done with it, and what one can do. */
export function TipPage(props: TipPageProps) {
  const { visit, tip, errors, typed, just } = props;
  const { t, language, desk } = visit;
  const title = t(`work:tips.kind.${tip.kind}`, { name: tip.name });
  const messages = errors.map(({ name, message }) => ({ name, message: t(message) }));
  const settled = tip.spam_at ? "spam" : tip.done_at ? "done" : null;
  const facts = [tip.organisation, tip.place].filter(Boolean).join(", ");
  return (
    <DeskPage
      visit={visit}
      section="tips"
      title={title}
      at={(to) => to.one("tips", tip.id)}
      errorCount={errors.length}
      announce={just ? t(`work:tips.just.${just}`) : undefined}
      breadcrumbs={[{ href: desk.section("tips"), label: t("work:tips.title") }, { label: title }]}
    >
      <ErrorSummary t={t} idPrefix="tip" errors={messages} />
      <p class="meta">
        {tip.initiative ? pick(tip.initiative, language).text : t("work:ofMovement")},{" "}
        {momentInWords(tip.confirmed_at, language)}
        {settled && <strong> {t(`work:tips.settled.${settled}`)}</strong>}
      </p>
      <blockquote class="visitor-text" dir="auto">
        {tip.text}
      </blockquote>
      <p>
        {tip.name} (<a href={`mailto:${tip.email}`}>{tip.email}</a>){facts && `, ${facts}`}
      </p>
      {tip.link && (
        <p>
          <a href={tip.link} rel="noopener noreferrer">
            {tip.link}
          </a>
        </p>
      )}
      <Thread visit={visit} tip={tip} />
      <section class="desk-section" aria-labelledby="answer-heading">
        <h2 id="answer-heading">{t("work:answer.heading", { name: tip.name })}</h2>
        <TextForm visit={visit} tip={tip} name="answer" messages={messages} typed={typed} />
      </section>
      <section class="desk-section" aria-labelledby="note-heading">
        <h2 id="note-heading">{t("work:note.heading")}</h2>
        <TextForm visit={visit} tip={tip} name="note" messages={messages} typed={typed} />
      </section>
      <section class="desk-section" aria-labelledby="assign-heading">
        <h2 id="assign-heading">{t("work:assign.heading")}</h2>
        <Form action={desk.part("tips", tip.id, "assign")} labelledBy="assign-heading">
          <RadioGroup
            t={t}
            idPrefix="tip"
            name="to"
            label={t("work:assign.label")}
            value={typed.to ?? tip.assigned_to ?? ""}
            error={messages.find(({ name }) => name === "to")?.message}
            options={[
              { value: "", label: t("work:assign.nobody") },
              ...tip.team.map(({ id, name, email }) => ({ value: id, label: name ?? email })),
            ]}
          />
          <SubmitButton look="secondary">{t("work:assign.button")}</SubmitButton>
        </Form>
      </section>
      {props.mayDraft && <Draft {...props} />}
      <section class="desk-section" aria-labelledby="settle-heading">
        <h2 id="settle-heading">{t("work:settle.heading")}</h2>
        <div class="desk-bar">
          {(settled ? (["done"] as const) : (["done", "spam"] as const)).map((as) => (
            <form method="post" action={desk.part("tips", tip.id, as)}>
              {settled && <input type="hidden" name="again" value="yes" />}
              <SubmitButton look={as === "done" ? "primary" : "secondary"}>
                {t(settled ? "work:settle.again" : `work:settle.${as}`)}
              </SubmitButton>
            </form>
          ))}
        </div>
      </section>
    </DeskPage>
  );
}

/** What was answered and noted, oldest first. */
function Thread({ visit, tip }: { visit: DeskVisit; tip: TipAtWork }) {
  const { t, language } = visit;
  if (tip.thread.length === 0) return null;
  return (
    <section class="desk-section" aria-labelledby="thread-heading">
      <h2 id="thread-heading">{t("work:thread.heading")}</h2>
      <ol class="desk-thread">
        {tip.thread.map((message) => (
          <li class={`desk-thread__${message.kind}`}>
            <p class="meta">
              {t(`work:thread.${message.kind}`, { name: message.by ?? t("work:somebody") })}{" "}
              {momentInWords(message.made_at, language)}
              {message.kind === "answer" && !message.mailed_at && ` ${t("work:thread.leaving")}`}
            </p>
            <p class="visitor-text" dir="auto">
              {message.text}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

type TextFormProps = Pick<TipPageProps, "visit" | "tip" | "typed"> & {
  name: "answer" | "note";
  messages: { name: string; message: string }[];
};

/** One text about a tip: an answer to its sender, or a note for the team. */
const TextForm = ({ visit: { t, desk }, tip, name, typed, messages }: TextFormProps) => (
  <Form action={desk.part("tips", tip.id, name)} labelledBy={`${name}-heading`}>
    <TextArea
      t={t}
      idPrefix="tip"
      name={name}
      rows={name === "answer" ? 8 : 3}
      label={t(`work:${name}.label`)}
      description={t(`work:${name}.why`)}
      value={typed[name]}
      error={messages.find((one) => one.name === name)?.message}
    />
    <SubmitButton look={name === "answer" ? "primary" : "secondary"}>{t(`work:${name}.button`)}</SubmitButton>
  </Form>
);

/** Turns a tip into an update that nobody sees yet. */
function Draft({ visit, tip, islands, errors, typed }: TipPageProps) {
  const { t, desk, language } = visit;
  const error = errors.find(({ name }) => name === "initiative");
  if (tip.document_id)
    return (
      <section class="desk-section">
        <p>
          <a href={desk.document("update", tip.document_id)}>{t("work:draft.there")}</a>
        </p>
      </section>
    );
  return (
    <section class="desk-section" aria-labelledby="draft-heading">
      <h2 id="draft-heading">{t("work:draft.heading")}</h2>
      <Form action={desk.part("tips", tip.id, "draft")} labelledBy="draft-heading">
        <p>{t("work:draft.text")}</p>
        {islands.length > 0 && (
          <Select
            t={t}
            idPrefix="tip"
            name="initiative"
            label={t("work:draft.of")}
            value={typed.initiative ?? ""}
            error={error && t(error.message)}
            options={[
              { value: "", label: t("work:draft.none") },
              ...islands.map(({ id, name }) => ({ value: id, label: pick(name, language).text })),
            ]}
          />
        )}
        <SubmitButton look="secondary">{t("work:draft.button")}</SubmitButton>
      </Form>
    </section>
  );
}
