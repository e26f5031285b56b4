import type { Child, FC } from "hono/jsx";
import type { Language } from "../platform/i18n.ts";
import { Picture } from "./picture.tsx";

export type CardProps = {
  title: Child;
  href: string;
  headingLevel?: 2 | 3 | 4 | undefined;
  /** A short line above the title: a date, a kind. */
  meta?: Child | undefined;
  summary?: Child | undefined;
  image?: { src: string; alt: string; focal?: { x: number; y: number } | null | undefined } | undefined;
  /** The language of the texts where it differs from the page's. */
  lang?: Language | undefined;
  /** More below the summary: tags, numbers. */
  children?: Child | undefined;
};

/** A sheet in a list: the title is the link, and the whole sheet follows it for a mouse or finger. */
export const Card: FC<CardProps> = ({
  title,
  href,
  headingLevel = 3,
  meta,
  summary,
  image,
  lang,
  children,
}) => {
  const Heading = `h${headingLevel}` as "h3";
  return (
    <article class="card" lang={lang}>
      <div class="card__text">
        <Heading class="card__title">
          <a href={href}>{title}</a>
        </Heading>
        {summary && <p class="card__summary">{summary}</p>}
        {children && <div class="card__more">{children}</div>}
      </div>
      {meta && <p class="card__meta meta">{meta}</p>}
      {image && (
        <Picture class="card__image" src={image.src} alt={image.alt} focal={image.focal} use="card" />
      )}
    </article>
  );
};
