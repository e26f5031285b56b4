import { fieldId } from "../../ui/fields.tsx";
import { CheckboxGroup } from "../../ui/forms.tsx";
import { asField, idOf } from "./types.ts";

const ids = (typed: Record<string, string>, at: string) =>
  Object.entries(typed).flatMap(([name, value]) =>
    name.startsWith(`${at}.`) && value === "yes" ? [name.slice(at.length + 1)] : [],
  );

/** Some out of what there is at this moment (themes, say), by their ids; the kind's `options` gives the list under `from`. */
export const pickSome = (name: string, options: { label: string; description?: string; from: string }) =>
  asField<string[]>({
    name,
    label: options.label,
    empty: [],
    read: (typed, at) => ids(typed, at).slice(0, 100),
    problems: () => [],
    pieces: (value, at) => [{ name: at, label: [options.label], text: value.join(", ") }],
    input: (value, at, { t, error, options: all }) => (
      <CheckboxGroup
        t={t}
        name={at}
        id={fieldId(idOf(at))}
        label={t(options.label)}
        description={options.description && t(options.description)}
        error={error(at)}
        optional
        options={(all[options.from] ?? []).map((one) => ({
          name: `${at}.${one.value}`,
          label: one.label,
          checked: value.includes(one.value),
        }))}
      />
    ),
  });
