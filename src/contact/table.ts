import type { Generated } from "kysely";

export const tipKinds = ["example", "idea", "question"] as const;
export type TipKind = (typeof tipKinds)[number];

export type TipTable = {
  id: Generated<string>;
  /** null: a tip to the movement. */
  initiative_id: string | null;
  person_id: string;
  kind: TipKind;
  text: string;
  name: string;
  organisation: string | null;
  place: string | null;
  link: string | null;
  sent_at: Date;
  confirmed_at: Date;
  mailed_at: Date | null;
};
