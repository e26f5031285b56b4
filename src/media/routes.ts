import { createHash } from "node:crypto";
import { Hono } from "hono";
import { type PictureExtension, pictureFile, pictureWidths, plainWidth } from "../ui/pictures.ts";
import type { VisitContext, VisitEnv } from "../visit.tsx";
import { fileOf, type Size, typeOf } from "./files.ts";
import { mailPictureRoutes } from "./mail-pictures.ts";
import { getImage, type MediaImage } from "./queries.ts";

/** The images that editors added. An id is a UUID, so that a path leads to nothing else. */
export const mediaRoutes = new Hono<VisitEnv>();

mediaRoutes.route("/", mailPictureRoutes);

const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

mediaRoutes.get(`/media/:id{${uuid}}/:file{[a-z0-9-]+\\.(?:avif|webp|jpg)}`, async (c) => {
  const { ctx } = c.var.visit;
  const image = await getImage(ctx, c.req.param("id"));
  const size = image && sizeNamed(image, c.req.param("file"));
  if (!size) return c.notFound();
  const bytes = await fileOf(ctx, image.id, size);
  return bytes ? send(c, bytes, size.extension) : c.notFound();
});

/** The size that a file's name means: "640.avif", or the plain picture by its whole name. */
function sizeNamed(image: MediaImage, file: string): Size | null {
  if (file === pictureFile(image)) return { width: plainWidth(image.width), extension: "jpg" };
  const [name = "", extension = ""] = file.split(".");
  const width = pictureWidths(image.width).find((one) => String(one) === name);
  return width ? { width, extension: extension as PictureExtension } : null;
}

/**
 * Nothing but a picture, whatever somebody hid in it: its type is not guessed, and opened by itself it may do and
 * load nothing. The name never leads to another picture, so that it is never asked for again (RFC 8246).
 */
function send(c: VisitContext, bytes: Buffer, extension: PictureExtension) {
  const etag = `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`;
  const headers = {
    etag,
    "cache-control": "public, max-age=31536000, immutable",
    "content-disposition": "inline",
    "content-security-policy": "default-src 'none'; sandbox",
  };
  const known = c.req.header("if-none-match")?.split(/,\s*/) ?? [];
  if (known.includes(etag) || known.includes(`W/${etag}`) || known.includes("*"))
    return c.body(null, 304, headers);
  const type = typeOf(extension);
  return c.body(new Uint8Array(bytes), 200, {
    ...headers,
    "content-type": type,
    "content-length": String(bytes.length),
  });
}
