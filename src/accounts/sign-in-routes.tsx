import { Hono } from "hono";
import { z } from "zod";
import { type DeskPaths, desk } from "../desk-paths.ts";
import { pretendedCodePage, readCodeLinkToken, readCodePageToken } from "../people/operations.ts";
import { findOpenCode } from "../people/queries.ts";
import { emailField, fieldErrors, personName } from "../platform/fields.ts";
import { languages } from "../platform/i18n.ts";
import { guardForm, guardSlip, readFields, requireOwnForm } from "../protection/operations.ts";
import type { VisitContext, VisitEnv } from "../visit.tsx";
import { dropSessionCookie, readSessionCookie } from "./cookie.ts";
import { browserOf, enter, noStore, workerOf } from "./entering.ts";
import { becomeFirstOwner, firstOwnerLinkWorks } from "./first-owner.ts";
import { safeNext, withNext } from "./next.ts";
import { closeSession } from "./sessions.ts";
import { askSignInCode, signInByCode, signInByLink } from "./sign-in.ts";
import {
  FirstOwnerOverPage,
  FirstOwnerPage,
  SignInCodePage,
  SignInLinkPage,
  SignInPage,
} from "./sign-in-pages.tsx";
import { isStrongEnough } from "./strength.ts";

/** The way in to the workplace and the way out. Nothing of it is kept in any cache. */
export const signInRoutes = new Hono<VisitEnv>();

for (const language of languages) {
  const to = desk(language);
  signInRoutes.use(to.signIn, noStore).use(`${to.signIn}/*`, noStore);

  signInRoutes.get(to.signIn, async (c) => {
    const { visit } = c.var;
    const next = safeNext(c.req.query("next"));
    const person = await workerOf(c);
    if (person && isStrongEnough(visit.ctx.config, person)) return c.redirect(next ?? to.home, 303);
    const notice = c.req.query("done") === "out" ? visit.t("accounts:signIn.out") : undefined;
    return c.html(<SignInPage visit={visit} next={next} notice={notice} />);
  });

  signInRoutes.post(to.signInPart("code"), (c) => ask(c, to));
  // Who goes back to the form's address, or follows it, comes to the form.
  signInRoutes.get(to.signInPart("code"), (c) => c.redirect(to.signIn, 302));

  signInRoutes.get(to.signInWith("code", ":token"), (c) => {
    const token = c.req.param("token") ?? "";
    if (!readCodePageToken(c.var.visit.ctx, "sign-in", token)) return c.redirect(to.signIn, 302);
    return c.html(<SignInCodePage visit={c.var.visit} token={token} next={safeNext(c.req.query("next"))} />);
  });
  signInRoutes.post(to.signInWith("code", ":token"), requireOwnForm, (c) => byCode(c, to));

  signInRoutes.get(to.signInWith("link", ":token"), async (c) => {
    const { visit } = c.var;
    const token = c.req.param("token") ?? "";
    const id = readCodeLinkToken(visit.ctx, "sign-in", token);
    const code = id ? await findOpenCode(visit.ctx, "sign-in", id) : undefined;
    return c.html(<SignInLinkPage visit={visit} token={token} email={code?.email ?? null} />, id ? 200 : 404);
  });
  signInRoutes.post(to.signInWith("link", ":token"), requireOwnForm, async (c) => {
    const { ctx } = c.var.visit;
    const token = c.req.param("token") ?? "";
    const id = readCodeLinkToken(ctx, "sign-in", token);
    const result = id ? await signInByLink(ctx, id, browserOf(c)) : null;
    if (result?.kind !== "signed-in") return c.redirect(to.signInWith("link", token), 303);
    return enter(c, to, result.token, null);
  });

  signInRoutes.post(to.signInPart("out"), requireOwnForm, async (c) => {
    const token = readSessionCookie(c);
    if (token) await closeSession(c.var.visit.ctx, token);
    dropSessionCookie(c);
    return c.redirect(`${to.signIn}?done=out`, 303);
  });

  signInRoutes.get(to.signInWith("firstOwner", ":token"), async (c) => {
    const token = c.req.param("token") ?? "";
    if (!(await firstOwnerLinkWorks(c.var.visit.ctx, token)))
      return c.html(<FirstOwnerOverPage visit={c.var.visit} token={token} />, 404);
    return c.html(<FirstOwnerPage visit={c.var.visit} token={token} />);
  });
  signInRoutes.post(to.signInWith("firstOwner", ":token"), requireOwnForm, (c) => firstOwner(c, to));
}

