import { fieldId } from "../../ui/fields.tsx";
import { TextField } from "../../ui/forms.tsx";
import { asField, type Field, idOf } from "./types.ts";

/** A day as it was typed: what is no date yet is kept until it is mended. */
export type TypedDay = { day: string; month: string; year: string };

/** The day that was typed ("2026-12-31"), null for nothing, undefined for what is no day of the calendar. */
export function dayOf({ day, month, year }: TypedDay): string | null | undefined {
  if (!day && !month && !year) return null;
  if (![day, month, year].every((part) => /^\d{1,4}$/.test(part)) || year.length !== 4) return undefined;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const same = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return same ? date.toISOString().slice(0, 10) : undefined;
}

/** The three numbers of a day ("2026-12-31"), or of none. */
export function typedDay(day: string | null): TypedDay {
  const [year = "", month = "", date = ""] = (day ?? "").split("-");
  return { day: date.replace(/^0/, ""), month: month.replace(/^0/, ""), year };
}

const parts = ["day", "month", "year"] as const;

/** A day, in three numbers (NL Design System: dates known by heart). Its content is a TypedDay. */
export const date = (
  name: string,
  options: { label: string; description?: string; optional?: boolean },
): Field =>
  asField<TypedDay>({
    name,
    label: options.label,
    empty: { day: "", month: "", year: "" },
    read: (typed, at) => ({
      day: typed[`${at}.day`] ?? "",
      month: typed[`${at}.month`] ?? "",
      year: typed[`${at}.year`] ?? "",
    }),
    problems: (value, at, stage) => {
      const day = dayOf(value);
      if (stage === "saving") return [];
      if (day === undefined) return [{ name: `${at}.day`, message: "writing:invalidDate" }];
      return day === null && !options.optional ? [{ name: `${at}.day`, message: "writing:missingDate" }] : [];
    },
    pieces: (value, at) => [
      {
        name: at,
        label: [options.label],
        text: [value.day, value.month, value.year].filter(Boolean).join("-"),
      },
    ],
    input: (value, at, { t, error }) => (
      <fieldset class="date-field">
        <legend>
          {t(options.label)}
          {options.optional && ` ${t("ui:optional")}`}
        </legend>
        {options.description && <p class="bilingual__help">{t(options.description)}</p>}
        {parts.map((part) => (
          <TextField
            t={t}
            name={`${at}.${part}`}
            id={fieldId(idOf(`${at}.${part}`))}
            label={t(`writing:date.${part}`)}
            value={value[part]}
            error={error(`${at}.${part}`)}
            inputmode="numeric"
            maxlength={4}
          />
        ))}
      </fieldset>
    ),
  });
