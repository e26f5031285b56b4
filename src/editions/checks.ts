import type { Ctx } from "../platform/context.ts";
import { type Language, languages } from "../platform/i18n.ts";
import { imagesAsParts } from "../platform/mailer.ts";
import { isSlot, slot } from "../platform/mass-mail/slots.ts";
import { imagesElsewhere } from "../ui/markdown.tsx";
import type { Audience } from "./audience.ts";
import { type ComposedLetter, composeLetters, languagesOf } from "./letter.ts";
import type { LinkReport } from "./links.ts";
import { type Block, type Edition, listBlocks } from "./queries.ts";
import type { EditionContent } from "./table.ts";

/** What a look at an edition found. "stop": it cannot be sent so; "warn": it can, and somebody should know. */
export type Finding = {
  level: "good" | "warn" | "stop";
  /** The name of its text. */
  text: string;
  values?: Record<string, string | number>;
  language?: Language;
};

/** Longer than this, most mail programs cut a subject on a phone; and on a computer. In characters. */
const goodSubject = 60;
const longSubject = 78;
/** Gmail cuts a mail off behind this, in bytes of its HTML: with it the link to unsubscribe. */
const gmailClip = 102 * 1024;

type Looked = {
  content: EditionContent;
  letters: ComposedLetter[];
  blocks: Block[];
  audience: Audience;
};

/** Everything that is looked at before sending, but for the links, which takes the network. */
export function findingsOf(looked: Looked): Finding[] {
  const { content, letters, audience } = looked;
  if (letters.length === 0) return [{ level: "stop", text: "empty" }, ...audienceFindings(looked)];
  return [
    ...letters.flatMap((letter) => letterFindings(letter)),
    ...halfLanguages(content),
    ...blockFindings(looked),
    ...imageFindings(letters),
    ...elsewhereFindings(content),
    ...audienceFindings({ letters, audience }),
  ];
}

export const stopsIn = (findings: Finding[]): Finding[] => findings.filter(({ level }) => level === "stop");

function letterFindings({ language, subject, preheader, html, text }: ComposedLetter): Finding[] {
  const count = [...subject].length;
  const size = Buffer.byteLength(imagesAsParts(html, "localhost").html);
  const kilobytes = Math.ceil(size / 1024);
  const out = slot("unsubscribe");
  return [
    count > longSubject
      ? { level: "warn", text: "subjectLong", values: { count }, language }
      : {
          level: "good",
          text: count > goodSubject ? "subjectRather" : "subjectGood",
          values: { count },
          language,
        },
    preheader.trim()
      ? { level: "good", text: "preheaderGood", language }
      : { level: "warn", text: "preheaderMissing", language },
    html.includes(out) && text.includes(out)
      ? { level: "good", text: "unsubscribeGood", language }
      : { level: "stop", text: "unsubscribeMissing", language },
    size > gmailClip
      ? { level: "warn", text: "sizeLarge", values: { kilobytes }, language }
      : { level: "good", text: "sizeGood", values: { kilobytes }, language },
  ];
}

/** A language with a subject and no text, or the other way round, is not sent: probably not what was meant. */
function halfLanguages(content: EditionContent): Finding[] {
  const whole = languagesOf(content);
  const begun = (["nl", "en"] as const).filter(
    (one) => content.subject[one]?.trim() || content.intro[one]?.trim() || content.closing[one]?.trim(),
  );
  return begun
    .filter((language) => !whole.includes(language))
    .map((language) => ({ level: "warn", text: "halfLanguage", language }));
}

function blockFindings({ content, blocks }: Looked): Finding[] {
  const gone = content.blocks.filter(
    ({ update }) => update && !blocks.some(({ id }) => id === update),
  ).length;
  const open = content.blocks.filter(({ update }) => !update).length;
  return [
    ...(gone > 0 ? [{ level: "warn" as const, text: "blocksGone", values: { count: gone } }] : []),
    ...(open > 0 ? [{ level: "warn" as const, text: "blocksOpen", values: { count: open } }] : []),
  ];
}

const looksLikeFile = /^(?:(?:img|dsc|image|foto|scan)[-_ ]?\d+|.+\.(?:jpe?g|png|gif|webp|avif))$/i;

