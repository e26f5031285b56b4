import { paths } from "../paths.ts";
import { type Language, translator } from "../platform/i18n.ts";

/** The link under every mail to a visitor: what is kept about its reader. `baseUrl`: of the movement's site. */
export const mineLink = (language: Language, baseUrl: string) => ({
  label: translator(language)("mine:mailLink"),
  href: baseUrl + paths(language).mine,
});
