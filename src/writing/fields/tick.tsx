import { fieldId } from "../../ui/fields.tsx";
import { Checkbox } from "../../ui/forms.tsx";
import { asField, type Field, idOf } from "./types.ts";

/** Yes or no. */
export const tick = (name: string, options: { label: string }): Field =>
  asField<boolean>({
    name,
    label: options.label,
    empty: false,
    read: (typed, at) => typed[at] === "yes",
    problems: () => [],
    pieces: (value, at) => [{ name: at, label: [options.label], text: value ? "yes" : "" }],
    input: (value, at, { t }) => (
      <Checkbox t={t} name={at} id={fieldId(idOf(at))} label={t(options.label)} checked={value} optional />
    ),
  });
