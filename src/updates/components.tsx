import type { FC } from "hono/jsx";
import { technical } from "../paths.ts";
import { dateInWords, type Language } from "../platform/i18n.ts";
import { Card } from "../ui/card.tsx";
import { Text } from "../ui/text.tsx";
import { islandPaths, type Visit } from "../visit.tsx";
import type { UpdateSummary } from "./queries.ts";

/** A day in words, readable for programs too. */
export const Day: FC<{ date: Date; language: Language }> = ({ date, language }) => (
  <time datetime={date.toISOString()}>{dateInWords(date, language)}</time>
);

type UpdateCardProps = {
  visit: Visit;
  update: UpdateSummary;
  headingLevel?: 2 | 3 | 4 | undefined;
  /** Says whose update it is: for lists of several islands. */
  withIsland?: boolean | undefined;
};

/** An update in a list. Its picture says nothing that the title doesn't, so that it has no text of its own here. */
export const UpdateCard: FC<UpdateCardProps> = ({ visit, update, headingLevel, withIsland }) => {
  const { here, language } = visit;
  return (
    <Card
      title={<Text value={update.title} language={language} />}
      href={islandPaths(here, update.islandSlug, language).update(update.slug)}
      headingLevel={headingLevel}
      meta={
        <>
          <Day date={update.publishedAt} language={language} />
          {withIsland && (
            <>
              {" · "}
              <Text value={update.islandName} language={language} />
            </>
          )}
        </>
      }
      summary={<Text value={update.summary} language={language} />}
      image={
        update.image ? { src: technical.media(update.image), alt: "", focal: update.imageFocal } : undefined
      }
    />
  );
};
