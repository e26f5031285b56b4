import { timingSafeEqual } from "node:crypto";
import { Hono } from "hono";
import { sql } from "kysely";
import { getMailboxReadAt } from "../bounces/queries.ts";
import { technical } from "../paths.ts";
import type { Ctx } from "../platform/context.ts";
import { databaseAnswers } from "../platform/database-away.ts";
import type { Metrics } from "../platform/metrics.ts";
import { clientAddress } from "../platform/network.ts";

type HealthEnv = { Bindings: { remoteAddress: string | null } };

const notKept = { "cache-control": "no-store" };

const healthPaths: string[] = [technical.health, technical.ready, technical.metrics];

/** Whether a path is one of those that answer on every host name, whatever the database does. */
export const isHealthPath = (path: string) => healthPaths.includes(path);

/** What operators' own programs ask; answered before it is known which site is meant, since that is in the database. */
export function healthRoutes(ctx: Ctx, metrics: Metrics, answers: () => Promise<boolean>): Hono<HealthEnv> {
  const app = new Hono<HealthEnv>();
  const queueAnswers = databaseAnswers(ctx, sql`select version from pgboss.version`);

  app.get(technical.health, (c) => c.text("ok", 200, notKept));

  app.get(technical.ready, async (c) => {
    const checks = await Promise.all([answers(), queueAnswers()]);
    const [database, jobs] = checks.map((answered) => (answered ? "ok" : "failed"));
    return c.json({ database, jobs }, checks.every(Boolean) ? 200 : 503, notKept);
  });

  app.get(technical.metrics, async (c) => {
    if (!mayReadMetrics(ctx, c.req.raw, c.env.remoteAddress)) return c.text("Not found\n", 404, notKept);
    // Without the database the other figures are still worth having, and this one is what it was.
    const readAt = (await answers()) && (await getMailboxReadAt(ctx).catch(() => false as const));
    if (readAt !== false) metrics.mailboxRead.set((readAt?.getTime() ?? 0) / 1000);
    return c.body(await metrics.registry.metrics(), 200, {
      "content-type": metrics.registry.contentType,
      ...notKept,
    });
  });
  return app;
}

/** With the token, or, where none is set, from this machine itself and not through a proxy. */
function mayReadMetrics({ config }: Ctx, { headers }: Request, remoteAddress: string | null): boolean {
  const { metricsToken, trustProxy } = config;
  if (metricsToken) {
    const given = Buffer.from(headers.get("authorization") ?? "");
    const wanted = Buffer.from(`Bearer ${metricsToken}`);
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  }
  const forwarded = headers.get("x-forwarded-for") ?? undefined;
  const address = clientAddress(remoteAddress, forwarded, trustProxy);
  return !forwarded && /^(127\.|::1$|::ffff:127\.)/.test(address);
}
