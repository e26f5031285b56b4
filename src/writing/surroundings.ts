import type { DeskVisit } from "../accounts/operations.ts";
import { getImage, imagePath, listImages } from "../media/queries.ts";
import type { Ctx } from "../platform/context.ts";
import { languages } from "../platform/i18n.ts";
import { pictureAt } from "../ui/pictures.ts";
import { wholeContent } from "./content.ts";
import type { Surroundings } from "./fields/index.ts";
import type { Document, DocumentKind } from "./kinds.ts";
import type { Content } from "./table.ts";

/**
 * What the inputs of a document need to know, without the problems. `imagesAfter`: the images to choose from begin
 * after this one of the library.
 */
export async function surroundings(
  { ctx, t, language, desk: to }: DeskVisit,
  kind: DocumentKind,
  document: Document,
  imagesAfter: string | null,
): Promise<Omit<Surroundings, "error">> {
  const { initiativeId } = document;
  const place = initiativeId ?? "-";
  const [movement, library, options] = await Promise.all([
    ctx.db.selectFrom("movement").select("languages").executeTakeFirst(),
    kind.fields.some(({ hasImages }) => hasImages) ? listImages(ctx, initiativeId, imagesAfter) : null,
    kind.options?.(ctx, document, language) ?? {},
  ]);
  return {
    t,
    language,
    options,
    languages: movement?.languages ?? languages,
    images: {
      choices: (library?.images ?? []).map((image) => ({ ...image, path: imagePath(image) })),
      next: library?.next ?? null,
      isFirst: imagesAfter === null,
    },
    libraryHref: to.one("images", place),
    uploadHref: to.part("images", place, "upload"),
    checkLinkHref: to.all("texts", "checkLink"),
  };
}

/** A content in which images that were just chosen have the words that the library has for them. */
export async function withLibraryWords(
  ctx: Ctx,
  kind: DocumentKind,
  document: Document,
  content: Content,
): Promise<Content> {
  const before = wholeContent(kind, document.content);
  const wordsOf = async (path: string) => {
    const picture = pictureAt(`/media/${path}`);
    return (picture && (await getImage(ctx, picture.id))) ?? null;
  };
  const described = { ...content };
  for (const { name, describe } of kind.fields)
    if (describe) described[name] = await describe(content[name], before[name], wordsOf);
  return described;
}
