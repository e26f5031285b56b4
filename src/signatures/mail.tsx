import { paths } from "../paths.ts";
import { mineLink } from "../people/components.tsx";
import type { Ctx } from "../platform/context.ts";
import { defaultLanguage, type Language, translator } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import type { Mail } from "../platform/mailer.ts";
import { composeMail, type MailBlock, type MailPreview } from "../ui/mail/compose.ts";
import { motivationToken } from "./moderation-links.ts";
import { shownOf } from "./policy.ts";
import type { getMovementMail, Signature } from "./queries.ts";
import type { Appearance } from "./table.ts";

type Movement = NonNullable<Awaited<ReturnType<typeof getMovementMail>>>;

/** After signing: how one stands under the manifesto, the link to invite a colleague, and what happens next. */
export async function thanksMail(ctx: Ctx, signature: Signature, movement: Movement): Promise<Mail> {
  const { language, email, id, appearance, invite_code, motivation_state } = signature;
  const siteName = pick(movement.name, language).text;
  const waiting = motivation_state === "waiting";
  const { baseUrl } = ctx.config;
  return {
    id: `signed-${id}`,
    occasion: "told",
    to: email,
    fromName: siteName,
    ...(await composeThanks({ language, siteName, appearance, waiting, code: invite_code, baseUrl })),
  };
}

type Thanks = {
  language: Language;
  siteName: string;
  appearance: Appearance;
  /** Whether a motivation waits for the moderator. */
  waiting: boolean;
  code: string;
  baseUrl: string;
};

async function composeThanks({ language, siteName, appearance, waiting, code, baseUrl }: Thanks) {
  const t = translator(language);
  const to = paths(language);
  const subject = t("signing:thanksMail.subject");
  const invitation = baseUrl + to.invitation(code);
  const next = [
    ...(waiting ? [t("signing:thanksMail.motivation")] : []),
    t(`signing:thanksMail.wall.${appearance}`),
    t("signing:thanksMail.join"),
  ];
  const blocks: MailBlock[] = [
    { kind: "paragraph", text: t(`signing:stands.${appearance}`) },
    { kind: "paragraph", text: t("signing:thanksMail.invite") },
    { kind: "link", label: t("signing:invite.link"), href: invitation },
    { kind: "paragraph", text: t("signing:thanksMail.next") },
    { kind: "list", items: next },
    { kind: "button", label: t("signing:thanksMail.button"), href: baseUrl + to.initiatives },
  ];
  const mail = await composeMail({
    language,
    subject,
    siteName,
    heading: t("signing:thanksMail.heading"),
    blocks,
    footerLinks: [
      mineLink(language, baseUrl),
      { label: t("signing:thanksMail.signatories"), href: baseUrl + to.signatories },
    ],
    reason: t("signing:thanksMail.reason", { site: siteName }),
  });
  return { subject, ...mail };
}

/** Asks the movement whether a motivation may be shown, in the movement's language. */
export async function moderationMail(ctx: Ctx, signature: Signature, movement: Movement): Promise<Mail> {
  const language = defaultLanguage;
  const siteName = pick(movement.name, language).text;
  const token = motivationToken(ctx, signature.id, movement.email);
  const href = ctx.config.baseUrl + paths(language).moderateMotivation(token);
  const home = ctx.config.baseUrl + paths(language).signatories;
  return {
    id: `motivation-${signature.id}`,
    to: movement.email,
    fromName: siteName,
    ...(await composeModeration({ language, siteName, signature, href, home })),
  };
}

type Moderation = {
  language: Language;
  siteName: string;
  signature: Pick<Signature, "appearance" | "name" | "role" | "organisation" | "place" | "motivation">;
  href: string;
  home: string;
};

async function composeModeration({ language, siteName, signature, href, home }: Moderation) {
  const t = translator(language);
  const subject = t("signing:moderationMail.subject");
  const { name, role, organisation, place } = shownOf(signature);
  const by = [name, role, organisation, place].filter(Boolean).join(", ");
  const blocks: MailBlock[] = [
    { kind: "paragraph", text: t("signing:moderationMail.intro", { by }) },
    { kind: "quote", text: signature.motivation ?? "" },
    { kind: "button", label: t("signing:moderationMail.button"), href },
    { kind: "paragraph", text: t("signing:moderationMail.until") },
  ];
  const mail = await composeMail({
    language,
    subject,
    siteName,
    heading: subject,
    blocks,
    footerLinks: [{ label: t("signing:thanksMail.signatories"), href: home }],
    reason: t("signing:moderationMail.reason", { site: siteName }),
  });
  return { subject, ...mail };
}

const baseUrl = "https://voorbeeld.example";
const siteName = "Wij, Publieke Veranderaars";

export const signatureMailPreviews: MailPreview[] = [
  {
    name: "signatures-thanks",
    render: (language) =>
      composeThanks({
        language,
        siteName,
        appearance: "name",
        waiting: true,
        code: "k7m2pq9x4w",
        baseUrl,
      }),
  },
  {
    name: "signatures-moderation",
    render: (language) =>
      composeModeration({
        language,
        siteName,
        signature: {
          appearance: "name",
          name: "Sam de Vries",
          role: "Adviseur",
          organisation: "Gemeente Voorbeeld",
          place: "Utrecht",
          motivation: "Omdat het kleiner kan beginnen dan we denken.",
        },
        href: `${baseUrl}${paths(language).moderateMotivation("x")}`,
        home: baseUrl + paths(language).signatories,
      }),
  },
];
