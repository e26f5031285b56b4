import { paths } from "../paths.ts";
import type { Language } from "../platform/i18n.ts";
import { SubmitButton } from "../ui/buttons.tsx";
import { type Visit, VisitPage } from "../visit.tsx";
import { ActList, ContactLink, Frame, NotFound, Rejected, type TokenPage } from "./frame.tsx";

export { ConfirmPage } from "./confirm-page.tsx";

/** After every form: the same page for everyone, whatever the address. */
export function CheckMailPage({ visit }: { visit: Visit }) {
  const { t } = visit;
  const title = t("confirmations:checkMail.title");
  return (
    <VisitPage visit={visit} at={(language) => paths(language).checkMail} title={title} noindex>
      <div class="page-title">
        <h1>{title}</h1>
        <p class="lead">{t("confirmations:checkMail.lead")}</p>
      </div>
      <div class="section section--tight">
        <div class="prose">
          <p>{t("confirmations:checkMail.wait")}</p>
          <p>{t("confirmations:checkMail.spam")}</p>
          <p>{t("confirmations:checkMail.unconfirmed")}</p>
        </div>
      </div>
    </VisitPage>
  );
}

/** "This was not me": asks once more, because links are followed by programs too. */
export function RejectPage({ visit, token, state }: TokenPage) {
  const { t, language } = visit;
  const at = (language: Language) => paths(language).reject(token);
  switch (state.kind) {
    case "open":
      return (
        <Frame visit={visit} at={at} title={t("confirmations:reject.title")}>
          <p>{t("confirmations:reject.text")}</p>
          <ActList visit={visit} acts={state.acts} />
          <form class="form" method="post" action={at(language)}>
            <SubmitButton>{t("confirmations:reject.button")}</SubmitButton>
          </form>
          <p>
            <a href={paths(language).confirm(token)}>{t("confirmations:reject.back")}</a>
          </p>
        </Frame>
      );
    case "confirmed":
      return (
        <Frame visit={visit} at={at} title={t("confirmations:tooLate.title")}>
          <p>{t("confirmations:tooLate.text")}</p>
          <ContactLink visit={visit} />
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
