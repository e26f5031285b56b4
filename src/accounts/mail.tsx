import { desk } from "../desk-paths.ts";
import { paths } from "../paths.ts";
import { mineLink } from "../people/components.tsx";
import { codeLinkToken, codeOf } from "../people/operations.ts";
import type { OpenCode } from "../people/queries.ts";
import type { Ctx } from "../platform/context.ts";
import { dateInWords, type Language, translator } from "../platform/i18n.ts";
import type { Mail } from "../platform/mailer.ts";
import { composeMail, type MailBlock } from "../ui/mail/compose.ts";
import { invitationToken } from "./invitations.ts";
import type { Invitation } from "./team-queries.ts";

export type SharedMail = { language: Language; siteName: string; baseUrl: string };

/** The way in to the workplace. */
export async function signInMail(
  ctx: Ctx,
  { id, email, language, site_name: siteName }: OpenCode,
): Promise<Mail> {
  const { baseUrl } = ctx.config;
  const link = baseUrl + desk(language).signInWith("link", codeLinkToken(ctx, "sign-in", id));
  const code = codeOf(ctx, "sign-in", id);
  const mail = await composeSignIn({ language, siteName, baseUrl, code, link });
  return { id: `sign-in-code-${id}`, to: email, fromName: siteName, ...mail };
}

/** Proves a new address; or says that the address is in use already, to who reads it and to nobody else. */
export async function newAddressMail(ctx: Ctx, code: OpenCode, inUse: boolean): Promise<Mail> {
  const { id, email, language, site_name: siteName } = code;
  const shared = { language, siteName, baseUrl: ctx.config.baseUrl };
  const mail = inUse
    ? await composeInUse(shared)
    : await composeNewAddress({ ...shared, code: codeOf(ctx, "new-address", id) });
  return { id: `new-address-${id}`, to: email, fromName: siteName, ...mail };
}

/** Tells an address that it is no longer that of an account. `id`: of this change. */
export async function movedMail(
  ctx: Ctx,
  moved: { id: string; email: string; language: Language; siteName: string },
): Promise<Mail> {
  const { id, email, language, siteName } = moved;
  const mail = await composeMoved({ language, siteName, baseUrl: ctx.config.baseUrl });
  return { id: `address-moved-${id}`, to: email, fromName: siteName, ...mail };
}

/** Invites somebody to a role; a later mail of the same invitation counts as another one. */
export async function invitationMail(ctx: Ctx, invitation: Invitation): Promise<Mail> {
  const { id, email, language, siteName, until } = invitation;
  const { baseUrl } = ctx.config;
  const link = baseUrl + desk(language).signInWith("invitation", invitationToken(ctx, id));
  const mail = await composeInvitation({ ...invitation, baseUrl, link });
  return { id: `invitation-${id}-${until.getTime()}`, to: email, fromName: siteName, ...mail };
}

type InvitationInWords = SharedMail &
  Pick<Invitation, "role" | "where" | "invitedBy" | "until"> & { link: string };

export async function composeInvitation({
  link,
  role,
  where,
  invitedBy,
  until,
  ...shared
}: InvitationInWords) {
  const { language, siteName, baseUrl } = shared;
  const t = translator(language);
  const words = { role: t(`accounts:role.${role}`), where };
  const lead = invitedBy
    ? t("accounts:mail.invitation.leadBy", { ...words, name: invitedBy })
    : t("accounts:mail.invitation.lead", words);
  return compose({ language, siteName, baseUrl }, t("accounts:mail.invitation.subject", { where }), {
    heading: t("accounts:invitation.title", { where }),
    reason: t("accounts:mail.invitation.reason", { site: siteName }),
    blocks: [
      { kind: "paragraph", text: lead },
      { kind: "paragraph", text: t(`accounts:roleMay.${role}`) },
      { kind: "button", label: t("accounts:mail.invitation.button"), href: link },
      { kind: "small", text: t("accounts:invitation.until", { date: dateInWords(until, language) }) },
      { kind: "small", text: t("accounts:mail.invitation.notMe") },
    ],
  });
}

export async function composeSignIn({ code, link, ...shared }: SharedMail & { code: string; link: string }) {
  const t = translator(shared.language);
  return compose(shared, t("accounts:mail.signIn.subject", { site: shared.siteName }), {
    heading: t("accounts:mail.signIn.heading", { code }),
    reason: t("accounts:mail.signIn.reason", { site: shared.siteName }),
    blocks: [
      { kind: "paragraph", text: t("accounts:mail.signIn.type") },
      { kind: "paragraph", text: t("accounts:mail.signIn.or") },
      { kind: "button", label: t("accounts:mail.signIn.button"), href: link },
      { kind: "small", text: t("accounts:mail.signIn.notMe") },
      { kind: "small", text: t("accounts:mail.secret") },
    ],
  });
}

export async function composeNewAddress({ code, ...shared }: SharedMail & { code: string }) {
  const t = translator(shared.language);
  return compose(shared, t("accounts:mail.newAddress.subject", { site: shared.siteName }), {
    heading: t("accounts:mail.signIn.heading", { code }),
    reason: t("accounts:mail.newAddress.reason", { site: shared.siteName }),
    blocks: [
      { kind: "paragraph", text: t("accounts:mail.newAddress.type", { site: shared.siteName }) },
      { kind: "small", text: t("accounts:mail.newAddress.notMe") },
      { kind: "small", text: t("accounts:mail.secret") },
    ],
  });
}

export async function composeInUse(shared: SharedMail) {
  const t = translator(shared.language);
  return compose(shared, t("accounts:mail.newAddress.subject", { site: shared.siteName }), {
    heading: t("accounts:mail.inUse.heading"),
    reason: t("accounts:mail.newAddress.reason", { site: shared.siteName }),
    blocks: [
      { kind: "paragraph", text: t("accounts:mail.inUse.text", { site: shared.siteName }) },
      { kind: "paragraph", text: t("accounts:mail.inUse.how") },
      { kind: "small", text: t("accounts:mail.newAddress.notMe") },
    ],
  });
}

export async function composeMoved(shared: SharedMail) {
  const t = translator(shared.language);
  const href = shared.baseUrl + paths(shared.language).contact;
  return compose(shared, t("accounts:mail.moved.subject", { site: shared.siteName }), {
    heading: t("accounts:mail.moved.heading"),
    reason: t("accounts:mail.moved.reason", { site: shared.siteName }),
    blocks: [
      { kind: "paragraph", text: t("accounts:mail.moved.text", { site: shared.siteName }) },
      { kind: "paragraph", text: t("accounts:mail.moved.notMe") },
      { kind: "link", label: t("accounts:mail.moved.contact"), href },
    ],
  });
}

/** A mail about an account, with what stands under each of them. */
async function compose(
  { language, siteName, baseUrl }: SharedMail,
  subject: string,
  content: { heading: string; reason: string; blocks: MailBlock[] },
) {
  const t = translator(language);
  const footerLinks = [
    mineLink(language, baseUrl),
    { label: t("confirmations:mail.privacy"), href: baseUrl + paths(language).privacy },
  ];
  return { subject, ...(await composeMail({ language, subject, siteName, footerLinks, ...content })) };
}
