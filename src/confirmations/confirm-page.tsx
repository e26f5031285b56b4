import { paths } from "../paths.ts";
import { type Language, momentInWords } from "../platform/i18n.ts";
import { ButtonLink } from "../ui/buttons.tsx";
import { CheckboxGroup, ErrorSummary, Form, SubmitButton } from "../ui/forms.tsx";
import type { Visit } from "../visit.tsx";
import { answerField, boxName } from "./fields.ts";
import { ActList, Frame, NotFound, Rejected, type TokenPage } from "./frame.tsx";
import type { ActInWords } from "./queries.ts";

type ConfirmPageProps = TokenPage & {
  /** Where one goes on after what was confirmed; null for the plain thanks. */
  next: string | null;
  error?: string | undefined;
};

/** What waits for a yes, or what became of it. */
export function ConfirmPage({ visit, token, state, next, error }: ConfirmPageProps) {
  const { t, language } = visit;
  const at = (language: Language) => paths(language).confirm(token);
  switch (state.kind) {
    case "open": {
      const { acts, confirmed } = state;
      const partly = confirmed.length > 0;
      const title = t(partly ? "confirmations:partly.title" : "confirmations:open.title");
      return (
        <Frame visit={visit} at={at} title={title} errorCount={error ? 1 : 0}>
          <ErrorSummary t={t} idPrefix="confirm" errors={error ? [{ name: "acts", message: error }] : []} />
          {partly && (
            <>
              <p>{t("confirmations:confirmed.intro")}</p>
              <ActList visit={visit} acts={confirmed} />
              {next && (
                <p>
                  <a href={next}>{t("confirmations:partly.next")}</a>
                </p>
              )}
              <h2>{t("confirmations:partly.waiting")}</h2>
            </>
          )}
          <Question visit={visit} action={at(language)} acts={acts} error={error} />
          <p>
            <a href={paths(language).reject(token)}>{t("confirmations:open.notMe")}</a>
          </p>
        </Frame>
      );
    }
    case "confirmed":
      return (
        <Frame visit={visit} at={at} title={t("confirmations:confirmed.title")}>
          <p>{t("confirmations:confirmed.intro")}</p>
          <ActList visit={visit} acts={state.acts} />
          <div class="actions">
            <ButtonLink href={next ?? visit.here.frame(language).homeHref}>
              {t(next ? "confirmations:partly.next" : "confirmations:confirmed.next")}
            </ButtonLink>
          </div>
        </Frame>
      );
    case "rejected":
      return <Rejected visit={visit} at={at} />;
    case "not-found":
      return <NotFound visit={visit} at={at} />;
    default:
      return state satisfies never;
  }
}

type QuestionProps = { visit: Visit; action: string; acts: ActInWords[]; error?: string | undefined };

/**
 * One act: a button. Several: a box each, none ticked, and a button for all of them. Return in a box presses the first
 * button, so that is the one that takes what was ticked.
 */
function Question({ visit, action, acts, error }: QuestionProps) {
  const { t, language } = visit;
  if (acts.length === 1)
    return (
      <>
        <p>{t("confirmations:open.intro")}</p>
        <ActList visit={visit} acts={acts} />
        <Form action={action}>
          <SubmitButton>{t("confirmations:open.button")}</SubmitButton>
        </Form>
      </>
    );
  return (
    <Form action={action}>
      <CheckboxGroup
        t={t}
        idPrefix="confirm"
        name="acts"
        label={t("confirmations:several.legend")}
        description={t("confirmations:several.why")}
        error={error}
        options={acts.map((act) => ({
          name: boxName(act.position),
          label: act.text,
          description: momentInWords(act.at, language),
          checked: false,
        }))}
      />
      <div class="actions">
        <SubmitButton name={answerField} value="chosen">
          {t("confirmations:several.button")}
        </SubmitButton>
        <SubmitButton name={answerField} value="all" look="secondary">
          {t("confirmations:several.all")}
        </SubmitButton>
      </div>
    </Form>
  );
}
