import { desk } from "../desk-paths.ts";
import { ButtonLink } from "../ui/buttons.tsx";
import { type Visit, VisitPage } from "../visit.tsx";
import { withNext } from "./next.ts";

/** The button to the organisation's own account, where there is one. */
export function OidcSignIn({ visit, next }: { visit: Visit; next: string | null }) {
  const { ctx, t, language } = visit;
  if (!ctx.config.oidc) return null;
  const { name } = ctx.config.oidc;
  return (
    <div class="way-in">
      <ButtonLink href={withNext(desk(language).signInPart("oidc"), next)} look="secondary">
        {name}
      </ButtonLink>
      <p class="way-in__why">{t("accounts:oidc.why")}</p>
    </div>
  );
}

export type OidcProblem =
  | "down"
  | "denied"
  | "refused"
  | "unverified"
  | "no-role"
  | "other-account"
  | "too-many";

/** Why the organisation's account did not lead in, and the other ways. */
export function OidcProblemPage({ visit, problem }: { visit: Visit; problem: OidcProblem }) {
  const { t, language } = visit;
  return (
    <VisitPage
      visit={visit}
      at={(language) => desk(language).signIn}
      title={t("accounts:oidc.title")}
      noindex
    >
      <div class="page-title">
        <h1>{t("accounts:oidc.title")}</h1>
        <p class="lead">{t(`accounts:oidc.problem.${problem}`)}</p>
      </div>
      <div class="section section--tight">
        <div class="prose">
          <p>
            <a href={desk(language).signIn}>{t("accounts:toSignIn")}</a>
          </p>
        </div>
      </div>
    </VisitPage>
  );
}
