import { z } from "zod";
import { typedText } from "../platform/fields.ts";
import { isLongerThan, visibleLine } from "../platform/visible-text.ts";
import { focalNames, focalPlaces, placeAt } from "./focal.ts";
import type { MediaImage } from "./queries.ts";

/** A description is read aloud in one go: longer belongs in the text beside the image. */
const mostLetters = 300;

const line = typedText(mostLetters, "media:alt.tooLong")
  .optional()
  .transform((typed) => visibleLine(typed ?? ""))
  .refine((text) => !isLongerThan(text, mostLetters), "media:alt.tooLong");
const share = z.coerce.number().min(0).max(1).catch(0.5);

/** What an editor says of an image. That it needs no words is a choice of its own, never a field left empty. */
export const imageFields = z
  .object({
    meaning: z.enum(["words", "decorative"], "media:meaning.missing"),
    alt_nl: line,
    alt_en: line,
    focal: z.enum([...focalNames, "own"]).catch("middle"),
    focal_x: share,
    focal_y: share,
  })
  .superRefine(({ meaning, alt_nl }, { addIssue }) => {
    if (meaning === "words" && !alt_nl)
      addIssue({ code: "custom", path: ["alt_nl"], message: "media:alt.missing" });
  })
  .transform(({ meaning, alt_nl, alt_en, focal, focal_x, focal_y }) => ({
    decorative: meaning === "decorative",
    alt: meaning === "words" ? { nl: alt_nl, ...(alt_en ? { en: alt_en } : {}) } : null,
    focal: focal === "own" ? { x: focal_x, y: focal_y } : focalPlaces[focal],
  }));

/** An image as its form shows it. */
export function inForm(image: MediaImage): Record<string, string> {
  const { alt, decorative, focalX: x, focalY: y } = image;
  return {
    meaning: decorative ? "decorative" : alt ? "words" : "",
    alt_nl: alt?.nl ?? "",
    alt_en: alt?.en ?? "",
    focal: placeAt({ x, y }) ?? "own",
    focal_x: String(x),
    focal_y: String(y),
  };
}
