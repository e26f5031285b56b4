import { DeskRoutes } from "../accounts/operations.ts";
import type { Limit } from "../platform/limits.ts";
import { probe } from "../platform/probe.ts";
import { readFields } from "../protection/operations.ts";

/** Somebody who writes checks a few links a minute; a program would check ports. */
const linkLimit: Limit = { name: "links-checked", points: 30, seconds: 60 };

/** Whether a link answers: a hint for who writes, never a gate. */
export const linksDesk = new DeskRoutes().post(
  (to) => to.all("texts", "checkLink"),
  "workplace.open",
  "anywhere",
  async (c, { ctx, person, t }) => {
    const { url = "" } = await readLink(c.req.raw, () => readFields(c));
    if (!(await ctx.limits.take(linkLimit, ctx.keys.hash("links-checked", person.id))).within)
      return c.json({ ok: true, reason: t("links:later") });
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

/** The link as browser code sends it (JSON), or as a form does. */
async function readLink(request: Request, asForm: () => Promise<Record<string, string>>) {
  if (!request.headers.get("content-type")?.startsWith("application/json")) return asForm();
  const sent: unknown = await request.json().catch(() => null);
  const url = sent && typeof sent === "object" && "url" in sent ? sent.url : "";
  return { url: typeof url === "string" ? url.slice(0, 2000) : "" };
}
