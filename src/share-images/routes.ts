import { createHash } from "node:crypto";
import { Hono } from "hono";
import { technical } from "../paths.ts";
import { languages } from "../platform/i18n.ts";
import type { VisitContext, VisitEnv } from "../visit.tsx";
import type { Picture } from "./facts.ts";
import {
  editionPicture,
  islandPicture,
  manifestoPicture,
  movementPicture,
  updatePicture,
} from "./queries.ts";
import { pictureFor } from "./studio.ts";

export const shareImageRoutes = new Hono<VisitEnv>();

/** A slug with ".png" behind it, as the last part of a path. */
const file = ":file{[a-z0-9-]+\\.png}";
const slugOf = (c: VisitContext) => (c.req.param("file") ?? "").replace(/\.png$/, "");
const pattern = (path: string) => path.replace(/\.png$/, "");

for (const language of languages) {
  shareImageRoutes.get(technical.shareImage(language, null, null), async (c) =>
    send(c, await movementPicture(c.var.visit.ctx, language)),
  );
  shareImageRoutes.get(technical.manifestoImage(language), async (c) =>
    send(c, await manifestoPicture(c.var.visit.ctx, language), "public, max-age=300"),
  );
  shareImageRoutes.get(pattern(technical.shareImage(language, file, null)), async (c) =>
    send(c, await islandPicture(c.var.visit.ctx, language, slugOf(c))),
  );
  shareImageRoutes.get(pattern(technical.shareImage(language, ":island", file)), async (c) =>
    send(c, await updatePicture(c.var.visit.ctx, language, c.req.param("island") ?? "", slugOf(c))),
  );
  shareImageRoutes.get(pattern(technical.editionImage(language, ":island", file)), async (c) => {
    const island = c.req.param("island") ?? "";
    return send(
      c,
      await editionPicture(c.var.visit.ctx, language, island === "-" ? null : island, slugOf(c)),
    );
  });
}

/** Raised when the drawing itself changes, so that kept pictures are asked for anew. */
const edition = 1;

async function send(c: VisitContext, picture: Picture | null, cacheControl = "public, max-age=3600") {
  if (!picture) return c.notFound();
  const facts = JSON.stringify([edition, picture]);
  const etag = `"${createHash("sha256").update(facts).digest("base64url").slice(0, 22)}"`;
  const headers = { etag, "cache-control": cacheControl };
  const known = c.req.header("if-none-match")?.split(/,\s*/) ?? [];
  if (known.includes(etag) || known.includes(`W/${etag}`)) return c.body(null, 304, headers);
  const png = await pictureFor(facts, picture);
  return c.body(new Uint8Array(png), 200, { ...headers, "content-type": "image/png" });
}
