import { DeskPage } from "../accounts/components.tsx";
import type { DeskVisit } from "../accounts/operations.ts";
import { frameSandbox } from "../mailbox/operations.ts";
import type { Language } from "../platform/i18n.ts";
import { FilterRow } from "../ui/filter-row.tsx";
import type { previewLetters, Scheme } from "./preview.ts";
import { schemes } from "./preview.ts";
import type { Edition } from "./queries.ts";
import { wayToEdition } from "./way.ts";

type Letters = Awaited<ReturnType<typeof previewLetters>>;
type Props = {
  visit: DeskVisit;
  edition: Edition;
  letters: Letters;
  shown: Letters[number] | undefined;
  scheme: Scheme;
};

/** An edition as it arrives: on a phone, on a computer, by day and by night, and as plain text. */
export function PreviewPage({ visit, edition, letters, shown, scheme }: Props) {
  const { t, desk } = visit;
  const title = t("editions:preview.title");
  const here = desk.part("editions", edition.id, "preview");
  const query = (language: Language, scheme: Scheme) =>
    `?${new URLSearchParams({ taal: language, beeld: scheme })}`;
  return (
    <DeskPage
      visit={visit}
      section="newsletters"
      title={title}
      at={(to) => to.part("editions", edition.id, "preview")}
      breadcrumbs={wayToEdition(visit, edition, title)}
      lead={t("editions:preview.lead")}
    >
      {!shown && <p>{t("editions:says.nothing")}</p>}
      {shown && (
        <>
          <nav class="filters" aria-label={t("editions:preview.choose")}>
            {letters.length > 1 && (
              <Choice
                label={t("editions:preview.language")}
                options={letters.map(({ language }) => ({
                  label: t(`writing:language.${language}`),
                  href: here + query(language, scheme),
                  chosen: language === shown.language,
                }))}
              />
            )}
            <Choice
              label={t("editions:preview.scheme")}
              options={schemes.map((one) => ({
                label: t(`editions:preview.${one}`),
                href: here + query(shown.language, one),
                chosen: one === scheme,
              }))}
            />
          </nav>
          <p class="edition-subject" lang={shown.language}>
            <span class="meta">{t("editions:preview.subject")}</span> {shown.subject}
          </p>
          <div class="edition-frames">
            {(["phone", "desktop"] as const).map((device) => (
              <section class={`edition-frames__${device}`} aria-labelledby={device}>
                <h2 id={device}>{t(`editions:preview.${device}`)}</h2>
                <div class="edition-frames__box" tabindex={0}>
                  <iframe
                    class={`edition-frame edition-frame--${device}`}
                    src={desk.part("editions", edition.id, "html") + query(shown.language, scheme)}
                    title={t(`editions:preview.frame.${device}`)}
                    sandbox={frameSandbox}
                    loading="lazy"
                  ></iframe>
                </div>
              </section>
            ))}
          </div>
          <section class="desk-section" aria-labelledby="als-tekst">
            <h2 id="als-tekst">{t("editions:preview.text")}</h2>
            <pre class="edition-text" lang={shown.language} tabindex={0}>
              {shown.text}
            </pre>
          </section>
        </>
      )}
    </DeskPage>
  );
}

type ChoiceProps = { label: string; options: { label: string; href: string; chosen: boolean }[] };

/** One of a few, the first where nothing was chosen. */
function Choice({ label, options }: ChoiceProps) {
  const [first, ...rest] = options;
  return first ? <FilterRow label={label} all={first} options={rest} /> : null;
}
