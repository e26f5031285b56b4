import { Hono } from "hono";
import { paths, technical } from "../paths.ts";
import { identityHeader, proofOf } from "../platform/identity.ts";
import type { VisitEnv } from "../visit.tsx";

const yearInMs = 365 * 24 * 3600 * 1000;

/** What other programs and researchers ask for; no page for visitors. */
export const operationsRoutes = new Hono<VisitEnv>();

operationsRoutes.get(technical.identity, (c) => {
  const { keys } = c.var.visit.ctx;
  const proof = proofOf(keys, c.req.header("host") ?? "", c.req.query("nonce") ?? "");
  if (!proof) return c.notFound();
  return c.body(null, 204, { [identityHeader]: proof, "cache-control": "no-store" });
});

operationsRoutes.get(technical.securityTxt, (c) => {
  const { ctx, here } = c.var.visit;
  // Expires under a year away (RFC 9116), the same all day long.
  const day = new Date(ctx.now()).setUTCHours(0, 0, 0, 0);
  const lines = [
    `Contact: ${here.movementOrigin}${paths("nl").contact}`,
    `Expires: ${new Date(day + yearInMs - 7 * 24 * 3600 * 1000).toISOString()}`,
    `Canonical: ${here.movementOrigin}${technical.securityTxt}`,
    "Preferred-Languages: nl, en",
  ];
  return c.body(`${lines.join("\n")}\n`, 200, { "content-type": "text/plain; charset=utf-8" });
});
