import { countAudience } from "../deliveries/queries.ts";
import type { Ctx } from "../platform/context.ts";
import { type Language, languages } from "../platform/i18n.ts";
import type { Edition } from "./queries.ts";

/** How many an edition would go to at this moment. */
export type Audience = {
  all: number;
  /** Of them, who gets nothing because their address refuses mail. */
  suppressed: number;
  languages: { language: Language; count: number }[];
};

/** Counts an edition's audience beforehand, and how many of it read each language. */
export async function audienceOf(
  ctx: Ctx,
  { newsletter_id, segment }: Pick<Edition, "newsletter_id" | "segment">,
): Promise<Audience> {
  const counted = await countAudience(ctx, newsletter_id, segment);
  return {
    all: counted.audience,
    suppressed: counted.suppressed,
    languages: languages
      .filter((language) => !segment.language || segment.language === language)
      .map((language) => ({ language, count: counted.languages.get(language) ?? 0 })),
  };
}
