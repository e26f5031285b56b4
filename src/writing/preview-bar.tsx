import type { Translate } from "../platform/i18n.ts";

/** Above a preview: that it is one, until when it can be seen (`date`), and the way back to writing. */
export const PreviewBar = ({ t, edit, date }: { t: Translate; edit: string; date: string }) => (
  <aside class="preview-bar" aria-label={t("writing:previewBar.label")}>
    <p>
      {t("writing:previewBar.text")} {t("writing:previewBar.until", { date })}
    </p>
    <a href={edit}>{t("writing:previewBar.back")}</a>
  </aside>
);
