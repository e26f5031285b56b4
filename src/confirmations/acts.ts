import type { z } from "zod";
import type { Ctx } from "../platform/context.ts";
import { type Language, momentInWords, type Translate } from "../platform/i18n.ts";

/** Who confirmed, and what proves it. */
export type ConfirmedBy = {
  personId: string;
  email: string;
  name: string | null;
  language: Language;
  formUrl: string;
  givenAt: Date;
  confirmedAt: Date;
};

/** A kind of act that a visitor does in a form, and that counts once the mail is confirmed. */
export type ActKind<Payload extends object = object> = {
  kind: string;
  payload: z.ZodType<Payload>;
  /** The act in a few words, for the mail and the page: "Je aanmelden voor …". */
  describe: (ctx: Ctx, payload: Payload, language: Language) => Promise<string>;
  /** Makes the act count, in the transaction of the confirmation. */
  apply: (ctx: Ctx, payload: Payload, by: ConfirmedBy) => Promise<void>;
  /** What of the payload may stay for `describe` after confirming: nothing personal. */
  remember: (payload: Payload) => Payload;
  /** Where the visitor goes on after confirming, by the confirmation's token: a path, instead of the plain thanks. */
  goesOn?: (token: string, language: Language) => string;
  /** Where this address already did this: how it is told by mail, with a link to manage it. */
  already?: (
    ctx: Ctx,
    payload: Payload,
    email: string,
    language: Language,
    origin: string,
  ) => Promise<{ text: string; manage: { label: string; href: string } } | null>;
};

/** Forgets the shape of the payload, so that the acts of all features fit in one list. */
export const defineAct = <Payload extends object>(act: ActKind<Payload>): ActKind =>
  act as unknown as ActKind;

export type ActKinds = ReadonlyMap<string, ActKind>;

/** The acts of all features, by kind. */
export const actKinds = (...acts: ActKind[]): ActKinds => new Map(acts.map((act) => [act.kind, act]));

/** A kind that is there and its checked payload. @throws for a kind that no feature offers. */
export function readAct(kinds: ActKinds, waiting: { kind: string; payload: object }) {
  const kind = kinds.get(waiting.kind);
  if (!kind) throw new Error(`No act of the kind "${waiting.kind}"`);
  return { kind, payload: kind.payload.parse(waiting.payload) };
}

/** An act as mail and page name it, with its moment: "Je aanmelden voor … (2 maart 2026 om 14:03)". */
export const actInWords = (
  t: Translate,
  { text, at }: { text: string; at: Date },
  language: Language,
): string => t("confirmations:actAt", { act: text, moment: momentInWords(at, language) });