/** Pictures: whether each says what it shows, or was said to be decoration (an empty text is a choice, in the editor). */
function imageFindings(letters: ComposedLetter[]): Finding[] {
  const images = letters.flatMap(({ html }) => imagesIn(html)).filter(({ src }) => !src.startsWith("data:"));
  if (images.length === 0) return [];
  const count = (fits: (alt: string) => boolean) =>
    new Set(images.filter(({ alt }) => fits(alt)).map(({ src }) => src)).size;
  const bad = count((alt) => looksLikeFile.test(alt.trim()));
  const decorative = count((alt) => alt === "");
  return [
    bad > 0
      ? { level: "warn", text: "altMissing", values: { count: bad } }
      : { level: "good", text: "altGood" },
    ...(decorative > 0
      ? [{ level: "good" as const, text: "decorative", values: { count: decorative } }]
      : []),
  ];
}

/** So many addresses are named, the first of each. */
const mostNamed = 5;

/** Images from elsewhere go along in no letter: which those are. */
function elsewhereFindings({ intro, closing }: EditionContent): Finding[] {
  const texts = languages.flatMap((language) => [intro[language] ?? "", closing[language] ?? ""]);
  const found = [...new Set(texts.flatMap(imagesElsewhere))];
  if (found.length === 0) return [];
  const names = found.slice(0, mostNamed).map((src) => (src.length > 100 ? `${src.slice(0, 99)}…` : src));
  const values = { count: found.length, names: names.join(" ") + (found.length > mostNamed ? " …" : "") };
  return [{ level: "warn", text: "imagesElsewhere", values }];
}

function imagesIn(html: string): { src: string; alt: string }[] {
  return [...html.matchAll(/<img\b[^>]*>/gi)].map(([tag]) => ({
    src: /\ssrc="([^"]*)"/i.exec(tag)?.[1] ?? "",
    alt: /\salt="([^"]*)"/i.exec(tag)?.[1] ?? "",
  }));
}

/** Who gets it, and in which language those get it whose own there is none of. */
function audienceFindings({ letters, audience }: Pick<Looked, "letters" | "audience">): Finding[] {
  const reached = audience.all - audience.suppressed;
  if (reached === 0) return [{ level: "stop", text: audience.all === 0 ? "nobody" : "nobodyReached" }];
  const written = letters.map(({ language }) => language);
  const instead = written[0];
  return [
    { level: "good", text: "audience", values: { count: reached } },
    ...audience.languages
      .filter(({ language, count }) => count > 0 && instead && !written.includes(language))
      .map(({ language, count }) => ({
        level: "warn" as const,
        text: `instead.${instead}`,
        values: { count },
        language,
      })),
  ];
}

/** Whether the links were looked at, and work; none of it stops an edition. */
export function linkFindings(letters: ComposedLetter[], report: LinkReport | null): Finding[] {
  if (linksIn(letters).length === 0) return [];
  if (!report) return [{ level: "warn", text: "linksUnseen" }];
  const { looked, dead, unknown } = report;
  if (dead.length === 0 && unknown === 0)
    return [{ level: "good", text: "linksGood", values: { count: looked } }];
  return [
    ...(dead.length > 0
      ? [{ level: "warn" as const, text: "linksDead", values: { count: dead.length } }]
      : []),
    ...(unknown > 0 ? [{ level: "warn" as const, text: "linksUnknown", values: { count: unknown } }] : []),
  ];
}

/** The addresses on the web that the letters lead to, each once. */
export function linksIn(letters: Pick<ComposedLetter, "html">[]): string[] {
  const found = letters.flatMap(({ html }) =>
    [...html.matchAll(/\shref="([^"]*)"/gi)].map(([, href = ""]) => href.replaceAll("&amp;", "&")),
  );
  return [...new Set(found)].filter((href) => /^https?:\/\//i.test(href) && !isSlot(href));
}

/** An edition as it is now, composed and looked at. */
export async function lookAt(ctx: Ctx, edition: Edition, content: EditionContent, audience: Audience) {
  const blocks = await listBlocks(ctx, content);
  const letters = await composeLetters(ctx, edition, content, blocks);
  return { letters, findings: findingsOf({ content, letters, blocks, audience }) };
}
