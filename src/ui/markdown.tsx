import { raw } from "hono/html";
import { createContext, type FC, useContext } from "hono/jsx";
import { defaultLanguage, type Language, translator } from "../platform/i18n.ts";
import { renderMarkdown, type Video } from "./markdown-html.ts";

export { imagesElsewhere, plainText, renderMarkdown } from "./markdown-html.ts";

/** The language of the page around a text: that of the words which stand for a video. */
export const PageLanguage = createContext<Language>(defaultLanguage);

/**
 * What stands for a video: its title and a link to the site that has it, nothing that asks that site for anything
 * before a visitor wants it (no embed, no picture from there).
 */
const VideoFigure: FC<{ video: Video; language: Language }> = ({
  video: { href, title, host },
  language,
}) => {
  const t = translator(language);
  return (
    <figure class="video">
      <svg class="video__sign" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
        <circle cx="24" cy="24" r="22" fill="none" stroke="currentColor" stroke-width="2" />
        <circle cx="24" cy="24" r="18" fill="none" stroke="currentColor" stroke-width="1" />
        <path d="M19.5 15.5v17l14-8.5z" fill="currentColor" />
      </svg>
      <figcaption>
        <a class="nl-link video__title" href={href} rel="noopener">
          <span class="visually-hidden">{t("editor:video.video")} </span>
          {title}
        </a>
        <span class="video__note">{t("editor:video.note", { host })}</span>
      </figcaption>
    </figure>
  );
};

type MarkdownProps = { text: string; language?: Language | undefined; headingLevel?: number | undefined };

/** Running text written by editors. `language` where it differs from the page's. */
export const Markdown: FC<MarkdownProps> = ({ text, language, headingLevel }) => {
  const ofPage = useContext(PageLanguage);
  const showVideo = (video: Video) => String(<VideoFigure video={video} language={language ?? ofPage} />);
  return (
    <div class="prose" lang={language}>
      {raw(renderMarkdown(text, headingLevel, showVideo))}
    </div>
  );
};
