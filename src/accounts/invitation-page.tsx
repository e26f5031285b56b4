import { desk } from "../desk-paths.ts";
import { readableAddress } from "../platform/email-address.ts";
import { dateInWords, type Language } from "../platform/i18n.ts";
import { Form, SubmitButton } from "../ui/forms.tsx";
import type { Visit } from "../visit.tsx";
import { signInHeading, WayInPage } from "./sign-in-pages.tsx";
import type { Invitation } from "./team-queries.ts";

type InvitationPageProps = { visit: Visit; token: string; invitation: Invitation | null };

/** Behind the link of an invitation: to what, and the button that accepts it. Null: it is over. */
export function InvitationPage({ visit, token, invitation }: InvitationPageProps) {
  const { t, language } = visit;
  const at = (language: Language) => desk(language).signInWith("invitation", token);
  if (!invitation)
    return (
      <WayInPage
        visit={visit}
        at={at}
        title={t("accounts:invitation.overTitle")}
        lead={t("accounts:invitation.over")}
      >
        <p>
          <a href={desk(language).signIn}>{t("accounts:toSignIn")}</a>
        </p>
      </WayInPage>
    );
  const { role, where, email, invitedBy, until } = invitation;
  return (
    <WayInPage
      visit={visit}
      at={at}
      title={t("accounts:invitation.title", { where })}
      lead={
        invitedBy
          ? t("accounts:invitation.leadBy", { name: invitedBy, role: t(`accounts:role.${role}`) })
          : t("accounts:invitation.lead", { role: t(`accounts:role.${role}`) })
      }
    >
      <p>{t(`accounts:roleMay.${role}`)}</p>
      <p>{t("accounts:invitation.address", { email: readableAddress(email) })}</p>
      <Form action={at(language)} labelledBy={signInHeading}>
        <SubmitButton>{t("accounts:invitation.button")}</SubmitButton>
      </Form>
      <p class="meta">{t("accounts:invitation.until", { date: dateInWords(until, language) })}</p>
    </WayInPage>
  );
}
