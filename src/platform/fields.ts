import { z } from "zod";
import { mostPasted, pastedAddress } from "./email-address.ts";
import { hasLetter, isLongerThan, looksLikeAddress, startsLikeAddress, visibleLine } from "./visible-text.ts";

/** Fields that many forms share. The messages are keys of texts, so that each form's language can say them. */

/** An e-mail address as it is kept: lower-case, at most 254 characters (RFC 5321, 4.5.3.1.3), its domain as it travels. */
export const emailAddress = z
  .string("forms:email.missing")
  .min(1, "forms:email.missing")
  .max(254, "forms:email.invalid")
  .pipe(z.email({ error: "forms:email.invalid", pattern: z.regexes.html5Email }))
  .refine((address) => /@[^@]+\.[^@.]+$/.test(address), "forms:email.invalid");

/** An e-mail address as people type and paste it. */
export const emailField = z
  .string("forms:email.missing")
  .max(mostPasted, { error: "forms:email.invalid", abort: true })
  .transform(pastedAddress)
  .pipe(emailAddress);

/** So many times its length a text may have as it was typed: stacked marks and what is invisible go, spaces are put together. */
const roomToType = 10;

/**
 * A text before it is looked at. Its length comes first and is final: what is far too long meets no cleaning, no pattern and
 * no other check, whatever those would cost.
 */
export const typedText = (max: number, tooLong: string, missing?: string) =>
  z.string(missing).max(roomToType * max, { error: tooLong, abort: true });

type NameTexts = { missing: string; tooLong: string; letters: string; address: string };

/** The name of somebody or something as others read it, of at most `max` characters: no address, nothing hidden in it. */
export const visibleName = (max: number, texts: NameTexts) =>
  typedText(max, texts.tooLong, texts.missing)
    .transform(visibleLine)
    .pipe(
      z
        .string()
        .min(1, texts.missing)
        .refine((name) => !isLongerThan(name, max), { error: texts.tooLong, abort: true })
        .refine(hasLetter, texts.letters)
        .refine((name) => !looksLikeAddress(name), texts.address),
    );

const nameTexts: NameTexts = {
  missing: "forms:name.missing",
  tooLong: "forms:name.tooLong",
  letters: "forms:name.letters",
  address: "forms:name.address",
};

/** A person's name as others may see it, of at most 100 characters; `missing`: what to say where there is none. */
export const personNameOr = (missing: string) => visibleName(100, { ...nameTexts, missing });
export const personName = personNameOr(nameTexts.missing);

/** A person's name where one may stay away (then null); given, it is checked like any other. */
export const optionalPersonName = z
  .string()
  .optional()
  .transform((typed) => typed?.trim() || null)
  .pipe(personName.nullable());

/** One line that others may see and that may stay empty (then null), of at most `max` characters; no web address. */
export const visibleOptional = (max: number, texts: { tooLong: string; address: string }) =>
  typedText(max, texts.tooLong)
    .optional()
    .transform((typed) => visibleLine(typed ?? ""))
    .pipe(
      z
        .string()
        .refine((text) => !isLongerThan(text, max), { error: texts.tooLong, abort: true })
        .refine((text) => !startsLikeAddress(text), texts.address),
    )
    .transform((text) => text || null);

/** An address on the web that may stay empty (then null), of at most 500 characters. */
export const optionalLink = (invalid: string) =>
  z
    .string()
    .max(500, { error: invalid, abort: true })
    .optional()
    .transform((link) => link || null)
    .pipe(z.url({ protocol: /^https?$/, error: invalid }).nullable());

/** The yes of a checkbox. */
export const ticked = (missing: string) => z.literal("yes", missing);

/** A checkbox that may stay empty. No browser sends anything else in it: what is no yes is none. */
export const mayBeTicked = z.literal("yes").optional().catch(undefined);

export type FieldErrors = { name: string; message: string }[];

/** The first problem of each field, in the order of the fields, as keys of texts. */
export function fieldErrors(error: z.ZodError): FieldErrors {
  const errors = new Map<string, string>();
  for (const { path, message } of error.issues) {
    const name = String(path[0] ?? "");
    if (!errors.has(name)) errors.set(name, message);
  }
  return [...errors].map(([name, message]) => ({ name, message }));
}
