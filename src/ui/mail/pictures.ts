import { ownImage, pictureAt, plainWidth } from "../pictures.ts";

/** How wide the words of a mail are, in pixels. */
const mailWidth = 544;

/** A picture as a mail can hold it; `width` is how wide it is shown at most, in pixels. */
export type ShownPicture = { src: string; width: number };

/** Gmail and Outlook leave these out. */
const notShown = /\.(svg|avif|webp)$/i;

/**
 * One of our own images as mail programs show it: one that they don't show has a version that they do. Null for one from
 * elsewhere, which would tell its site who opens the mail.
 */
export function pictureForMail(address: string): ShownPicture | null {
  const src = ownImage(address);
  if (src === null) return null;
  const uploaded = pictureAt(src);
  if (uploaded) return { src, width: Math.min(mailWidth, plainWidth(uploaded.width)) };
  const [, kind] = notShown.exec(src) ?? [];
  if (!kind) return { src, width: mailWidth };
  if (src.startsWith("/media/mail/")) return null;
  const extension = kind.toLowerCase() === "svg" ? "png" : "jpg";
  return { src: `/media/mail/${src.slice("/media/".length)}.${extension}`, width: mailWidth };
}
