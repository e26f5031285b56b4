import { paths } from "../paths.ts";
import { mineLink } from "../people/components.tsx";
import type { Ctx } from "../platform/context.ts";
import { type Language, translator } from "../platform/i18n.ts";
import type { Mail } from "../platform/mailer.ts";
import { composeMail, type MailBlock, type MailPreview } from "../ui/mail/compose.ts";
import { type ActKinds, readAct } from "./acts.ts";
import type { OpenConfirmation } from "./queries.ts";

type Moment = "first" | "reminder";

/**
 * The one mail of a form, or its reminder. Where the address did everything before, the mail says so and how to
 * manage it, with nothing to confirm (`settled`).
 */
export async function confirmationMail(
  ctx: Ctx,
  kinds: ActKinds,
  row: OpenConfirmation,
  moment: Moment,
): Promise<{ mail: Omit<Mail, "id">; settled: boolean }> {
  const { language, email, origin, site_name: siteName } = row;
  const acts = row.acts.map((waiting) => readAct(kinds, waiting));
  const already = await Promise.all(
    acts.map(({ kind, payload }) => kind.already?.(ctx, payload, email, language, origin) ?? null),
  );
  const known = already.filter((one) => one !== null);
  const settled = known.length === acts.length;
  const descriptions = await Promise.all(
    acts.map(({ kind, payload }) => kind.describe(ctx, payload, language)),
  );
  const token = ctx.keys.token("confirmation", row.id);
  const shared = { language, siteName, origin, baseUrl: ctx.config.baseUrl };
  const composed = settled
    ? await composeAlready({ ...shared, known })
    : await composeConfirmation({ ...shared, acts: descriptions, token, moment });
  return { mail: { to: email, fromName: siteName, ...composed }, settled };
}

/** `origin`: of the site with the form; `baseUrl`: of the movement's. */
type Shared = { language: Language; siteName: string; origin: string; baseUrl: string };
type ToConfirm = Shared & { acts: string[]; token: string; moment: Moment };

async function composeConfirmation({ acts, token, moment, ...shared }: ToConfirm) {
  const { language, siteName, origin } = shared;
  const t = translator(language);
  const to = paths(language);
  const again = moment === "reminder";
  const subject = t(again ? "confirmations:mail.subjectReminder" : "confirmations:mail.subject");
  const intro = t(again ? "confirmations:mail.introReminder" : "confirmations:mail.intro", {
    site: siteName,
  });
  const blocks: MailBlock[] = [
    { kind: "paragraph", text: intro },
    { kind: "list", items: acts },
    { kind: "button", label: t("confirmations:mail.confirm"), href: origin + to.confirm(token) },
    { kind: "paragraph", text: t(again ? "confirmations:mail.last" : "confirmations:mail.nothing") },
    { kind: "small", text: t("confirmations:mail.notMeText") },
    { kind: "link", label: t("confirmations:mail.notMe"), href: origin + to.reject(token) },
  ];
  const mail = await composeMail({
    ...framed(shared),
    subject,
    heading: t(again ? "confirmations:mail.headingReminder" : "confirmations:mail.heading"),
    preheader: t("confirmations:mail.preheader"),
    blocks,
  });
  return { subject, ...mail };
}

type Known = { text: string; manage: { label: string; href: string } };

async function composeAlready({ known, ...shared }: Shared & { known: Known[] }) {
  const t = translator(shared.language);
  const subject = t("confirmations:mail.subjectAlready");
  const blocks: MailBlock[] = [
    { kind: "paragraph", text: t("confirmations:mail.introAlready", { site: shared.siteName }) },
    ...known.flatMap(({ text, manage }): MailBlock[] => [
      { kind: "paragraph", text },
      { kind: "link", ...manage },
    ]),
  ];
  const heading = t("confirmations:mail.headingAlready");
  return { subject, ...(await composeMail({ ...framed(shared), subject, heading, blocks })) };
}

function framed({ language, siteName, origin, baseUrl }: Shared) {
  const t = translator(language);
  return {
    language,
    siteName,
    reason: t("confirmations:mail.reason", { site: siteName }),
    footerLinks: [
      { label: t("confirmations:mail.privacy"), href: origin + paths(language).privacy },
      mineLink(language, baseUrl),
    ],
  };
}

const sample = (language: Language): Shared => ({
  language,
  siteName: "Op pad met de CXO",
  origin: "https://voorbeeld.example",
  baseUrl: "https://voorbeeld.example",
});
const sampleAct = (language: Language) =>
  translator(language)("newsletters:act", { newsletter: "Op pad met de CXO" });
const token = "0123456789abcdef0123456789abcdefAAAAAAAAAAAAAAAAAAAAAA";

export const confirmationMailPreviews: MailPreview[] = [
  ...(["first", "reminder"] as const).map((moment) => ({
    name: `confirmations-${moment}`,
    render: (language: Language) =>
      composeConfirmation({ ...sample(language), acts: [sampleAct(language)], token, moment }),
  })),
  {
    name: "confirmations-already",
    render: (language) => {
      const t = translator(language);
      const text = t("newsletters:already", { newsletter: "Op pad met de CXO" });
      const manage = {
        label: t("newsletters:welcome.unsubscribe"),
        href: "https://voorbeeld.example/afmelden/x",
      };
      return composeAlready({ ...sample(language), known: [{ text, manage }] });
    },
  },
];
