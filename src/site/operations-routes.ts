import { timingSafeEqual } from "node:crypto";
import { Hono } from "hono";
import { sql } from "kysely";
import { getMailboxReadAt } from "../bounces/queries.ts";
import { paths, technical } from "../paths.ts";
import { identityHeader, identityOf } from "../platform/identity.ts";
import type { Metrics } from "../platform/metrics.ts";
import { clientAddress } from "../platform/network.ts";
import type { VisitContext, VisitEnv } from "../visit.tsx";

const yearInMs = 365 * 24 * 3600 * 1000;

/** What operators, robots and researchers ask for; no page for visitors. */
export function operationsRoutes(metrics: Metrics): Hono<VisitEnv> {
  const app = new Hono<VisitEnv>();
  app.get(technical.health, (c) => c.text("ok", 200, { "cache-control": "no-store" }));

  app.get(technical.ready, async (c) => {
    const { ctx } = c.var.visit;
    const checks = await Promise.allSettled([
      sql`select 1`.execute(ctx.db),
      sql`select version from pgboss.version`.execute(ctx.db),
    ]);
    const [database, jobs] = checks.map((check) => (check.status === "fulfilled" ? "ok" : "failed"));
    const ready = database === "ok" && jobs === "ok";
    return c.json({ database, jobs }, ready ? 200 : 503, { "cache-control": "no-store" });
  });

  app.get(technical.metrics, async (c) => {
    if (!mayReadMetrics(c)) return c.notFound();
    // Without the database the other figures are still worth having.
    const readAt = await getMailboxReadAt(c.var.visit.ctx).catch(() => null);
    metrics.mailboxRead.set((readAt?.getTime() ?? 0) / 1000);
    return c.body(await metrics.registry.metrics(), 200, {
      "content-type": metrics.registry.contentType,
      "cache-control": "no-store",
    });
  });

  app.get(technical.identity, (c) => {
    const { keys } = c.var.visit.ctx;
    return c.body(null, 204, { [identityHeader]: identityOf(keys), "cache-control": "no-store" });
  });

  app.get(technical.securityTxt, (c) => {
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
  return app;
}

/** With the token, or, where none is set, from this machine itself and not through a proxy. */
function mayReadMetrics(c: VisitContext): boolean {
  const { ctx } = c.var.visit;
  const { metricsToken, trustProxy } = ctx.config;
  if (metricsToken) {
    const given = Buffer.from(c.req.header("authorization") ?? "");
    const wanted = Buffer.from(`Bearer ${metricsToken}`);
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  }
  const forwarded = c.req.header("x-forwarded-for");
  const address = clientAddress(c.env.remoteAddress, forwarded, trustProxy);
  return !forwarded && /^(127\.|::1$|::ffff:127\.)/.test(address);
}
