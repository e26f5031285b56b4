import { z } from "zod";

/** Fields that many forms share. The messages are keys of texts, so that each form's language can say them. */

/** An e-mail address, compared lower-case; at most 254 characters (RFC 5321, 4.5.3.1.3). */
export const emailField = z
  .string()
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
