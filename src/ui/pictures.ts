/**
 * Pictures that were uploaded here, as their addresses tell: "/media/<id>/1600x900-name.jpg". Width and height stand
 * in the name, so that a page keeps the place for a picture without asking the database.
 */
export type UploadedPicture = { id: string; width: number; height: number; src: string };

/** From the smallest to the fullest: what a browser takes first stands first. */
export const pictureFormats = [
  { extension: "avif", type: "image/avif" },
  { extension: "webp", type: "image/webp" },
  { extension: "jpg", type: "image/jpeg" },
] as const;
export type PictureExtension = (typeof pictureFormats)[number]["extension"];

const widths = [320, 640, 960, 1280];
const widest = 1920;

/** The widths in pixels that a picture is made in: up to its own, and none that is nearly its own. */
export function pictureWidths(width: number): number[] {
  const most = Math.min(width, widest);
  return [...widths.filter((one) => one < most * 0.9), most];
}

/** The width of the plain JPEG that the address itself leads to. */
export const plainWidth = (width: number): number =>
  pictureWidths(width).find((one) => one >= Math.min(width, 1280)) ?? width;

const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const shape = new RegExp(`^/media/(${uuid})/([1-9]\\d{0,4})x([1-9]\\d{0,4})-[a-z0-9-]+\\.jpg$`);

/** The uploaded picture at an address of this site; null for any other image. */
export function pictureAt(src: string): UploadedPicture | null {
  const [, id, width, height] = shape.exec(src) ?? [];
  return id ? { id, width: Number(width), height: Number(height), src } : null;
}

/** A file below /media, of letters that lead nowhere else. */
const ownFile = /^\/media\/(?:[\w-]+\/)*[\w-]+(?:\.[\w-]+)?\.(?:jpe?g|png|gif|webp|avif|svg)$/i;

/**
 * The path of one of our own images at an address; null for what is elsewhere or no image. An image from elsewhere tells
 * its site who reads, in every feed and mail. An uploaded picture is known by its name, whatever host stands before it.
 */
export function ownImage(src: string): string | null {
  if (ownFile.test(src)) return src;
  const path = URL.parse(src)?.pathname ?? "";
  return pictureAt(path) ? path : null;
}

/** The address of the smallest file of a picture; for any other image, its own. */
export function smallest(src: string): string {
  const picture = pictureAt(src);
  return picture ? `/media/${picture.id}/${pictureWidths(picture.width)[0]}.jpg` : src;
}

/** The name of a picture's file, after its id. */
export const pictureFile = (picture: { name: string; width: number; height: number }): string =>
  `${picture.width}x${picture.height}-${picture.name}.jpg`;

/** Every width of a picture in one format, as `srcset` lists them. */
export const srcset = ({ id, width }: UploadedPicture, extension: PictureExtension): string =>
  pictureWidths(width)
    .map((one) => `/media/${id}/${one}.${extension} ${one}w`)
    .join(", ");

/** The sources before the <img> of a picture. */
export const pictureSources = (picture: UploadedPicture) =>
  pictureFormats
    .filter(({ extension }) => extension !== "jpg")
    .map(({ extension, type }) => ({ type, srcset: srcset(picture, extension) }));

/** HTML with the plain image of each picture alone, for feeds and mail, which are read elsewhere. */
export const withoutSources = (html: string): string =>
  html.replace(/<picture>(?:<source [^>]*>)*(<img [^>]*>)<\/picture>/g, "$1");
