import { pictureAt, plainWidth } from "../pictures.ts";

/** How wide the words of a mail are, in pixels. */
const mailWidth = 544;

/** A picture as a mail can hold it; `width` is how wide it is shown at most, in pixels. */
export type ShownPicture = { src: string; width: number };

/** Gmail and Outlook leave these out. */
const notShown = /\.(svg|avif|webp)$/i;

/**
 * The picture at an address of this site or elsewhere, as mail programs show it: one of this site that they don't show
 * has a version that they do. Null for one elsewhere, of which there is no other version.
 */
export function pictureForMail(src: string): ShownPicture | null {
  const uploaded = pictureAt(src);
  if (uploaded) return { src, width: Math.min(mailWidth, plainWidth(uploaded.width)) };
  const [, kind] = notShown.exec(src) ?? [];
  if (!kind) return { src, width: mailWidth };
  if (!/^\/media\/(?!mail\/)/.test(src)) return null;
  const extension = kind.toLowerCase() === "svg" ? "png" : "jpg";
  return { src: `/media/mail/${src.slice("/media/".length)}.${extension}`, width: mailWidth };
}
