import { z } from "zod";
import { DeskRoutes, whereMay } from "../accounts/operations.ts";
import { type AuditFeature, auditFeatures, listAudit, stillThere } from "../audit/queries.ts";
import { AuditPage } from "./audit-page.tsx";

/** A day that there was or will be; the calendar of PostgreSQL has no year 0. */
const day = z
  .string()
  .trim()
  .regex(/^(?!0000)\d{4}-\d{2}-\d{2}$/)
  .refine((text) => !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text));

/** Each part of the query string by itself: what makes no sense filters nothing. */
const filter = z.object({
  feature: z
    .custom<AuditFeature>((text) => auditFeatures.some((feature) => feature === text))
    .nullable()
    .catch(null)
    .default(null),
  who: z.string().trim().min(1).max(100).nullable().catch(null).default(null),
  from: day.nullable().catch(null).default(null),
  until: day.nullable().catch(null).default(null),
  before: z.coerce
    .number()
    .int()
    .positive()
    .max(Number.MAX_SAFE_INTEGER)
    .nullable()
    .catch(null)
    .default(null),
});

/** Who did what, when. */
export const auditDesk = new DeskRoutes().get(
  (to) => to.section("audit"),
  "audit.see",
  "anywhere",
  async (c, visit) => {
    const asked = c.req.query();
    const chosen = filter.parse(asked);
    const typed = { from: asked.from ?? "", until: asked.until ?? "" };
    const wrong = (["from", "until"] as const).filter((name) => typed[name].trim() && chosen[name] === null);
    const places = whereMay(visit.person.roles, "audit.see");
    const list = await listAudit(visit.ctx, { ...chosen, places });
    const there = await stillThere(visit.ctx, list.entries);
    return c.html(
      <AuditPage {...{ visit, chosen, typed, wrong, there, ...list }} />,
      wrong.length > 0 ? 422 : 200,
    );
  },
);
