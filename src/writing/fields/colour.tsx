import { fieldId } from "../../ui/fields.tsx";
import { TextField } from "../../ui/forms.tsx";
import { asField, type Field, idOf } from "./types.ts";

const isColour = (text: string) => /^#[0-9a-f]{6}$/.test(text);

/** A colour of its own, "#rrggbb"; empty for none. */
export const colour = (name: string, options: { label: string }): Field =>
  asField<string>({
    name,
    label: options.label,
    empty: "",
    read: (typed, at) => {
      const text = (typed[at] ?? "").toLowerCase();
      return /^[0-9a-f]{6}$/.test(text) ? `#${text}` : text.slice(0, 20).toWellFormed();
    },
    problems: (value, at, stage) =>
      stage === "publishing" && value && !isColour(value)
        ? [{ name: at, message: "writing:invalidColour" }]
        : [],
    pieces: (value, at) => [{ name: at, label: [options.label], text: value }],
    input: (value, at, { t, error }) => (
      <div class="colour-field">
        <TextField
          t={t}
          name={at}
          id={fieldId(idOf(at))}
          label={t(options.label)}
          value={value}
          error={error(at)}
          maxlength={7}
          spellcheck={false}
          optional
        />
        {isColour(value) && (
          <svg class="colour-field__shown" viewBox="0 0 40 40" aria-hidden="true" focusable="false">
            <rect width="40" height="40" fill={value} />
          </svg>
        )}
      </div>
    ),
  });
