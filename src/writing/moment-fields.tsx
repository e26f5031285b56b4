import type { DeskVisit } from "../accounts/operations.ts";
import { momentInWords } from "../platform/i18n.ts";
import { RadioGroup, TextField } from "../ui/forms.tsx";

export type TypedMoment = Record<"day" | "month" | "year" | "hour" | "minute", string> & {
  which: "" | "first" | "second";
};

type MomentFieldsProps = {
  visit: DeskVisit;
  typed: TypedMoment;
  error: (name: string) => string | undefined;
  /** The clock shows this time twice: which of them? */
  twice?: boolean | undefined;
};

/** A day and a time on the Dutch clock, in numbers. */
export function MomentFields({ visit, typed, error, twice }: MomentFieldsProps) {
  const { t, language, ctx } = visit;
  return (
    <>
      <fieldset class="date-field">
        <legend>{t("writing:moment.date")}</legend>
        {(["day", "month", "year"] as const).map((part) => (
          <Digits
            t={t}
            name={part}
            label={t(`writing:date.${part}`)}
            value={typed[part]}
            error={error(part)}
          />
        ))}
      </fieldset>
      <fieldset class="date-field">
        <legend>{t("writing:moment.time")}</legend>
        <p class="bilingual__help">{t("writing:moment.zone", { now: momentInWords(ctx.now(), language) })}</p>
        {(["hour", "minute"] as const).map((part) => (
          <Digits
            t={t}
            name={part}
            label={t(`writing:moment.${part}`)}
            value={typed[part]}
            error={error(part)}
          />
        ))}
      </fieldset>
      {twice && (
        <RadioGroup
          t={t}
          name="which"
          label={t("writing:moment.which")}
          value={typed.which}
          error={error("which")}
          options={[
            { value: "first", label: t("writing:moment.first") },
            { value: "second", label: t("writing:moment.second") },
          ]}
        />
      )}
    </>
  );
}

type DigitsProps = {
  t: DeskVisit["t"];
  name: string;
  label: string;
  value: string;
  error: string | undefined;
};

const Digits = (props: DigitsProps) => <TextField {...props} inputmode="numeric" maxlength={4} />;
