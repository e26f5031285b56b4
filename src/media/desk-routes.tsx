import { readFile } from "node:fs/promises";
import { z } from "zod";
import { DeskRoutes, type DeskVisit, whereMay } from "../accounts/operations.ts";
import { isDocumentName } from "../desk-paths.ts";
import { fairTurns } from "../platform/fair-turns.ts";
import { type FieldErrors, fieldErrors } from "../platform/fields.ts";
import { noRoom, type Upload, type UploadStatus, uploadStatus, withUpload } from "../platform/uploads.ts";
import { readFields } from "../protection/operations.ts";
import type { VisitContext } from "../visit.tsx";
import { imageFields, inForm } from "./desk-form.ts";
import { LibraryPage, PlacesPage } from "./desk-pages.tsx";
import { getPlace, listPlaces } from "./desk-queries.ts";
import { ImagePage, type TextToGoOnWith } from "./image-page.tsx";
import { addImage, describeImage, mostBytes, type Refused, removeImage } from "./operations.ts";
import { getImage, imagePath, listImages, type Use } from "./queries.ts";

/** What stands for the movement in an address, where an initiative has its id. */
const movement = "-";
const isId = (text: string) => z.uuid().safeParse(text).success;
const idOf = (c: VisitContext) => c.req.param("id") ?? "";

/** Whose images: the movement's, or an initiative's. */
async function ofPlace(c: VisitContext): Promise<string | null | undefined> {
  const id = idOf(c);
  if (id === movement) return null;
  return isId(id) ? (await getPlace(c.var.visit.ctx, id))?.id : undefined;
}

/** Whose image this is. */
async function ofImage(c: VisitContext): Promise<string | null | undefined> {
  const image = isId(idOf(c)) ? await getImage(c.var.visit.ctx, idOf(c)) : undefined;
  return image?.initiativeId;
}

/** The text that somebody came from, so that there is a way back; `and` goes behind another query. */
function textOf(c: VisitContext, { desk }: DeskVisit): TextToGoOnWith | null {
  const [, kind = "", id = ""] = /^(\w+)\/([0-9a-f-]{36})$/.exec(c.req.query("text") ?? "") ?? [];
  if (!isDocumentName(kind) || !isId(id)) return null;
  const query = new URLSearchParams({ text: `${kind}/${id}` });
  return { href: desk.document(kind, id), query: `?${query}`, and: `&${query}` };
}

const wantsJson = (c: VisitContext) => c.req.header("accept")?.includes("application/json") ?? false;

/** Images in the workplace: the library of the movement and of each initiative. */
export const mediaDesk = new DeskRoutes()
  .get((to) => to.section("images"), "images.use", "anywhere", showPlaces)
  .get(
    (to) => to.one("images", ":id"),
    "images.use",
    ofPlace,
    (c, visit) => showLibrary(c, visit),
  )
  .post((to) => to.part("images", ":id", "upload"), "images.use", ofPlace, upload)
  .get(
    (to) => to.part("images", ":id", "alt"),
    "images.use",
    ofImage,
    (c, visit) => showImage(c, visit),
  )
  .post((to) => to.part("images", ":id", "alt"), "images.use", ofImage, describe)
  .post((to) => to.part("images", ":id", "remove"), "images.use", ofImage, remove);

async function showPlaces(c: VisitContext, visit: DeskVisit) {
  const where = whereMay(visit.person.roles, "images.use");
  const places = await listPlaces(visit.ctx, where);
  const [only] = places;
  if (where !== "all" && only && places.length === 1)
    return c.redirect(visit.desk.one("images", only.id), 303);
  return c.html(<PlacesPage visit={visit} places={places} withMovement={where === "all"} />);
}

