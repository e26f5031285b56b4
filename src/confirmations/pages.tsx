import type { Child } from "hono/jsx";
import { paths } from "../paths.ts";
import type { Language } from "../platform/i18n.ts";
import { ButtonLink, SubmitButton } from "../ui/buttons.tsx";
import { type Visit, VisitPage } from "../visit.tsx";
import type { ConfirmationState } from "./queries.ts";

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

type TokenPage = { visit: Visit; token: string; state: ConfirmationState };

/** What waits for a yes, or what became of it. */
export function ConfirmPage({ visit, token, state }: TokenPage) {
  const { t, language } = visit;
  const at = (language: Language) => paths(language).confirm(token);
  switch (state.kind) {
    case "open":
      return (
        <Frame visit={visit} at={at} title={t("confirmations:open.title")} scripts={["browser/confirm.ts"]}>
          <p>{t("confirmations:open.intro")}</p>
          <Acts acts={state.acts} />
          <form class="form" method="post" action={at(language)} data-confirm>
            <SubmitButton>{t("confirmations:open.button")}</SubmitButton>
          </form>
          <p class="meta">{t("confirmations:open.auto")}</p>
          <p>
            <a href={paths(language).reject(token)}>{t("confirmations:open.notMe")}</a>
          </p>
        </Frame>
      );
    case "confirmed":
      return (
        <Frame visit={visit} at={at} title={t("confirmations:confirmed.title")}>
          <p>{t("confirmations:confirmed.intro")}</p>
          <Acts acts={state.acts} />
          <div class="actions">
            <ButtonLink href={visit.here.frame(language).homeHref}>
              {t("confirmations:confirmed.next")}
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

/** "This was not me": asks once more, because links are followed by programs too. */
export function RejectPage({ visit, token, state }: TokenPage) {
  const { t, language } = visit;
  const at = (language: Language) => paths(language).reject(token);
  switch (state.kind) {
    case "open":
      return (
        <Frame visit={visit} at={at} title={t("confirmations:reject.title")}>
          <p>{t("confirmations:reject.text")}</p>
          <Acts acts={state.acts} />
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

type FrameProps = {
  visit: Visit;
  at: (language: Language) => string;
  title: string;
  scripts?: string[];
  children?: Child;
};

function Frame({ visit, at, title, scripts, children }: FrameProps) {
  return (
    <VisitPage visit={visit} at={at} title={title} scripts={scripts} noindex>
      <div class="page-title">
        <h1>{title}</h1>
      </div>
      <div class="section section--tight">
        <div class="prose">{children}</div>
      </div>
    </VisitPage>
  );
}

const Acts = ({ acts }: { acts: string[] }) => (
  <ul>
    {acts.map((act) => (
      <li>{act}</li>
    ))}
  </ul>
);

const Rejected = ({ visit, at }: Pick<FrameProps, "visit" | "at">) => (
  <Frame visit={visit} at={at} title={visit.t("confirmations:rejected.title")}>
    <p>{visit.t("confirmations:rejected.text")}</p>
  </Frame>
);

const NotFound = ({ visit, at }: Pick<FrameProps, "visit" | "at">) => (
  <Frame visit={visit} at={at} title={visit.t("confirmations:notFound.title")}>
    <p>{visit.t("confirmations:notFound.text")}</p>
    <ContactLink visit={visit} />
  </Frame>
);

const ContactLink = ({ visit }: { visit: Visit }) => (
  <p>
    <a href={visit.paths.contact}>{visit.t("confirmations:notFound.contact")}</a>
  </p>
);
