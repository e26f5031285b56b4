import { paths } from "../paths.ts";
import { dateInWords, listFormats } from "../platform/i18n.ts";
import { type Localized, pick } from "../platform/localized.ts";
import { CheckboxGroup, Form, SubmitButton, TextArea } from "../ui/forms.tsx";
import { Text } from "../ui/text.tsx";
import { islandPaths, type Visit } from "../visit.tsx";
import type { Match } from "./matching.ts";
import type { HelpKind } from "./table.ts";

type HelpLine = { kind: HelpKind; text: Localized; until: string | null };

/** The help that an initiative wants, a line each. */
export function HelpList({ visit, help }: { visit: Visit; help: HelpLine[] }) {
  const { t, language } = visit;
  return (
    <ul class="help-wanted">
      {help.map(({ kind, text, until }) => (
        <li>
          <strong>{t(`participation:kind.${kind}`)}</strong>: <Text value={text} language={language} />
          {until && (
            <span class="meta">
              {" "}
              {t("participation:until", { date: dateInWords(new Date(`${until}T12:00:00Z`), language) })}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

type AfterSigningProps = {
  visit: Visit;
  /** The confirmation's token: who holds it may answer. */
  token: string;
  themes: { slug: string; name: Localized }[];
  profile: { themes: string[]; works_on: string; offers: string } | null;
  /** Null as long as nothing was told. */
  matches: Match[] | null;
};

/** The moment after signing: two questions, and the initiatives that fit the answers. */
export function AfterSigning({ visit, token, themes, profile, matches }: AfterSigningProps) {
  const { t, language } = visit;
  return (
    <>
      <div class="section section--tight">
        <h2 id="after-heading">{t("participation:after.heading")}</h2>
        <p>{t("participation:after.intro")}</p>
        <Form action={`${paths(language).signed(token)}/profiel`} labelledBy="after-heading">
          <CheckboxGroup
            t={t}
            idPrefix="after"
            name="themes"
            optional
            label={t("participation:after.themes")}
            options={themes.map(({ slug, name }) => ({
              name: `theme-${slug}`,
              label: pick(name, language).text,
              checked: profile?.themes.includes(slug) ?? false,
            }))}
          />
          <TextArea
            t={t}
            idPrefix="after"
            name="worksOn"
            optional
            rows={3}
            maxlength={1000}
            label={t("participation:after.worksOn")}
            value={profile?.works_on}
          />
          <TextArea
            t={t}
            idPrefix="after"
            name="offers"
            optional
            rows={3}
            maxlength={1000}
            label={t("participation:after.offers")}
            description={t("participation:after.kept")}
            value={profile?.offers}
          />
          <SubmitButton>{t(profile ? "participation:after.again" : "participation:after.show")}</SubmitButton>
        </Form>
      </div>
      {matches && <Matches visit={visit} matches={matches} />}
    </>
  );
}

function Matches({ visit, matches }: { visit: Visit; matches: Match[] }) {
  const { t, language, here } = visit;
  const fitting = matches.some((match) => match.themes.length > 0 || match.words.length > 0);
  return (
    <div class="section section--tight" id="matches">
      <h2>{t(fitting ? "participation:after.fits" : "participation:after.nothingFits")}</h2>
      <ul class="matches">
        {matches.map((match) => (
          <li>
            <h3>
              <a href={islandPaths(here, match.slug, language).home}>
                <Text value={match.name} language={language} />
              </a>
            </h3>
            <HelpList visit={visit} help={match.help} />
            <Why visit={visit} match={match} />
            <p>
              <a href={paths(language).joinInitiative(match.slug)}>
                {t("participation:offerTo", { initiative: pick(match.name, language).text })}
              </a>
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Why({ visit, match }: { visit: Visit; match: Match }) {
  const { t, language } = visit;
  const list = listFormats[language];
  const themes = match.themes.map((name) => pick(name, language).text.toLocaleLowerCase(language));
  return (
    <>
      {themes.length > 0 && (
        <p class="meta">{t("participation:after.becauseThemes", { themes: list.format(themes) })}</p>
      )}
      {match.words.length > 0 && (
        <p class="meta">
          {t("participation:after.becauseWords", {
            words: list.format(match.words.map((word) => `“${word}”`)),
          })}
        </p>
      )}
    </>
  );
}
