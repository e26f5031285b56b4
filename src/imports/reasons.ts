import type { Translate } from "../platform/i18n.ts";

type Why = { reason: string | null; column: string | null; value: string | null };

/** Why a row was left out: with the column and the value, where one value makes it so. */
export const reasonInWords = (t: Translate, { reason, column, value }: Why): string =>
  t(`imports:reason.${reason ?? "unreadable"}`, { column: column ?? "", value: value ?? "" });
