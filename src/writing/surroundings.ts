import type { DeskVisit } from "../accounts/operations.ts";
import { imagePath, listImages } from "../media/queries.ts";
import { languages } from "../platform/i18n.ts";
import type { Surroundings } from "./fields/index.ts";
import type { Document, DocumentKind } from "./kinds.ts";

/** What the inputs of a document need to know, without the problems. */
export async function surroundings(
  { ctx, t, language, desk: to }: DeskVisit,
  kind: DocumentKind,
  document: Document,
): Promise<Omit<Surroundings, "error">> {
  const { initiativeId } = document;
  const place = initiativeId ?? "-";
  const [movement, library, options] = await Promise.all([
    ctx.db.selectFrom("movement").select("languages").executeTakeFirst(),
    kind.fields.some(({ hasImages }) => hasImages) ? listImages(ctx, initiativeId, null) : { images: [] },
    kind.options?.(ctx, document, language) ?? {},
  ]);
  return {
    t,
    language,
    options,
    languages: movement?.languages ?? languages,
    images: library.images.map((image) => ({ path: imagePath(image), name: image.name })),
    uploadHref: to.part("images", place, "upload"),
    checkLinkHref: to.all("texts", "checkLink"),
  };
}
