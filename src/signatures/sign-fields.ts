import { z } from "zod";
import {
  emailField,
  type FieldErrors,
  fieldErrors,
  mayBeTicked,
  personName,
  typedText,
  visibleOptional,
} from "../platform/fields.ts";
import { visibleText } from "../platform/visible-text.ts";
import { mostPrinciples, motivationLength } from "./policy.ts";
import { appearances } from "./table.ts";

/** The names of the form's boxes: each its own, because of a name that comes twice only the last counts. */
export const principleField = (slug: string) => `principle-${slug}`;
export const joinField = (slug: string) => `join-${slug}`;

/** Characters of an offer to work along. */
const offerLength = 2000;

/** So that nobody meets such an error only after mending the others. */
const evenIfAnotherFieldIsWrong = ({ value }: { value: unknown }) =>
  typeof value === "object" && value !== null;

const line = (max: number, field: "role" | "organisation" | "place") =>
  visibleOptional(max, { tooLong: `signing:${field}.tooLong`, address: "forms:noAddress" });

const form = z
  .object({
    name: personName,
    email: emailField,
    role: line(100, "role"),
    organisation: line(200, "organisation"),
    place: line(100, "place"),
    appearance: z.enum(appearances, "signing:appearance.missing"),
    principles: z.array(z.string()).max(mostPrinciples, "signing:principles.tooMany"),
    motivation: typedText(motivationLength, "signing:motivation.tooLong")
      .optional()
      .transform((typed) => visibleText(typed ?? "") || null)
      .refine((text) => [...(text ?? "")].length <= motivationLength, "signing:motivation.tooLong"),
    newsletter: mayBeTicked,
    joins: z.array(z.string()),
    offer: typedText(offerLength, "signing:offer.tooLong")
      .optional()
      .transform((typed) => visibleText(typed ?? ""))
      .refine((text) => [...text].length <= offerLength, "signing:offer.tooLong"),
    version: z.coerce.number().int().positive().catch(0),
    "invited-by": z
      .string()
      .regex(/^[a-z0-9]{10}$/)
      .optional()
      .catch(undefined),
  })
  .refine(({ appearance, role, organisation }) => appearance !== "role" || role || organisation, {
    path: ["role"],
    message: "signing:role.missing",
    when: evenIfAnotherFieldIsWrong,
  })
  .refine(({ joins, offer }) => joins.length === 0 || offer, {
    path: ["offer"],
    message: "signing:offer.missing",
    when: evenIfAnotherFieldIsWrong,
  });

export type SignForm = z.infer<typeof form>;

export type ReadSignForm = { kind: "valid"; form: SignForm } | { kind: "invalid"; errors: FieldErrors };

/** The form as posted. `offered`: the slugs of the principles and initiatives that it has boxes for. */
export function readSignForm(
  fields: Record<string, string>,
  offered: { principles: string[]; joins: string[] },
): ReadSignForm {
  const principles = offered.principles.filter((slug) => fields[principleField(slug)] === "yes");
  const joins = offered.joins.filter((slug) => fields[joinField(slug)] === "yes");
  const parsed = form.safeParse({ ...fields, principles, joins });
  if (parsed.success) return { kind: "valid", form: parsed.data };
  const errors = fieldErrors(parsed.error);
  const order = Object.keys(form.shape);
  return { kind: "invalid", errors: errors.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name)) };
}
