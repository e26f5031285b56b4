import type { Language } from "../../platform/i18n.ts";
import { isSlot } from "../../platform/mass-mail/slots.ts";
import { mailMarkdown } from "./markdown.ts";
import { fill, fixed, linkColour, pieces } from "./pieces.ts";
import { plainMail } from "./text.ts";

export type MailLink = { label: string; href: string };

/** One part of a mail. Texts are plain: whatever a visitor typed stays text. A line break is kept. */
export type MailBlock =
  | { kind: "paragraph"; text: string }
  /** The one next step of the mail. */
  | { kind: "button"; label: string; href: string }
  | { kind: "link"; label: string; href: string }
  /** What a visitor wrote. */
  | { kind: "quote"; text: string }
  | { kind: "list"; items: string[] }
  /** What an editor wrote, as Markdown; places on this site get `baseUrl` in front of them. */
  | { kind: "markdown"; text: string; baseUrl: string }
  /** A summary of something on the web. `src` is whole; an empty `alt` says that the picture only decorates. */
  | {
      kind: "card";
      title: CardWords;
      summary: CardWords;
      label: string;
      href: string;
      image?: MailPicture | undefined;
    }
  | { kind: "small"; text: string };

/** Words with the language that they are in, where it is not the mail's. */
export type CardWords = { text: string; language?: Language | undefined };
export type MailPicture = { src: string; alt: CardWords };

export type MailContent = {
  language: Language;
  subject: string;
  /** The site that writes: stands in the band at the top. */
  siteName: string;
  heading: string;
  /** What a mail program shows beside the subject in its list. */
  preheader?: string | undefined;
  blocks: MailBlock[];
  footerLinks: MailLink[];
  /** Why the reader gets this mail. */
  reason: string;
};

export type ComposedMail = { html: string; text: string };

/**
 * A mail for the page of all mails (development only): a feature's mail.tsx exports them, src/features.ts collects
 * them in `mailPreviews`. `name` in kebab case, unique, such as "newsletters-welcome".
 */
export type MailPreview = {
  name: string;
  render: (language: Language) => Promise<ComposedMail & { subject: string }>;
};

/**
 * A mail in the look of the site as HTML, and the same as plain text of 72 columns. It fetches nothing from
 * elsewhere: the compass rose is a data: image, which the mailer sends along as a part of the mail.
 */
export async function composeMail(content: MailContent): Promise<ComposedMail> {
  const values = {
    ...fixed,
    language: content.language,
    subject: escaped(content.subject),
    preheader: escaped(content.preheader ?? ""),
    siteName: escaped(content.siteName),
    heading: escaped(content.heading),
    reason: lines(content.reason),
    footerLinks: content.footerLinks.map(link).join("<br>"),
  };
  const blocks = content.blocks.map(renderBlock).join("");
  return {
    html: fill(pieces.before, values) + blocks + fill(pieces.after, values),
    text: plainMail(content),
  };
}

function renderBlock(block: MailBlock): string {
  const piece = pieces.blocks[block.kind];
  switch (block.kind) {
    case "markdown":
      return fill(piece, { html: mailMarkdown(block.text, block.baseUrl) });
    case "card": {
      const { title, summary, label, href, image } = block;
      const picture = image
        ? fill(pictureIn(image.alt), { src: escaped(image.src), alt: escaped(image.alt.text) })
        : "";
      const words = {
        title: wordsOf(title),
        summary: wordsOf(summary),
        label: escaped(label),
        href: escaped(href),
      };
      return mayLink(href) ? picture + fill(piece, words) : "";
    }
    case "paragraph":
    case "quote":
    case "small":
      return fill(piece, { text: lines(block.text) });
    case "list":
      return fill(piece, { items: block.items.map((item) => `<li>${lines(item)}</li>`).join("") });
    case "button":
    case "link":
      return mayLink(block.href)
        ? fill(piece, { href: escaped(block.href), label: escaped(block.label) })
        : fill(pieces.blocks.paragraph, { text: lines(`${block.label}: ${block.href}`) });
    default:
      return block satisfies never;
  }
}

/** The language of words that are in another than the mail's (WCAG 3.1.2). */
const wordsOf = ({ text, language }: CardWords) =>
  language ? `<span lang="${language}">${lines(text)}</span>` : lines(text);
const pictureIn = ({ language }: CardWords) =>
  language ? pieces.blocks.picture.replace("<img", `<img lang="${language}"`) : pieces.blocks.picture;

/** A link leads to the web or to a mail address, or is filled in per recipient; any other scheme is shown as text. */
const mayLink = (href: string) => /^(https?:\/\/|mailto:)/i.test(href) || isSlot(href);

const link = ({ label, href }: MailLink) =>
  mayLink(href)
    ? `<a href="${escaped(href)}" style="color:${linkColour};">${escaped(label)}</a>`
    : escaped(`${label}: ${href}`);

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character]!);
const lines = (text: string) =>
  escaped(text)
    .split(/\r\n|\r|\n/)
    .join("<br>");
