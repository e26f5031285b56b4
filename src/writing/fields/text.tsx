import { defaultLanguage, type Language, languages } from "../../platform/i18n.ts";
import type { Localized } from "../../platform/localized.ts";
import { isLongerThan, visibleLine } from "../../platform/visible-text.ts";
import { MarkdownField } from "../../ui/editor.tsx";
import { fieldId } from "../../ui/fields.tsx";
import { TextArea, TextField } from "../../ui/forms.tsx";
import {
  asField,
  type Field,
  idOf,
  type Problem,
  type Stage,
  type Surroundings,
  type Typed,
} from "./types.ts";

export type TextOptions = {
  label: string;
  description?: string;
  /** Characters, as a reader counts them. */
  max?: number;
  optional?: boolean;
};

/** One text in one language: the line or lines that a Localized is made of. */
type Shape = { name: string; options: TextOptions; multiline: "no" | "lines" | "markdown" };

function problemsOf({ options }: Shape, text: string, at: string, stage: Stage): Problem[] {
  if (options.max && isLongerThan(text, options.max))
    return [{ name: at, message: "writing:tooLong", values: { max: options.max, length: [...text].length } }];
  return stage === "publishing" && !options.optional && text === ""
    ? [{ name: at, message: "writing:missing" }]
    : [];
}

type InputProps = {
  shape: Shape;
  text: string;
  at: string;
  around: Surroundings;
  label: string;
  language?: Language;
  optional: boolean;
};

function Input({ shape, text, at, around, label, language, optional }: InputProps) {
  const { t } = around;
  const shared = {
    t,
    name: at,
    id: fieldId(idOf(at)),
    label,
    value: text,
    optional,
    error: around.error(at),
    lang: language,
  };
  if (shape.multiline === "no") return <TextField {...shared} />;
  if (shape.multiline === "lines") return <TextArea {...shared} rows={3} />;
  return (
    <MarkdownField
      {...shared}
      language={language}
      upload={around.uploadHref}
      checkLink={around.checkLinkHref}
      rows={14}
    />
  );
}

/** A text in Dutch and, where the site has it, in English: side by side where there is room. */
function localized(shape: Shape): Field {
  const clean = shape.multiline === "no" ? visibleLine : (text: string) => text;
  const { name, options } = shape;
  return asField<Localized>({
    name,
    label: options.label,
    empty: { nl: "", en: "" },
    read: (typed: Typed, at: string) => ({
      nl: clean(typed[`${at}.nl`] ?? ""),
      en: clean(typed[`${at}.en`] ?? ""),
    }),
    problems: (value, at, stage) =>
      languages.flatMap((language) =>
        problemsOf(
          language === defaultLanguage ? shape : { ...shape, options: { ...options, optional: true } },
          value[language] ?? "",
          `${at}.${language}`,
          stage,
        ),
      ),
    pieces: (value, at) =>
      languages.map((language) => ({
        name: `${at}.${language}`,
        label: [options.label, `writing:language.${language}`],
        text: value[language] ?? "",
      })),
    input: (value, at, around) => {
      const { t } = around;
      const descriptionId = `${fieldId(idOf(at))}-help`;
      return (
        <fieldset
          class={`bilingual bilingual--${shape.multiline}`}
          aria-describedby={options.description ? descriptionId : undefined}
        >
          <legend>{t(options.label)}</legend>
          {options.description && (
            <p class="bilingual__help" id={descriptionId}>
              {t(options.description)}
            </p>
          )}
          {languages.map((language) =>
            around.languages.includes(language) ? (
              <Input
                {...{ shape, at: `${at}.${language}`, around, language }}
                text={value[language] ?? ""}
                label={t(`writing:language.${language}`)}
                optional={Boolean(options.optional) || language !== defaultLanguage}
              />
            ) : (
              <input type="hidden" name={`${at}.${language}`} value={value[language] ?? ""} />
            ),
          )}
        </fieldset>
      );
    },
  });
}

/** The same in every language: a name, a host. */
function plain(shape: Shape): Field {
  const clean = shape.multiline === "no" ? visibleLine : (text: string) => text;
  const { name, options } = shape;
  return asField<string>({
    name,
    label: options.label,
    empty: "",
    read: (typed, at) => clean(typed[at] ?? ""),
    problems: (value, at, stage) => problemsOf(shape, value, at, stage),
    pieces: (value, at) => [{ name: at, label: [options.label], text: value }],
    input: (value, at, around) => (
      <div class="writing-field">
        <Input
          {...{ shape, at, around }}
          text={value}
          label={around.t(options.label)}
          optional={options.optional ?? false}
        />
      </div>
    ),
  });
}

const text = (name: string, options: TextOptions & { localized?: boolean }, multiline: Shape["multiline"]) =>
  (options.localized ? localized : plain)({ name, options, multiline });

/** One line of text. */
export const line = (name: string, options: TextOptions & { localized?: boolean }): Field =>
  text(name, options, "no");

/** Several lines of plain text: a summary. */
export const lines = (name: string, options: TextOptions & { localized?: boolean }): Field =>
  text(name, options, "lines");

/** Running text in Markdown, with the editor over it. */
export const markdown = (name: string, options: TextOptions & { localized?: boolean }): Field =>
  text(name, options, "markdown");
