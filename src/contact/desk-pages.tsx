import { randomUUID } from "node:crypto";
import { DeskPage } from "../accounts/components.tsx";
import type { DeskVisit } from "../accounts/operations.ts";
import { readableAddress } from "../platform/email-address.ts";
import type { FieldErrors } from "../platform/fields.ts";
import { momentInWords } from "../platform/i18n.ts";
import { type Localized, pick } from "../platform/localized.ts";
import { ErrorSummary, Form, SubmitButton, TextArea } from "../ui/forms.tsx";
import { Select } from "../ui/select.tsx";
import type { TipAtWork, TipLine } from "./desk-queries.ts";
import { Thread } from "./thread.tsx";

/** What was just done, as the address says it. */
export const doneWithTip = [
  ...(["assigned", "noted", "answered", "resent", "drafted"] as const),
  ...(["done", "open", "spam"] as const),
] as const;
export type DoneWithTip = (typeof doneWithTip)[number];

type TipPageProps = {
  visit: DeskVisit;
  tip: TipAtWork;
  /** Of a tip to the movement: what it can become an update of. */
  islands: { id: string; name: Localized }[];
  mayDraft: boolean;
  errors: FieldErrors;
  typed: Record<string, string>;
  just: DoneWithTip | null;
  /** Of a settled tip: the next one that waits. */
  next: TipLine | null;
};

/** One tip: what was sent, what was done with it, and what one can do. */
export function TipPage(props: TipPageProps) {
  const { visit, tip, errors, just } = props;
  const { t, language, desk } = visit;
  const title = t(`work:tips.kind.${tip.kind}`, { name: tip.name });
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
      <ErrorSummary
        t={t}
        idPrefix="tip"
        errors={errors.map(({ name, message }) => ({ name, message: t(message) }))}
      />
      {settled && <Next {...props} />}
      <p class="meta">
        {tip.initiative ? pick(tip.initiative, language).text : t("work:ofMovement")},{" "}
        {momentInWords(tip.confirmed_at, language)}
        {settled && <strong> {t(`work:tips.settled.${settled}`)}</strong>}
      </p>
      <blockquote class="visitor-text" dir="auto">
        {tip.text}
      </blockquote>
      <p>
        {tip.name} (<a href={`mailto:${tip.email}`}>{readableAddress(tip.email)}</a>){facts && `, ${facts}`}
      </p>
      {tip.link && (
        <p>
          <a href={tip.link} rel="noopener noreferrer">
            {tip.link}
          </a>
        </p>
      )}
      <Thread visit={visit} tip={tip} />
      <Work {...props} />
    </DeskPage>
  );
}

/** The way on once a tip is settled. */
function Next({ visit, next }: TipPageProps) {
  const { t, desk } = visit;
  return (
    <p>
      {next ? (
        <a href={desk.one("tips", next.id)}>
          {t("work:tips.next", { tip: t(`work:tips.kind.${next.kind}`, { name: next.name }) })}
        </a>
      ) : (
        <a href={desk.section("tips")}>{t("work:tips.noNext")}</a>
      )}
    </p>
  );
}

/**
 * What one can do with a tip, as one form whose buttons send it to different places: so what was typed for one comes
 * along with the others. Nothing in it sends the form by Enter.
 */
function Work(props: TipPageProps) {
  const { visit, tip, errors, typed } = props;
  const { t, desk } = visit;
  const settled = tip.spam_at ?? tip.done_at;
  const action = (part: Parameters<typeof desk.part>[2]) => desk.part("tips", tip.id, part);
  const field = (name: string) => {
    const error = errors.find((one) => one.name === name);
    return { t, idPrefix: "tip", name, error: error && t(error.message) };
  };
  return (
    <Form action={action("answer")}>
      <input type="hidden" name="form" value={randomUUID()} />
      {(["answer", "note"] as const).map((name) => (
        <section class="desk-section" aria-labelledby={`${name}-heading`}>
          <h2 id={`${name}-heading`}>{t(`work:${name}.heading`, { name: tip.name })}</h2>
          <TextArea
            {...field(name)}
            rows={name === "answer" ? 8 : 3}
            label={t(`work:${name}.label`)}
            description={t(`work:${name}.why`)}
            value={typed[name]}
          />
          <SubmitButton look={name === "answer" ? "primary" : "secondary"} action={action(name)}>
            {t(`work:${name}.button`)}
          </SubmitButton>
        </section>
      ))}
      <section class="desk-section" aria-labelledby="assign-heading">
        <h2 id="assign-heading">{t("work:assign.heading")}</h2>
        <Select
          {...field("to")}
          label={t("work:assign.label")}
          description={t("work:assign.why")}
          value={typed.to ?? tip.assigned_to ?? ""}
          options={[
            { value: "", label: t("work:assign.nobody") },
            ...tip.team.map(({ id, name, email }) => ({ value: id, label: name ?? email })),
          ]}
        />
        <SubmitButton look="secondary" action={action("assign")}>
          {t("work:assign.button")}
        </SubmitButton>
      </section>
      {props.mayDraft && <Draft {...props} field={field} action={action("draft")} />}
      <section class="desk-section" aria-labelledby="settle-heading">
        <h2 id="settle-heading">{t("work:settle.heading")}</h2>
        <div class="desk-bar">
          {settled ? (
            <SubmitButton action={action("done")} name="again" value="yes">
              {t("work:settle.again")}
            </SubmitButton>
          ) : (
            (["done", "spam"] as const).map((as) => (
              <SubmitButton look={as === "done" ? "primary" : "secondary"} action={action(as)}>
                {t(`work:settle.${as}`)}
              </SubmitButton>
            ))
          )}
        </div>
      </section>
    </Form>
  );
}

type DraftProps = TipPageProps & {
  action: string;
  field: (name: string) => { t: DeskVisit["t"]; idPrefix: string; name: string; error: string | undefined };
};

/** Turns a tip into an update that nobody sees yet. */
function Draft({ visit, tip, islands, typed, field, action }: DraftProps) {
  const { t, desk, language } = visit;
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
      <p>{t("work:draft.text")}</p>
      {islands.length > 0 && (
        <Select
          {...field("initiative")}
          label={t("work:draft.of")}
          value={typed.initiative ?? ""}
          options={[
            { value: "", label: t("work:draft.none") },
            ...islands.map(({ id, name }) => ({ value: id, label: pick(name, language).text })),
          ]}
        />
      )}
      <SubmitButton look="secondary" action={action}>
        {t("work:draft.button")}
      </SubmitButton>
    </section>
  );
}
