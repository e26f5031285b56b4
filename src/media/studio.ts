import type { Sharp, SharpOptions } from "sharp";
import type { PictureExtension } from "../ui/pictures.ts";
import { recognise } from "./recognise.ts";
import { turns } from "./turns.ts";

/** Why a file is not taken. */
export type Refusal = "not-an-image" | "svg" | "heic" | "too-many-pixels" | "broken";

/** An upload made anew from its pixels: upright, sRGB, without anything that was written beside them. */
export type Master = { kind: "made"; bytes: Buffer; width: number; height: number };

/** A camera of 50 megapixels; decoded that is 200 MB at most. */
const mostPixels = 50_000_000;
/** The master is wide enough for the widest size on a sharp screen, and an infographic may be long. */
const mostWide = 2560;
const mostHigh = 5120;
/** How many seconds one picture may take to make; what takes longer is made to take long. */
const patience = 20;

/** One picture at a time: each takes a processor for a while, and a lot of memory. */
const inTurn = turns(1);

/** Sharp is loaded with the first picture: a process that makes none is the smaller for it. */
async function openSharp(bytes: Buffer, options: SharpOptions = {}): Promise<Sharp> {
  const { default: sharp } = await import("sharp");
  sharp.concurrency(1); // one processor: pages are answered beside it
  sharp.cache(false); // no picture is made twice
  return sharp(bytes, { limitInputPixels: mostPixels, failOn: "error", ...options }).timeout({
    seconds: patience,
  });
}

/** Makes the master of an upload; of what moves, the first frame. */
export function makeMaster(bytes: Buffer): Promise<Master | { kind: Refusal }> {
  const format = recognise(bytes);
  if (format === "unknown") return Promise.resolve({ kind: "not-an-image" });
  if (format === "svg" || format === "heic") return Promise.resolve({ kind: format });
  return inTurn("first", async () => {
    const source = await openSharp(bytes);
    try {
      const found = await source.metadata();
      if (found.width * found.height > mostPixels) return { kind: "too-many-pixels" };
      if (found.format !== format) return { kind: "broken" };
      const { data, info } = await source
        .autoOrient()
        .resize({ width: mostWide, height: mostHigh, fit: "inside", withoutEnlargement: true })
        .webp({ quality: 92, effort: 2, smartSubsample: true })
        .toBuffer({ resolveWithObject: true });
      return { kind: "made", bytes: data, width: info.width, height: info.height };
    } catch (error) {
      // The library tells apart by words alone; whatever it cannot read is broken to us.
      return { kind: /pixel limit/.test(String(error)) ? "too-many-pixels" : "broken" };
    }
  });
}

const encode: Record<PictureExtension, (picture: Sharp) => Sharp> = {
  avif: (picture) => picture.avif({ quality: 52, effort: 3 }),
  webp: (picture) => picture.webp({ quality: 78, effort: 4 }),
  jpg: (picture) => picture.flatten({ background: "#ffffff" }).jpeg({ quality: 80, mozjpeg: true }),
};

/** One size of a picture; the same bytes for the same master, in whichever process. `soon`: somebody waits for it. */
export const makeSize = (
  master: Buffer,
  width: number,
  extension: PictureExtension,
  soon: boolean,
): Promise<Buffer> =>
  inTurn(soon ? "first" : "last", async () => {
    const picture = (await openSharp(master)).resize({ width, withoutEnlargement: true });
    return encode[extension](picture).toBuffer();
  });
