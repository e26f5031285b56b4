import { z } from "zod";
import { hasLetter, isLongerThan, looksLikeAddress, startsLikeAddress, visibleLine } from "./visible-text.ts";

/** Fields that many forms share. The messages are keys of texts, so that each form's language can say them. */

/** An e-mail address, compared lower-case; at most 254 characters (RFC 5321, 4.5.3.1.3). */
export const emailField = z
  .string("forms:email.missing")
  .trim()
  .toLowerCase()
  .min(1, "forms:email.missing")
  .max(254, "forms:email.invalid")
  .pipe(z.email({ error: "forms:email.invalid", pattern: z.regexes.html5Email }))
  .refine((address) => /@[^@]+\.[^@.]+$/.test(address), "forms:email.invalid");

/** One line of text that may stay empty (then null). */
export const optionalLine = (max: number, tooLong: string) =>
  z
    .string()
    .max(max, tooLong)
    .optional()
    .transform((text) => text?.replace(/\s+/g, " ").trim() || null);

/** A person's name as others may see it, of at most 100 characters: no address, nothing hidden in it. */
export const personName = z
  .string("forms:name.missing")
  .transform(visibleLine)
  .pipe(
    z
      .string()
      .min(1, "forms:name.missing")
      .refine((name) => !isLongerThan(name, 100), "forms:name.tooLong")
      .refine(hasLetter, "forms:name.letters")
      .refine((name) => !looksLikeAddress(name), "forms:name.address"),
  );

/** One line that others may see and that may stay empty (then null), of at most `max` characters; no web address. */
export const visibleOptional = (max: number, texts: { tooLong: string; address: string }) =>
  z
    .string()
    .optional()
    .transform((typed) => visibleLine(typed ?? ""))
    .pipe(
      z
        .string()
        .refine((text) => !isLongerThan(text, max), texts.tooLong)
        .refine((text) => !startsLikeAddress(text), texts.address),
    )
    .transform((text) => text || null);

/** The yes of a checkbox. */
export const ticked = (missing: string) => z.literal("yes", missing);

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
