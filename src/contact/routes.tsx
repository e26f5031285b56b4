import { Hono } from "hono";
import { z } from "zod";
import { requestConfirmation } from "../confirmations/operations.ts";
import { subscribeAct } from "../newsletters/operations.ts";
import { getNewsletter } from "../newsletters/queries.ts";
import { paths } from "../paths.ts";
import {
  emailField,
  fieldErrors,
  mayBeTicked,
  optionalLink,
  personNameOr,
  visibleOptional,
} from "../platform/fields.ts";
import { languages } from "../platform/i18n.ts";
import { sameForEveryone } from "../platform/page-cache.ts";
import { guardForm, guardSlip, readFields } from "../protection/operations.ts";
import type { VisitContext, VisitEnv } from "../visit.tsx";
import { tipAct } from "./operations.ts";
import { ContactPage } from "./pages.tsx";
import { getAddressee } from "./queries.ts";
import { tipKinds } from "./table.ts";

export const contactRoutes = new Hono<VisitEnv>();

const form = z.object({
  kind: z.enum(tipKinds, "contact:kind.missing"),
  text: z
    .string("contact:text.missing")
    .trim()
    .min(1, "contact:text.missing")
    .max(5000, "contact:text.tooLong"),
  name: personNameOr("contact:name.missing"),
  email: emailField,
  organisation: visibleOptional(200, { tooLong: "contact:organisation.tooLong", address: "forms:noAddress" }),
  place: visibleOptional(100, { tooLong: "contact:place.tooLong", address: "forms:noAddress" }),
  link: optionalLink("contact:link.invalid"),
  subscribe: mayBeTicked,
});

for (const language of languages) {
  const to = paths(language);
  for (const path of [to.contact, to.island(":slug").contact]) {
    contactRoutes.get(path, async (c) => {
      const addressee = await getAddressee(c.var.visit.ctx, c.req.param("slug") ?? null);
      if (!addressee) return c.notFound();
      c.header("Cache-Control", sameForEveryone);
      return c.html(<ContactPage visit={c.var.visit} addressee={addressee} />);
    });
    contactRoutes.post(path, sendByForm);
  }
}

async function sendByForm(c: VisitContext): Promise<Response> {
  const { visit } = c.var;
  const { ctx, language, here } = visit;
  const slug = c.req.param("slug") ?? null;
  const addressee = await getAddressee(ctx, slug);
  if (!addressee) return c.notFound();
  const fields = await readFields(c);
  const parsed = form.safeParse(fields);
  if (!parsed.success) {
    const tooMany = await guardSlip(c, { name: "contact", fields });
    if (tooMany) return tooMany;
    const errors = fieldErrors(parsed.error);
    return c.html(<ContactPage visit={visit} addressee={addressee} errors={errors} typed={fields} />, 422);
  }
  const { email, subscribe, ...tip } = parsed.data;
  const guard = await guardForm(c, { name: "contact", fields, address: email });
  if (guard.kind === "answer") return guard.response;
  if (guard.kind === "pass") {
    const newsletter = subscribe ? await getNewsletter(ctx, slug) : undefined;
    const subscribing = newsletter ? [subscribeAct(newsletter.id, visit.t("contact:subscribe"))] : [];
    await requestConfirmation(ctx, {
      email,
      name: tip.name,
      language,
      acts: [tipAct({ ...tip, to: slug }), ...subscribing],
      origin: here.origin,
      siteName: here.frame(language).name,
      formUrl: here.origin + new URL(c.req.url).pathname,
    });
  }
  return c.redirect(paths(language).checkMail, 303);
}
