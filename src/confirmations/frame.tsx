import type { Child } from "hono/jsx";
import type { Language } from "../platform/i18n.ts";
import { type Visit, VisitPage } from "../visit.tsx";
import { actInWords } from "./acts.ts";
import type { ActInWords, ConfirmationState } from "./queries.ts";

export type TokenPage = { visit: Visit; token: string; state: ConfirmationState };

type FrameProps = {
  visit: Visit;
  at: (language: Language) => string;
  title: string;
  errorCount?: number | undefined;
  children?: Child;
};

/** A page behind a link of the mail. */
export function Frame({ title, children, ...props }: FrameProps) {
  return (
    <VisitPage {...props} title={title} noindex>
      <div class="page-title">
        <h1>{title}</h1>
      </div>
      <div class="section section--tight">
        <div class="prose">{children}</div>
      </div>
    </VisitPage>
  );
}

export const ActList = ({ visit, acts }: { visit: Visit; acts: ActInWords[] }) => (
  <ul>
    {acts.map((act) => (
      <li>{actInWords(visit.t, act, visit.language)}</li>
    ))}
  </ul>
);

export const Rejected = ({ visit, at }: Pick<FrameProps, "visit" | "at">) => (
  <Frame visit={visit} at={at} title={visit.t("confirmations:rejected.title")}>
    <p>{visit.t("confirmations:rejected.text")}</p>
  </Frame>
);

export const NotFound = ({ visit, at }: Pick<FrameProps, "visit" | "at">) => (
  <Frame visit={visit} at={at} title={visit.t("confirmations:notFound.title")}>
    <p>{visit.t("confirmations:notFound.text")}</p>
    <ContactLink visit={visit} />
  </Frame>
);

export const ContactLink = ({ visit }: { visit: Visit }) => (
  <p>
    <a href={visit.paths.contact}>{visit.t("confirmations:notFound.contact")}</a>
  </p>
);
