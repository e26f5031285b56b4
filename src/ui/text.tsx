import type { FC } from "hono/jsx";
import type { Language, Translate } from "../platform/i18n.ts";
import { type Localized, pick } from "../platform/localized.ts";
import { Markdown } from "./markdown.tsx";

/** A content text for a reader of `language`; a text shown in another language says which (WCAG 3.1.2). */
export const Text: FC<{ value: Localized; language: Language }> = ({ value, language }) => {
  const picked = pick(value, language);
  return picked.language === language ? picked.text : <span lang={picked.language}>{picked.text}</span>;
};

/** Whether a reader of `language` gets this text in another language. */
export const isUntranslated = (value: Localized, language: Language): boolean =>
  pick(value, language).language !== language;

/** The line above a text that exists in Dutch only. */
export const Untranslated: FC<{ t: Translate }> = ({ t }) => (
  <p class="untranslated">{t("ui:untranslated")}</p>
);

type RunningTextProps = { value: Localized; language: Language; headingLevel?: number | undefined };

/** A Markdown content text for a reader of `language`; in another language where no translation exists. */
export const RunningText: FC<RunningTextProps> = ({ value, language, headingLevel }) => {
  const picked = pick(value, language);
  const foreign = picked.language === language ? undefined : picked.language;
  return <Markdown text={picked.text} language={foreign} headingLevel={headingLevel} />;
};