async function showLibrary(
  c: VisitContext,
  visit: DeskVisit,
  errors: FieldErrors = [],
  status: 200 | UploadStatus = 200,
) {
  const { ctx, initiativeId } = visit;
  const after = c.req.query("after") ?? "";
  const [place, list] = await Promise.all([
    initiativeId === null ? null : getPlace(ctx, initiativeId),
    listImages(ctx, initiativeId, isId(after) ? after : null),
  ]);
  if (wantsJson(c)) {
    const images = list.images.map((image) => ({
      ...{ id: image.id, src: `/media/${imagePath(image)}`, width: image.width, height: image.height },
      ...{ name: image.name, alt: image.alt, decorative: image.decorative },
    }));
    return c.json({ images, next: list.next });
  }
  const removed = c.req.query("removed") !== undefined;
  const shown = { place: place ?? null, errors, removed, text: textOf(c, visit), ...list };
  const page = <LibraryPage visit={visit} {...shown} />;
  return c.html(page, status);
}

/** Two images are made at a time, one per person, of those that are on the disk whole: so many are in memory. */
const making = fairTurns({ most: 2, each: 1 });

async function upload(c: VisitContext, visit: DeskVisit): Promise<Response> {
  const { ctx, t, initiativeId, person } = visit;
  const given = { dataDir: ctx.config.dataDir, request: c.req.raw, personId: person.id, most: mostBytes };
  const result = await withUpload(given, async (upload) => {
    if (upload.kind !== "received") return { kind: "refused", reason: upload.kind } as const;
    const { path, name: fileName } = upload.file;
    return making(person.id, async () =>
      addImage(ctx, { bytes: await readFile(path), fileName, initiativeId, personId: person.id }),
    ).catch((error) => ({ kind: "refused", reason: noRoom(error).kind }) as const);
  });
  if (result.kind === "added") {
    const { kind: _kind, image: _image, ...image } = result;
    if (wantsJson(c)) return c.json(image, 201);
    return c.redirect(
      `${visit.desk.part("images", image.id, "alt")}?added${textOf(c, visit)?.and ?? ""}`,
      303,
    );
  }
  const message = refusalKey(result.reason);
  const status = uploadStatus({ kind: result.reason });
  return wantsJson(c)
    ? c.json({ error: t(message) }, status)
    : showLibrary(c, visit, [{ name: "file", message }], status);
}

const refusalKey = (reason: Refused["reason"] | Upload["kind"]) => `media:refused.${reason}`;

type Shown = { errors?: FieldErrors; typed?: Record<string, string>; uses?: Use[] };

async function showImage(c: VisitContext, visit: DeskVisit, { errors = [], typed, uses }: Shown = {}) {
  const image = await getImage(visit.ctx, idOf(c));
  if (!image) return c.notFound();
  const just = (["added", "saved"] as const).find((one) => c.req.query(one) !== undefined);
  const fields = typed ?? inForm(image);
  const status = uses ? 409 : errors.length > 0 ? 422 : 200;
  return c.html(
    <ImagePage visit={visit} {...{ image, fields, errors, uses, just, text: textOf(c, visit) }} />,
    status,
  );
}

async function describe(c: VisitContext, visit: DeskVisit) {
  const typed = await readFields(c);
  const parsed = imageFields.safeParse(typed);
  if (!parsed.success) return showImage(c, visit, { errors: fieldErrors(parsed.error), typed });
  const result = await describeImage(visit.ctx, idOf(c), visit.person.id, parsed.data);
  if (result.kind === "not-found") return c.notFound();
  const and = textOf(c, visit)?.and ?? "";
  return c.redirect(`${visit.desk.part("images", idOf(c), "alt")}?saved${and}`, 303);
}

async function remove(c: VisitContext, visit: DeskVisit) {
  const result = await removeImage(visit.ctx, idOf(c), visit.person.id);
  switch (result.kind) {
    case "removed":
      return c.redirect(`${visit.desk.one("images", visit.initiativeId ?? movement)}?removed`, 303);
    case "not-found":
      return c.notFound();
    case "in-use":
      return showImage(c, visit, { uses: result.uses });
    default:
      return result satisfies never;
  }
}