const askForm = z.object({ email: emailField });

async function ask(c: VisitContext, to: DeskPaths): Promise<Response> {
  const { visit } = c.var;
  const { ctx, language, here } = visit;
  const fields = await readFields(c);
  const next = safeNext(fields.next);
  const parsed = askForm.safeParse(fields);
  if (!parsed.success) {
    const tooMany = await guardSlip(c, { name: "sign-in", fields });
    const errors = fieldErrors(parsed.error);
    return tooMany ?? c.html(<SignInPage {...{ visit, next, errors }} typed={fields} />, 422);
  }
  // Not by address: whoever was kept out that way could not work. The mails have caps of their own.
  const guard = await guardForm(c, { name: "sign-in", fields, address: null });
  if (guard.kind === "answer") return guard.response;
  const siteName = here.frame(language).name;
  const token =
    guard.kind === "pretend"
      ? pretendedCodePage(ctx, "sign-in")
      : await askSignInCode(ctx, {
          ...{ email: parsed.data.email, language, origin: here.movementOrigin, siteName },
        });
  return c.redirect(withNext(to.signInWith("code", token), next), 303);
}

async function byCode(c: VisitContext, to: DeskPaths): Promise<Response> {
  const { visit } = c.var;
  const { ctx, t } = visit;
  const token = c.req.param("token") ?? "";
  const pageId = readCodePageToken(ctx, "sign-in", token);
  if (!pageId) return c.redirect(to.signIn, 303);
  const fields = await readFields(c);
  const next = safeNext(fields.next);
  const again = (error: string) =>
    c.html(<SignInCodePage {...{ visit, token, next, error }} typed={fields.code ?? ""} />, 422);
  const typed = (fields.code ?? "").replace(/[\s-]/g, "");
  if (!/^\d{6}$/.test(typed))
    return (await guardSlip(c, { name: "sign-in-code", fields })) ?? again(t("mine:code.sixDigits"));
  const guard = await guardForm(c, { name: "sign-in-code", fields, address: null });
  if (guard.kind === "answer") return guard.response;
  const result = await signInByCode(ctx, { pageId, typed }, browserOf(c));
  switch (result.kind) {
    case "signed-in":
      return enter(c, to, result.token, next);
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

const firstOwnerForm = z.object({ name: personName, email: emailField });

async function firstOwner(c: VisitContext, to: DeskPaths): Promise<Response> {
  const { visit } = c.var;
  const { ctx, language } = visit;
  const token = c.req.param("token") ?? "";
  const over = () => c.html(<FirstOwnerOverPage visit={visit} token={token} />, 404);
  if (!(await firstOwnerLinkWorks(ctx, token))) return over();
  const fields = await readFields(c);
  const parsed = firstOwnerForm.safeParse(fields);
  if (!parsed.success) {
    const tooMany = await guardSlip(c, { name: "first-owner", fields });
    const errors = fieldErrors(parsed.error);
    return tooMany ?? c.html(<FirstOwnerPage {...{ visit, token, errors }} typed={fields} />, 422);
  }
  const result = await becomeFirstOwner(ctx, token, { ...parsed.data, language }, browserOf(c));
  return result.kind === "signed-in" ? enter(c, to, result.token, null) : over();
}
