import { DeskRoutes } from "../accounts/operations.ts";
import type { Limit } from "../platform/limits.ts";
import { probe } from "../platform/probe.ts";
import { readFields, readJson } from "../protection/operations.ts";
import type { VisitContext } from "../visit.tsx";

/** Somebody who writes checks a few links a minute; a program would check ports. */
const linkLimit: Limit = { name: "links-checked", points: 30, seconds: 60 };

/** Whether a link answers: a hint for who writes, never a gate. */
export const linksDesk = new DeskRoutes().post(
  (to) => to.all("texts", "checkLink"),
  "workplace.open",
  "anywhere",
  async (c, { ctx, person, t }) => {
    if (!(await ctx.limits.take(linkLimit, ctx.keys.hash("links-checked", person.id))).within)
      return c.json({ ok: true, reason: t("links:later") });
    const url = await readLink(c);
    if (url === null) return c.json({ ok: false, reason: t("links:not-asked") }, 413);
    const found = await probe(url);
    switch (found.kind) {
      case "answers":
        return found.status < 400 || [401, 403, 405, 429].includes(found.status)
          ? c.json({ ok: true })
          : c.json({ ok: false, reason: t("links:status", { status: found.status }) });
      case "not-asked":
      case "inside":
        return c.json({ ok: false, reason: t(`links:${found.kind}`) });
      case "no-answer":
        return c.json({ ok: false, reason: t(`links:${found.reason}`) });
      default:
        return found satisfies never;
    }
  },
);

/** The link as browser code sends it (JSON), or as a form does; null where far more was sent than a link. */
async function readLink(c: VisitContext): Promise<string | null> {
  if (!c.req.header("content-type")?.startsWith("application/json")) return (await readFields(c)).url ?? "";
  const sent = await readJson(c);
  if (sent.kind === "too-large") return null;
  const value = sent.kind === "read" ? sent.value : null;
  const url = value && typeof value === "object" && "url" in value ? value.url : "";
  return typeof url === "string" ? url.slice(0, 2000) : "";
}
