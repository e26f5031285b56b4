import { greetingOf, newsletterSite } from "../newsletters/operations.ts";
import { paths } from "../paths.ts";
import type { Ctx } from "../platform/context.ts";
import type { Language } from "../platform/i18n.ts";
import { divide, escapeHtml, fillIn, valueFor } from "../platform/mass-mail/slots.ts";
import { type ComposedLetter, composeLetters } from "./letter.ts";
import { wholeOf } from "./operations.ts";
import type { Edition } from "./queries.ts";

type Filled = Pick<ComposedLetter, "language" | "subject" | "html" | "text">;

/** A letter with links that work and end nothing, for who looks at it before it goes out. */
function filledIn(
  letter: ComposedLetter,
  links: ReturnType<typeof harmlessLinks>,
  reader: string | null,
): Filled {
  const values = { greeting: greetingOf(reader, letter.language), ...links };
  const plain = (name: string) => valueFor(values, name);
  return {
    language: letter.language,
    subject: fillIn(divide(letter.subject), plain),
    html: fillIn(divide(letter.html), (name) => escapeHtml(plain(name))),
    text: fillIn(divide(letter.text), plain),
  };
}

/** What stands in the places of a reader's own links: pages of the site. */
function harmlessLinks(ctx: Ctx, { island, host }: Pick<Edition, "island" | "host">, language: Language) {
  const site = newsletterSite(ctx, { slug: island, host }, language);
  const newsletter = site.origin + site.newsletter;
  const mine = ctx.config.baseUrl + paths(language).mine;
  return { archive: newsletter, unsubscribe: newsletter, preferences: mine };
}

/** An edition's mails as they are now, to be looked at, as somebody of this name gets them. */
export async function previewLetters(ctx: Ctx, edition: Edition, reader: string | null): Promise<Filled[]> {
  const letters = await composeLetters(ctx, edition, wholeOf(edition));
  return letters.map((letter) => filledIn(letter, harmlessLinks(ctx, edition, letter.language), reader));
}

export const schemes = ["light", "dark"] as const;
export type Scheme = (typeof schemes)[number];

/** A mail as a program in this colour scheme shows it, whatever the browser itself is set to. */
export const inScheme = (html: string, scheme: Scheme): string =>
  html
    .replaceAll("@media (prefers-color-scheme: dark)", scheme === "dark" ? "@media all" : "@media not all")
    .replaceAll("color-scheme: light dark", `color-scheme: ${scheme}`)
    .replaceAll('content="light dark"', `content="${scheme}"`);

/** Scheme and host of every place that a mail's pictures may come from. */
export function pictureOrigins(ctx: Ctx, { island, host }: Pick<Edition, "island" | "host">): string[] {
  const { origin } = newsletterSite(ctx, { slug: island, host }, "nl");
  return [...new Set([new URL(ctx.config.baseUrl).origin, origin])];
}
