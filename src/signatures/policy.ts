import type { Appearance } from "./table.ts";

type Signer = {
  appearance: Appearance;
  name: string;
  role: string | null;
  organisation: string | null;
  place: string | null;
};
export type Shown = { [field in "name" | "role" | "organisation" | "place"]: string | null };

/** What others may see of a signature, as its signer chose. Whoever is only counted shows nothing. */
export function shownOf({ appearance, name, role, organisation, place }: Signer): Shown {
  switch (appearance) {
    case "name":
      return { name, role, organisation, place };
    case "role":
      return { name: null, role, organisation, place: null };
    case "counted":
      return { name: null, role: null, organisation: null, place: null };
    default:
      return appearance satisfies never;
  }
}

/** The text in which the wall searches. */
export const searchedText = (shown: Shown): string =>
  [shown.name, shown.role, shown.organisation, shown.place].filter(Boolean).join(" ");

/** How many of the principles a signer may name as the ones that move them. */
export const mostPrinciples = 3;

/** Characters of a motivation (PostgreSQL's length: code points). */
export const motivationLength = 280;

/** The numbers of signatures that are marked: 100, 500, and then 1, 2½ and 5 times each power of ten, up to `count`. */
export function milestonesUpTo(count: number): number[] {
  const marks = [100, 500];
  for (let power = 1000; power <= count; power *= 10) marks.push(power, 2.5 * power, 5 * power);
  return marks.filter((mark) => mark <= count);
}
