import { fieldId } from "../../ui/fields.tsx";
import { Select } from "../../ui/select.tsx";
import { isUuid } from "../queries.ts";
import { asField, idOf } from "./types.ts";

/**
 * One out of what there is at this moment (an update, say), by its id. The kind's `options` gives the list under
 * `from`; a value that is no longer in it stays until another is picked.
 */
export const pick = (name: string, options: { label: string; from: string; optional?: boolean }) =>
  asField<string>({
    name,
    label: options.label,
    empty: "",
    read: (typed, at) => (isUuid(typed[at] ?? "") ? (typed[at] ?? "") : ""),
    problems: (value, at, stage) =>
      stage === "publishing" && !options.optional && !value ? [{ name: at, message: "writing:choose" }] : [],
    pieces: (value, at) => [{ name: at, label: [options.label], text: value }],
    input: (value, at, { t, error, options: all }) => {
      const offered = all[options.from] ?? [];
      const known = value === "" || offered.some((one) => one.value === value);
      return (
        <Select
          t={t}
          name={at}
          id={fieldId(idOf(at))}
          label={t(options.label)}
          value={value}
          error={error(at)}
          optional={options.optional}
          options={[
            { value: "", label: t("writing:pickOne") },
            ...(known ? [] : [{ value, label: t("writing:picked") }]),
            ...offered,
          ]}
        />
      );
    },
  });
