import { Hono } from "hono";
import { z } from "zod";
import type { ActKinds } from "../confirmations/operations.ts";
import { paths } from "../paths.ts";
import { pretendedCodePage, readCodeLinkToken, readCodePageToken } from "../people/operations.ts";
import { emailField, fieldErrors } from "../platform/fields.ts";
import { languages } from "../platform/i18n.ts";
import { guardForm, guardSlip, readFields } from "../protection/operations.ts";
import type { VisitContext, VisitEnv } from "../visit.tsx";
import { dropVisitCookie, readVisitCookie, setVisitCookie } from "./cookie.ts";
import { sectionsOf } from "./facts.ts";
import { noticeIn, withNotice } from "./notices.ts";
import { AskPage, CodePage, LinkPage } from "./open-pages.tsx";
import { addressOfLink, askCode, closeVisit, findVisitor, openByCode, openByLink } from "./opening.ts";
import { addOwnRoutes } from "./own-routes.tsx";
import { MinePage } from "./page.tsx";
import { getEverything } from "./queries.ts";

const askForm = z.object({ email: emailField });

/** /mijn: the way in without an account, and what is kept about whoever is in. Nothing of it is kept in any cache. */
export function mineRoutes(kinds: ActKinds): Hono<VisitEnv> {
  const app = new Hono<VisitEnv>();
  for (const language of languages) {
    const to = paths(language);
    app.use(to.mine, noStore).use(`${to.mine}/*`, noStore);

    app.get(to.mine, async (c) => {
      const { visit } = c.var;
      const notice = noticeIn(c.req.query());
      const visitor = await visitorOf(c);
      const everything = visitor && (await getEverything(visit.ctx, kinds, visitor, language));
      if (!everything) return c.html(<AskPage visit={visit} notice={notice} />);
      const sections = sectionsOf(everything, visit);
      return c.html(<MinePage {...{ visit, visitor, everything, sections, notice }} />);
    });

    app.post(to.minePart("code"), askByForm);
    // Who goes back to the form's address, or follows it, comes to the form.
    app.get(to.minePart("code"), (c) => c.redirect(to.mine, 302));

    app.get(to.mineCode(":token"), (c) => {
      const token = c.req.param("token") ?? "";
      if (!readCodePageToken(c.var.visit.ctx, "mine", token)) return c.redirect(to.mine, 302);
      return c.html(<CodePage visit={c.var.visit} token={token} />);
    });
    app.post(to.mineCode(":token"), openByForm);

    app.get(to.mineOpen(":token"), async (c) => {
      const { visit } = c.var;
      const token = c.req.param("token") ?? "";
      const id = readCodeLinkToken(visit.ctx, "mine", token);
      const email = id && (await addressOfLink(visit.ctx, id));
      return c.html(<LinkPage visit={visit} token={token} email={email || null} />, id ? 200 : 404);
    });
    app.post(to.mineOpen(":token"), async (c) => {
      const { ctx } = c.var.visit;
      const token = c.req.param("token") ?? "";
      const id = readCodeLinkToken(ctx, "mine", token);
      const result = id ? await openByLink(ctx, id, readVisitCookie(c)) : null;
      if (result?.kind !== "opened") return c.redirect(to.mineOpen(token), 303);
      setVisitCookie(c, result.token);
      return c.redirect(to.mine, 303);
    });

    app.post(to.minePart("close"), async (c) => {
      const token = readVisitCookie(c);
      if (token) await closeVisit(c.var.visit.ctx, token);
      dropVisitCookie(c);
      return c.redirect(withNotice(to.mine, "closed"), 303);
    });
    addOwnRoutes(app, kinds, language, visitorOf);
  }
  return app;
}

async function noStore(c: VisitContext, next: () => Promise<void>): Promise<void> {
  await next();
  c.header("Cache-Control", "no-store");
}

/** Who visits, by the cookie; null without a visit. */
async function visitorOf(c: VisitContext) {
  const token = readVisitCookie(c);
  return (token && (await findVisitor(c.var.visit.ctx, token))) || null;
}

async function askByForm(c: VisitContext): Promise<Response> {
  const { visit } = c.var;
  const { ctx, language, here } = visit;
  const to = paths(language);
  const fields = await readFields(c);
  const parsed = askForm.safeParse(fields);
  if (!parsed.success) {
    const tooMany = await guardSlip(c, { name: "mine", fields });
    const errors = fieldErrors(parsed.error);
    return tooMany ?? c.html(<AskPage visit={visit} errors={errors} typed={fields} />, 422);
  }
  // Not by address: whoever was kept out that way could not see their own data. The mails have caps of their own.
  const guard = await guardForm(c, { name: "mine", fields, address: null });
  if (guard.kind === "answer") return guard.response;
  const token =
    guard.kind === "pretend"
      ? pretendedCodePage(ctx, "mine")
      : await askCode(ctx, {
          email: parsed.data.email,
          language,
          origin: here.movementOrigin,
          siteName: here.frame(language).name,
        });
  return c.redirect(to.mineCode(token), 303);
}

async function openByForm(c: VisitContext): Promise<Response> {
  const { visit } = c.var;
  const { ctx, language, t } = visit;
  const to = paths(language);
  const token = c.req.param("token") ?? "";
  const id = readCodePageToken(ctx, "mine", token);
  if (!id) return c.redirect(to.mine, 303);
  const fields = await readFields(c);
  const again = (error: string) =>
    c.html(<CodePage visit={visit} token={token} error={error} typed={fields.code ?? ""} />, 422);
  const typed = (fields.code ?? "").replace(/[\s-]/g, "");
  if (!/^\d{6}$/.test(typed))
    return (await guardSlip(c, { name: "mine-code", fields })) ?? again(t("mine:code.sixDigits"));
  const guard = await guardForm(c, { name: "mine-code", fields, address: null });
  if (guard.kind === "answer") return guard.response;
  const result = await openByCode(ctx, id, typed, readVisitCookie(c));
  switch (result.kind) {
    case "opened":
      setVisitCookie(c, result.token);
      return c.redirect(to.mine, 303);
    case "wrong":
      return again(t("mine:code.wrong", { count: result.left }));
    case "worn-out":
      return again(t("mine:code.wornOut"));
    case "spent":
      return again(t("mine:code.spent"));
    case "over":
      return again(t("mine:code.over"));
    default:
      return result satisfies never;
  }
}
