import { Hono } from "hono";
import { z } from "zod";
import { requestConfirmation } from "../confirmations/operations.ts";
import { paths } from "../paths.ts";
import { emailField, fieldErrors, optionalPersonName, ticked } from "../platform/fields.ts";
import { languages } from "../platform/i18n.ts";
import { isForeignForm } from "../platform/security.ts";
import { guardForm, guardSlip, readFields } from "../protection/operations.ts";
import type { VisitContext, VisitEnv } from "../visit.tsx";
import { readUnsubscribeToken, subscribeAct, unsubscribe } from "./operations.ts";
import { NewsletterPage, UnsubscribePage } from "./pages.tsx";
import { preferenceRoutes } from "./preference-routes.tsx";
import { getNewsletter, getSubscription } from "./queries.ts";

export const newsletterRoutes = new Hono<VisitEnv>();

newsletterRoutes.route("/", preferenceRoutes);

const form = z.object({
  email: emailField,
  name: optionalPersonName,
  consent: ticked("newsletters:consentMissing"),
});

for (const language of languages) {
  const to = paths(language);
  for (const path of [to.newsletter, to.island(":slug").newsletter])
    newsletterRoutes.post(path, subscribeByForm);

  newsletterRoutes.get(to.unsubscribe(":token"), async (c) => {
    const { visit } = c.var;
    const token = c.req.param("token") ?? "";
    const read = readUnsubscribeToken(visit.ctx, token);
    const subscription = read ? await getSubscription(visit.ctx, read.id) : undefined;
    c.header("Cache-Control", "no-store");
    return c.html(
      <UnsubscribePage visit={visit} token={token} subscription={subscription} />,
      subscription ? 200 : 404,
    );
  });

  newsletterRoutes.post(to.unsubscribe(":token"), unsubscribeByLink);
}

/**
 * Ends a subscription, whoever sends it: the token is the proof. A mail provider's one click (RFC 8058, 3.2) gets its
 * answer at once, whatever it sends and accepts; only the button of our own page leads on to what that page then says.
 */
async function unsubscribeByLink(c: VisitContext): Promise<Response> {
  const { visit } = c.var;
  const { ctx, language } = visit;
  const token = c.req.param("token") ?? "";
  const read = readUnsubscribeToken(ctx, token);
  const result = read ? await unsubscribe(ctx, read.id, read.through) : null;
  c.header("Cache-Control", "no-store");
  const isRead = c.req.header("accept")?.includes("text/html") ?? false;
  if (isRead && (await isOwnButton(c))) return c.redirect(paths(language).unsubscribe(token), 303);
  // What this installation made a token for and is gone since, nobody gets any more.
  const status = read ? 200 : 404;
  if (!isRead) return c.text(result?.kind ?? "not-found", status);
  const subscription = read ? await getSubscription(ctx, read.id) : undefined;
  return c.html(<UnsubscribePage visit={visit} token={token} subscription={subscription} />, status);
}

/** An empty form, as the button on the page sends it, and from no other site. */
async function isOwnButton(c: VisitContext): Promise<boolean> {
  const isForm = c.req.header("content-type")?.startsWith("application/x-www-form-urlencoded") ?? false;
  if (!isForm || isForeignForm(c.req.raw)) return false;
  const first = await c.req.raw.body?.getReader().read();
  return first === undefined || first.done;
}

async function subscribeByForm(c: VisitContext): Promise<Response> {
  const { visit } = c.var;
  const { ctx, language, here } = visit;
  const newsletter = await getNewsletter(ctx, c.req.param("slug") ?? null);
  if (!newsletter) return c.notFound();
  const fields = await readFields(c);
  const parsed = form.safeParse(fields);
  if (!parsed.success) {
    const tooMany = await guardSlip(c, { name: "subscribe", fields });
    if (tooMany) return tooMany;
    const errors = fieldErrors(parsed.error);
    return c.html(
      <NewsletterPage visit={visit} newsletter={newsletter} errors={errors} typed={fields} />,
      422,
    );
  }
  const { email, name } = parsed.data;
  const guard = await guardForm(c, { name: "subscribe", fields, address: email });
  if (guard.kind === "answer") return guard.response;
  if (guard.kind === "pass")
    await requestConfirmation(ctx, {
      email,
      name,
      language,
      acts: [subscribeAct(newsletter.id, visit.t("newsletters:consent"))],
      origin: here.origin,
      siteName: here.frame(language).name,
      formUrl: here.origin + new URL(c.req.url).pathname,
    });
  return c.redirect(paths(language).checkMail, 303);
}
