import { newsletterSite } from "../newsletters/operations.ts";
import { mineLink } from "../people/components.tsx";
import type { Ctx } from "../platform/context.ts";
import { type Language, translator } from "../platform/i18n.ts";
import { type Localized, pick } from "../platform/localized.ts";
import { slot, withoutSlots } from "../platform/mass-mail/slots.ts";
import { type CardWords, composeMail, type MailBlock } from "../ui/mail/compose.ts";
import { pictureForMail } from "../ui/mail/pictures.ts";
import { languagesOf } from "./archive-words.ts";
import { type Block, type Edition, listBlocks } from "./queries.ts";
import type { EditionContent } from "./table.ts";

export type ComposedLetter = {
  language: Language;
  subject: string;
  preheader: string;
  html: string;
  text: string;
};

export { languagesOf };

type Letter = {
  language: Language;
  content: EditionContent;
  blocks: Block[];
  /** The newsletter's name, and the site that it belongs to. */
  newsletter: string;
  siteName: string;
  /** Scheme and host of that site, which places on it are completed with. */
  origin: string;
  /** Of the movement's site. */
  baseUrl: string;
  /** Where an update is found on the web. */
  updateHref: (block: Block) => string;
};

/** The mail of an edition in one language, its slots open: nothing in what somebody wrote is taken for one. */
export async function composeLetter(letter: Letter): Promise<ComposedLetter> {
  const { language, content, blocks, newsletter, siteName, origin, baseUrl, updateHref } = letter;
  const t = translator(language);
  const own = (text: string | undefined) => withoutSlots(text ?? "");
  const subject = own(content.subject[language]);
  const preheader = own(content.preheader[language]);
  const running = (text: string | undefined): MailBlock[] =>
    text?.trim() ? [{ kind: "markdown", text: own(text), baseUrl: origin }] : [];
  const mail = await composeMail({
    ...{ language, subject, preheader, siteName: own(siteName), heading: subject },
    blocks: [
      ...(content.greeting ? [{ kind: "paragraph" as const, text: slot("greeting") }] : []),
      ...running(content.intro[language]),
      ...blocks.map((block) => cardOf(block, language, origin, updateHref(block), t("editions:letter.read"))),
      ...running(content.closing[language]),
    ],
    footerLinks: [
      { label: t("editions:letter.archive"), href: slot("archive") },
      { label: t("editions:letter.preferences"), href: slot("preferences") },
      { label: t("editions:letter.unsubscribe"), href: slot("unsubscribe") },
      mineLink(language, baseUrl),
    ],
    reason: t("editions:letter.reason", { newsletter: own(newsletter) }),
  });
  return { language, subject, preheader, ...mail };
}

function cardOf(block: Block, language: Language, origin: string, href: string, label: string): MailBlock {
  const own = (text: Localized): CardWords => {
    const found = pick(text, language);
    return {
      text: withoutSlots(found.text),
      language: found.language === language ? undefined : found.language,
    };
  };
  const picture = block.image ? pictureForMail(`/media/${block.image}`) : null;
  return {
    kind: "card",
    title: own(block.title),
    summary: own(block.summary),
    label,
    href,
    image: picture
      ? { src: origin + picture.src, alt: block.image_alt ? own(block.image_alt) : { text: "" } }
      : undefined,
  };
}

/** The mails of an edition as it is now, one for each language that it is written in; `shown`: its blocks, where known. */
export async function composeLetters(
  ctx: Ctx,
  edition: Pick<Edition, "newsletter" | "initiative" | "island" | "host">,
  content: EditionContent,
  shown?: Block[],
): Promise<ComposedLetter[]> {
  const blocks = shown ?? (await listBlocks(ctx, content));
  return Promise.all(
    languagesOf(content).map((language) => {
      const site = newsletterSite(ctx, { slug: edition.island, host: edition.host }, language);
      return composeLetter({
        ...{ language, content, blocks, origin: site.origin, baseUrl: ctx.config.baseUrl },
        newsletter: pick(edition.newsletter, language).text,
        siteName: pick(edition.initiative ?? edition.newsletter, language).text,
        updateHref: (block) => {
          const island = newsletterSite(ctx, { slug: block.island, host: block.host }, language);
          return `${island.origin}${island.updates}/${block.slug}`;
        },
      });
    }),
  );
}
