import type { Translate } from "../platform/i18n.ts";

/** Above a preview: that it is one, and the way back to writing. */
export const PreviewBar = ({ t, edit }: { t: Translate; edit: string }) => (
  <aside class="preview-bar" aria-label={t("writing:previewBar.label")}>
    <p>{t("writing:previewBar.text")}</p>
    <a href={edit}>{t("writing:previewBar.back")}</a>
  </aside>
);
