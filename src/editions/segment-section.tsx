import type { DeskVisit } from "../accounts/operations.ts";
import { formatNumber, languages } from "../platform/i18n.ts";
import { type Localized, pick } from "../platform/localized.ts";
import { CheckboxGroup, Form, RadioGroup, SubmitButton, TextField } from "../ui/forms.tsx";
import type { Audience } from "./audience.ts";
import type { Edition } from "./queries.ts";
import {
  dayParts,
  initiativeField,
  type SegmentDay,
  segmentDays,
  type TypedSegment,
  themeField,
} from "./segment-form.ts";

/** What a segment can be made of. */
export type Pickable = {
  themes: { slug: string; name: Localized }[];
  initiatives: { id: string; name: Localized }[];
};

type Messages = { name: string; message: string }[];
type Props = {
  visit: DeskVisit;
  edition: Edition;
  audience: Audience;
  pickable: Pickable;
  typed: TypedSegment;
  messages: Messages;
};

/** To whom it goes, counted at this moment, and the form to choose a part of them. */
export function AudienceSection({ visit, edition, audience, pickable, typed, messages }: Props) {
  const { t, language, desk } = visit;
  const number = (count: number) => formatNumber(count, language);
  const isPart = Object.keys(edition.segment).length > 0;
  return (
    <section class="desk-section" aria-labelledby="aan-wie">
      <h2 id="aan-wie">{t("editions:to.title")}</h2>
      <p>
        <strong>{t("editions:to.count", { count: audience.all, number: number(audience.all) })}</strong>{" "}
        {t(isPart ? "editions:to.part" : "editions:to.everybody")}
      </p>
      <ul class="edition-languages">
        {audience.languages.map(({ language, count }) => (
          <li>
            {t("editions:to.language", {
              language: t(`writing:language.${language}`),
              number: number(count),
            })}
          </li>
        ))}
        {audience.suppressed > 0 && (
          <li>
            {t("editions:to.suppressed", { count: audience.suppressed, number: number(audience.suppressed) })}
          </li>
        )}
      </ul>
      <details class="edition-details" open={messages.length > 0}>
        <summary>{t(isPart ? "editions:to.change" : "editions:to.choose")}</summary>
        <Form action={desk.part("editions", edition.id, "save")} labelledBy="aan-wie">
          <RadioGroup
            t={t}
            name="language"
            label={t("editions:to.languages")}
            value={typed.language ?? ""}
            options={[
              { value: "", label: t("editions:to.anyLanguage") },
              ...languages.map((value) => ({ value, label: t(`writing:language.${value}`) })),
            ]}
          />
          {pickable.themes.length > 0 && (
            <CheckboxGroup
              t={t}
              name="themes"
              label={t("editions:to.themes")}
              description={t("editions:to.themesHelp")}
              optional
              options={pickable.themes.map(({ slug, name }) => ({
                name: themeField(slug),
                label: pick(name, language).text,
                checked: typed[themeField(slug)] === "yes",
              }))}
            />
          )}
          {pickable.initiatives.length > 0 && (
            <CheckboxGroup
              t={t}
              name="initiatives"
              label={t("editions:to.initiatives")}
              description={t("editions:to.initiativesHelp")}
              optional
              options={pickable.initiatives.map(({ id, name }) => ({
                name: initiativeField(id),
                label: pick(name, language).text,
                checked: typed[initiativeField(id)] === "yes",
              }))}
            />
          )}
          {segmentDays.map((which) => (
            <DayFields {...{ visit, which, typed, messages }} />
          ))}
          <SubmitButton look="secondary">{t("editions:to.save")}</SubmitButton>
        </Form>
      </details>
    </section>
  );
}

type DayProps = { visit: DeskVisit; which: SegmentDay; typed: TypedSegment; messages: Messages };

function DayFields({ visit: { t }, which, typed, messages }: DayProps) {
  return (
    <fieldset class="date-field">
      <legend>{t(`editions:to.${which}`)}</legend>
      {dayParts.map((part) => {
        const name = `${which}-${part}`;
        return (
          <TextField
            t={t}
            name={name}
            label={t(`writing:date.${part}`)}
            value={typed[name] ?? ""}
            error={messages.find((one) => one.name === name)?.message}
            inputmode="numeric"
            maxlength={4}
            optional
          />
        );
      })}
    </fieldset>
  );
}
