import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { Hono } from "hono";
import type { VisitEnv } from "../visit.tsx";
import { turns } from "./turns.ts";

/** Twice as many pixels as a mail is wide, for sharp screens. */
const width = 1088;
/** One at a time: a picture takes a processor for a while. */
const inTurn = turns(1);

type Made = { bytes: Buffer; etag: string };
const kept = new Map<string, Promise<Made | null>>();

/**
 * Pictures of the content folder that mail programs do not show (SVG, AVIF, WebP), as a PNG or a JPEG. The names are few
 * and of files that are there, so that each is made once and kept.
 */
export const mailPictureRoutes = new Hono<VisitEnv>();

// No dot in a folder's name, and one in the file's: a path leads to nothing outside.
const original = "(?:[\\w-]+/)*[\\w-]+\\.(?:svg|avif|webp)";

mailPictureRoutes.get(`/media/mail/:file{${original}\\.(?:png|jpg)}`, async (c) => {
  const [, file = "", extension = ""] = /^(.+)\.(png|jpg)$/.exec(c.req.param("file")) ?? [];
  if ((extension === "png") !== file.endsWith(".svg")) return c.notFound();
  const made = await pictureOf(file);
  if (!made) return c.notFound();
  const headers = {
    etag: made.etag,
    "cache-control": "public, max-age=3600",
    "content-security-policy": "default-src 'none'; sandbox",
  };
  if (c.req.header("if-none-match")?.includes(made.etag)) return c.body(null, 304, headers);
  const type = extension === "png" ? "image/png" : "image/jpeg";
  return c.body(new Uint8Array(made.bytes), 200, { ...headers, "content-type": type });
});

async function pictureOf(file: string): Promise<Made | null> {
  const known = kept.get(file);
  if (known) return known;
  const source = await readFile(`content/images/${file}`).catch(() => null);
  if (!source) return null;
  const making = inTurn("first", () => draw(source, file.endsWith(".svg")));
  kept.set(file, making);
  making.catch(() => kept.delete(file));
  return making;
}

async function draw(source: Buffer, isDrawing: boolean): Promise<Made> {
  const { default: sharp } = await import("sharp");
  const picture = sharp(source)
    .resize({ width, withoutEnlargement: !isDrawing })
    .flatten({ background: "#ffffff" });
  const bytes = await (isDrawing
    ? picture.png({ palette: true, effort: 7 })
    : picture.jpeg({ quality: 80, mozjpeg: true })
  ).toBuffer();
  return { bytes, etag: `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"` };
}
