import type { Language, Translate } from "../platform/i18n.ts";

/** One thing that is kept, in words: a value, or a moment. */
export type Fact = {
  what: string;
  value: string | Date;
  /** Belongs to the whole story, and few want to know it. */
  aside: boolean;
};

/** One of a kind: a subscription, an offer. `id`: of its row, for what one can do with it. */
export type Item = { id: string | null; title: string; facts: Fact[] };

/** `forOthers`: read by somebody else than whom it is about. */
export type Words = { t: Translate; language: Language; forOthers?: boolean };
type Given = [what: string, value: string | number | Date | null | undefined];

const asides = [
  ...[
    "language",
    "site",
    "from",
    "form",
    "version",
    "textVersion",
    "purpose",
    "inviteCode",
    "invitedBy",
    "batch",
  ],
  ...["signedAt", "mailedAt", "plannedAt", "tries"],
];

/** Leaves out what was not filled in. */
export function item(t: Translate, id: string | null, title: string, given: Given[]): Item {
  const facts = given.flatMap(([key, value]): Fact[] => {
    if (value === null || value === undefined || value === "") return [];
    const shown = typeof value === "number" ? String(value) : value;
    return [{ what: t(`mine:fact.${key}`), value: shown, aside: asides.includes(key) }];
  });
  return { id, title, facts };
}
