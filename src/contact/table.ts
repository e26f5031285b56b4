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
  /** Who of the team takes it up. */
  assigned_to: Generated<string | null>;
  done_at: Generated<Date | null>;
  spam_at: Generated<Date | null>;
  /** The update that it was turned into. */
  document_id: Generated<string | null>;
};

/** An answer that went to a tip's sender, or a note that stays inside. */
export type TipMessageTable = {
  id: Generated<string>;
  tip_id: string;
  kind: "answer" | "note";
  text: string;
  made_by: string | null;
  made_at: Date;
  mailed_at: Date | null;
  /** Of an answer: when its mail was given up. */
  failed_at: Generated<Date | null>;
  /** The page from which it was sent: the same words from one page are one message. */
  form_id: Generated<string | null>;
};
