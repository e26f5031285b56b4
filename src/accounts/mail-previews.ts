import { desk } from "../desk-paths.ts";
import type { Language } from "../platform/i18n.ts";
import type { MailPreview } from "../ui/mail/compose.ts";
import {
  composeInUse,
  composeInvitation,
  composeMoved,
  composeNewAddress,
  composeSignIn,
  type SharedMail,
} from "./mail.tsx";

const sample = (language: Language): SharedMail => ({
  language,
  siteName: "Wij, Publieke Veranderaars",
  baseUrl: "https://voorbeeld.example",
});

/** One of every mail about accounts. */
export const accountMailPreviews: MailPreview[] = [
  {
    name: "accounts-sign-in",
    render: (language) => {
      const shared = sample(language);
      const link = shared.baseUrl + desk(language).signInWith("link", "x");
      return composeSignIn({ ...shared, code: "204618", link });
    },
  },
  {
    name: "accounts-new-address",
    render: (language) => composeNewAddress({ ...sample(language), code: "204618" }),
  },
  {
    name: "accounts-invitation",
    render: (language) => {
      const shared = sample(language);
      const link = shared.baseUrl + desk(language).signInWith("invitation", "x");
      const until = new Date("2026-03-15T12:00:00Z");
      return composeInvitation({
        ...{ ...shared, link, until, role: "lead" },
        ...{ where: "Op pad met de CXO", invitedBy: "Sanne de Vries" },
      });
    },
  },
  { name: "accounts-address-in-use", render: (language) => composeInUse(sample(language)) },
  { name: "accounts-address-moved", render: (language) => composeMoved(sample(language)) },
];
