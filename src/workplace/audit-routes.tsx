import { z } from "zod";
import { DeskRoutes, whereMay } from "../accounts/operations.ts";
import { type AuditFeature, auditFeatures, listAudit } from "../audit/queries.ts";
import { AuditPage } from "./audit-page.tsx";

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine((text) => !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text));

/** Each part of the query string by itself: what makes no sense is as if it were not there. */
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
    const chosen = filter.parse(c.req.query());
    const places = whereMay(visit.person.roles, "audit.see");
    const list = await listAudit(visit.ctx, { ...chosen, places, initiativeId: null });
    return c.html(<AuditPage visit={visit} chosen={chosen} {...list} />);
  },
);
