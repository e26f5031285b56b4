import type { Child } from "hono/jsx";
import { desk } from "../desk-paths.ts";
import { paths } from "../paths.ts";
import { readableAddress } from "../platform/email-address.ts";
import type { Language } from "../platform/i18n.ts";
import { ButtonLink, SubmitButton } from "../ui/buttons.tsx";
import { type Visit, VisitPage } from "../visit.tsx";
import type { Section } from "./facts.ts";

type FrameProps = {
  visit: Visit;
  at: (language: Language) => string;
  title: string;
  lead: string;
  children: Child;
};

const Frame = ({ visit, at, title, lead, children }: FrameProps) => (
  <VisitPage visit={visit} at={at} title={title} noindex>
    <div class="page-title">
      <h1>{title}</h1>
      <p class="lead">{lead}</p>
    </div>
    <div class="section section--tight">
      <div class="prose">{children}</div>
    </div>
  </VisitPage>
);

/** What will go and what stays, and the button. */
export function ErasePage({ visit, email, sections }: { visit: Visit; email: string; sections: Section[] }) {
  const { t, language } = visit;
  const to = paths(language);
  return (
    <Frame
      visit={visit}
      at={(language) => paths(language).minePart("erase")}
      title={t("mine:erase.title")}
      lead={t("mine:erase.lead")}
    >
      <h2>{t("mine:erase.goes", { email: readableAddress(email) })}</h2>
      <ul>
        {sections.map(({ name, items }) => (
          <li>
            {t(`mine:section.${name}`)}
            {items.length > 1 && ` (${items.length})`}
          </li>
        ))}
      </ul>
      <p>{t("mine:erase.also")}</p>
      <Staying visit={visit} />
      <form class="form" method="post" action={to.minePart("erase")}>
        <div class="actions">
          <SubmitButton>{t("mine:erase.button")}</SubmitButton>
          <ButtonLink href={to.mine} look="secondary">
            {t("mine:erase.back")}
          </ButtonLink>
        </div>
      </form>
    </Frame>
  );
}

/** What erasing can not take along. */
const Staying = ({ visit }: { visit: Visit }) => {
  const { t } = visit;
  return (
    <>
      <h2>{t("mine:erase.stays")}</h2>
      <ul>
        <li>{t("mine:erase.count")}</li>
        <li>{t("mine:erase.mails")}</li>
        <li>{t("mine:erase.published")}</li>
        <li>{t("mine:erase.files")}</li>
        <li>{t("mine:erase.codes")}</li>
        <li>
          {t("mine:erase.backups")} <a href={visit.paths.privacy}>{t("mine:erase.privacy")}</a>
        </li>
      </ul>
    </>
  );
};

/** The only owner makes another one before going. */
export const LastOwnerPage = ({ visit }: { visit: Visit }) => (
  <Frame
    visit={visit}
    at={(language) => paths(language).minePart("erase")}
    title={visit.t("mine:erase.lastOwner.title")}
    lead={visit.t("mine:erase.lastOwner.text")}
  >
    <p>
      <a href={desk(visit.language).section("team")}>{visit.t("mine:erase.lastOwner.link")}</a>
    </p>
  </Frame>
);

/** Whose role wants a firm way in comes in that way first. */
export const FirmerPage = ({ visit }: { visit: Visit }) => (
  <Frame
    visit={visit}
    at={(language) => paths(language).minePart("erase")}
    title={visit.t("accounts:erase.title")}
    lead={visit.t("accounts:erase.text")}
  >
    <p>
      <a href={desk(visit.language).signIn}>{visit.t("accounts:toSignIn")}</a>
    </p>
    <p>
      <a href={visit.paths.minePart("erase")}>{visit.t("accounts:erase.again")}</a>
    </p>
  </Frame>
);

/** All is gone. */
export const ErasedPage = ({ visit }: { visit: Visit }) => (
  <Frame
    visit={visit}
    at={(language) => paths(language).minePart("erased")}
    title={visit.t("mine:erased.title")}
    lead={visit.t("mine:erased.lead")}
  >
    <Staying visit={visit} />
    <p>
      <a href={visit.paths.home}>{visit.t("mine:erased.home")}</a>
    </p>
  </Frame>
);

/** Asks whether to withdraw the signature, and nothing else. */
export const WithdrawSignaturePage = ({ visit }: { visit: Visit }) => {
  const { t, language } = visit;
  const to = paths(language);
  return (
    <Frame
      visit={visit}
      at={(language) => paths(language).minePart("signature")}
      title={t("mine:signature.withdraw")}
      lead={t("mine:signature.withdrawLead")}
    >
      <p>{t("mine:signature.withdrawGoes")}</p>
      <form class="form" method="post" action={to.minePart("signature")}>
        <div class="actions">
          <SubmitButton>{t("mine:signature.withdrawButton")}</SubmitButton>
          <ButtonLink href={to.mine} look="secondary">
            {t("mine:erase.back")}
          </ButtonLink>
        </div>
      </form>
    </Frame>
  );
};
