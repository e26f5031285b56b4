/** The field of the buttons where a mail listed several acts: "chosen" or "all". */
export const answerField = "answer";

/** The box of an act, by its number in the mail. */
export const boxName = (position: number): string => `act-${position}`;

/** The number of the box with this name; null for another field. */
export const boxNumber = (name: string): number | null => {
  const digits = /^act-(\d{1,5})$/.exec(name)?.[1];
  return digits ? Number(digits) : null;
};
