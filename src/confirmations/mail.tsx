import { paths } from "../paths.ts";
import { mineLink } from "../people/components.tsx";
import type { Ctx } from "../platform/context.ts";
import { type Language, listFormats, translator } from "../platform/i18n.ts";
import type { Mail } from "../platform/mailer.ts";
import { composeMail, type MailBlock, type MailPreview } from "../ui/mail/compose.ts";
import { type ActKinds, actInWords, readAct } from "./acts.ts";
import type { OpenConfirmation } from "./queries.ts";

type Moment = "first" | "reminder";

/**
 * The one mail about what waits under an address, or the reminder of it. What the address did before is told, with how
 * to manage it, and there is nothing to confirm about it: `settled` has the ids of those acts.
 */
export async function confirmationMail(
  ctx: Ctx,
  kinds: ActKinds,
  { id, email, acts: waiting, newest }: OpenConfirmation,
  moment: Moment,
): Promise<{ mail: Omit<Mail, "id">; settled: string[] }> {
  const { language, origin } = newest;
  const acts = await Promise.all(
    waiting.map(async (act) => {
      const { kind, payload } = readAct(kinds, act);
      const known = (await kind.already?.(ctx, payload, email, language, origin)) ?? null;
      return { act, known, text: await kind.describe(ctx, payload, language) };
    }),
  );
  const known = acts.flatMap((one) => one.known ?? []);
  const open = acts.filter((one) => !one.known).map(({ act, text }) => ({ text, at: act.created_at }));
  const token = ctx.keys.token("confirmation", id);
  const sites = [...new Set(waiting.map((act) => act.site_name))];
  const shared = { language, sites, origin, baseUrl: ctx.config.baseUrl, known };
  const composed =
    open.length > 0
      ? await composeConfirmation({ ...shared, acts: open, token, moment })
      : await composeAlready(shared);
  const settled = acts.filter((one) => one.known).map(({ act }) => act.id);
  return { mail: { to: email, fromName: newest.site_name, ...composed }, settled };
}

/** `sites`: where the forms stood, the newest last; `origin`: of that one; `baseUrl`: of the movement's. */
type Shared = { language: Language; sites: string[]; origin: string; baseUrl: string; known: Known[] };
type ToConfirm = Shared & { acts: { text: string; at: Date }[]; token: string; moment: Moment };

async function composeConfirmation({ acts, token, moment, ...shared }: ToConfirm) {
  const { language, origin, known } = shared;
  const t = translator(language);
  const to = paths(language);
  const again = moment === "reminder";
  const several = acts.length > 1;
  const subject = t(again ? "confirmations:mail.subjectReminder" : "confirmations:mail.subject");
  const intro = t(again ? "confirmations:mail.introReminder" : "confirmations:mail.intro", {
    site: sitesInWords(shared),
  });
  const blocks: MailBlock[] = [
    { kind: "paragraph", text: intro },
    { kind: "list", items: acts.map((act) => actInWords(t, act, language)) },
    {
      kind: "button",
      label: t(several ? "confirmations:mail.choose" : "confirmations:mail.confirm"),
      href: origin + to.confirm(token),
    },
    ...(several ? [{ kind: "paragraph" as const, text: t("confirmations:mail.chooseText") }] : []),
    { kind: "paragraph", text: t(again ? "confirmations:mail.last" : "confirmations:mail.nothing") },
    ...(known.length > 0
      ? [{ kind: "paragraph" as const, text: t("confirmations:mail.alsoAlready") }, ...knownBlocks(known)]
      : []),
    { kind: "small", text: t("confirmations:mail.notMeText") },
    { kind: "link", label: t("confirmations:mail.notMe"), href: origin + to.reject(token) },
  ];
  const mail = await composeMail({
    ...framed(shared),
    subject,
    heading: t(again ? "confirmations:mail.headingReminder" : "confirmations:mail.heading"),
    preheader: t(several ? "confirmations:mail.preheaderSeveral" : "confirmations:mail.preheader"),
    blocks,
  });
  return { subject, ...mail };
}

type Known = { text: string; manage: { label: string; href: string } };

const knownBlocks = (known: Known[]): MailBlock[] =>
  known.flatMap(({ text, manage }): MailBlock[] => [
    { kind: "paragraph", text },
    { kind: "link", ...manage },
  ]);

async function composeAlready(shared: Shared) {
  const t = translator(shared.language);
  const subject = t("confirmations:mail.subjectAlready");
  const blocks: MailBlock[] = [
    { kind: "paragraph", text: t("confirmations:mail.introAlready", { site: sitesInWords(shared) }) },
    ...knownBlocks(shared.known),
  ];
  const heading = t("confirmations:mail.headingAlready");
  return { subject, ...(await composeMail({ ...framed(shared), subject, heading, blocks })) };
}

/** The sites of the forms: "Agenda Stad en Op pad met de CXO". */
const sitesInWords = ({ sites, language }: Pick<Shared, "sites" | "language">): string =>
  listFormats[language].format(sites);

function framed(shared: Shared) {
  const { language, sites, origin, baseUrl } = shared;
  const t = translator(language);
  return {
    language,
    siteName: sites.at(-1) ?? "",
    reason: t("confirmations:mail.reason", { site: sitesInWords(shared) }),
    footerLinks: [
      { label: t("confirmations:mail.privacy"), href: origin + paths(language).privacy },
      mineLink(language, baseUrl),
    ],
  };
}

const sample = (language: Language): Shared => ({
  language,
  sites: ["Op pad met de CXO"],
  origin: "https://voorbeeld.example",
  baseUrl: "https://voorbeeld.example",
  known: [],
});
const newsletter = "Op pad met de CXO";
const sampleActs = (language: Language) => {
  const t = translator(language);
  return [
    { text: t("newsletters:act", { newsletter }), at: new Date("2026-03-02T13:03:00Z") },
    { text: t("contact:act.idea", { to: newsletter }), at: new Date("2026-03-02T13:41:00Z") },
    { text: t("signing:act.name"), at: new Date("2026-03-02T18:20:00Z") },
  ];
};
const sampleKnown = (language: Language): Known => {
  const t = translator(language);
  const href = "https://voorbeeld.example/afmelden/x";
  return {
    text: t("newsletters:already", { newsletter }),
    manage: { label: t("newsletters:welcome.unsubscribe"), href },
  };
};
const token = "0123456789abcdef0123456789abcdefAAAAAAAAAAAAAAAAAAAAAA";

export const confirmationMailPreviews: MailPreview[] = [
  ...(["first", "reminder"] as const).flatMap((moment) => [
    {
      name: `confirmations-${moment}`,
      render: (language: Language) =>
        composeConfirmation({
          ...{ ...sample(language), acts: sampleActs(language).slice(0, 1), token, moment },
        }),
    },
    {
      name: `confirmations-${moment}-several`,
      render: (language: Language) =>
        composeConfirmation({ ...sample(language), acts: sampleActs(language), token, moment }),
    },
  ]),
  {
    name: "confirmations-already",
    render: (language) => composeAlready({ ...sample(language), known: [sampleKnown(language)] }),
  },
  {
    name: "confirmations-one-already",
    render: (language) =>
      composeConfirmation({
        ...{ ...sample(language), known: [sampleKnown(language)], token, moment: "first" },
        acts: sampleActs(language).slice(1, 2),
      }),
  },
];
