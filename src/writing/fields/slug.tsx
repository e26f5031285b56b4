import { defaultLanguage } from "../../platform/i18n.ts";
import { type Localized, pick } from "../../platform/localized.ts";
import { slugOf } from "../../platform/slug.ts";
import { fieldId } from "../../ui/fields.tsx";
import { TextField } from "../../ui/forms.tsx";
import { asField, type Field, idOf } from "./types.ts";

/** The last part of an address. Left empty, it is made from another field (`from`) once the text goes out. */
export const slug = (
  name: string,
  options: { label: string; description: string; from: string; max?: number },
): Field =>
  asField<string>({
    name,
    label: options.label,
    empty: "",
    read: (typed, at) => slugOf(typed[at] ?? "", options.max),
    problems: (value, at, stage) =>
      stage === "publishing" && value === "" ? [{ name: at, message: "writing:missingSlug" }] : [],
    complete: (value, content) => {
      if (value) return value;
      const source = content[options.from] as Localized | string | undefined;
      const text = typeof source === "object" ? pick(source, defaultLanguage).text : (source ?? "");
      return slugOf(text, options.max);
    },
    pieces: (value, at) => [{ name: at, label: [options.label], text: value }],
    input: (value, at, { t, error }) => (
      <div class="writing-field">
        <TextField
          t={t}
          name={at}
          id={fieldId(idOf(at))}
          label={t(options.label)}
          description={t(options.description)}
          value={value}
          error={error(at)}
          spellcheck={false}
          optional
        />
      </div>
    ),
  });
