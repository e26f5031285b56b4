import { Hono } from "hono";
import { z } from "zod";
import { requestConfirmation } from "../confirmations/operations.ts";
import { getConfirmedPerson } from "../confirmations/queries.ts";
import { paths } from "../paths.ts";
import { saveProfile } from "../people/operations.ts";
import { emailField, fieldErrors, personNameOr } from "../platform/fields.ts";
import { languages } from "../platform/i18n.ts";
import { sameForEveryone } from "../platform/page-cache.ts";
import { guardForm, guardSlip, readFields } from "../protection/operations.ts";
import type { VisitContext, VisitEnv } from "../visit.tsx";
import { getOfferToAnswer } from "./answer-links.ts";
import { AnswerPage } from "./answer-page.tsx";
import { answerOffer, joinAct, linksExpired } from "./operations.ts";
import { JoinFormPage, JoinPage } from "./pages.tsx";
import {
  listAskingInitiatives,
  listHelpFilters,
  listHelpWanted,
  listHelpWantedBy,
  medianDaysToAnswer,
} from "./queries.ts";
import { helpKinds } from "./table.ts";

export const participationRoutes = new Hono<VisitEnv>();

/** What is no kind and can be no theme filters nothing. */
const filters = z.object({
  kind: z.enum(helpKinds).nullable().catch(null),
  theme: z.string().max(100).nullable().catch(null),
});

const form = z.object({
  offer: z
    .string("participation:form.offer.missing")
    .min(1, "participation:form.offer.missing")
    .max(2000, "participation:form.offer.tooLong"),
  why: z.string().max(2000, "participation:form.why.tooLong").optional(),
  available: z.string().max(500, "participation:form.available.tooLong").optional(),
  name: personNameOr("participation:form.name.missing"),
  email: emailField,
});

for (const language of languages) {
  const to = paths(language);

  participationRoutes.get(to.join, async (c) => {
    const { visit } = c.var;
    const { ctx } = visit;
    const chosen = filters.parse({
      kind: c.req.query(visit.t("participation:filter.kindParameter")) ?? null,
      theme: c.req.query(visit.t("participation:filter.themeParameter")) ?? null,
    });
    const [help, offered, medians] = await Promise.all([
      listHelpWanted(ctx, chosen),
      listHelpFilters(ctx),
      medianDaysToAnswer(ctx),
    ]);
    c.header("Cache-Control", sameForEveryone);
    return c.html(<JoinPage visit={visit} help={help} filters={offered} chosen={chosen} medians={medians} />);
  });

  participationRoutes.get(to.joinInitiative(":slug"), async (c) => {
    const asked = await askedInitiative(c);
    if (!asked) return c.notFound();
    c.header("Cache-Control", sameForEveryone);
    return c.html(<JoinFormPage visit={c.var.visit} {...asked} />);
  });

  participationRoutes.post(to.joinInitiative(":slug"), offerByForm);

  for (const answer of ["accepted", "declined"] as const) {
    const path = answer === "accepted" ? to.acceptOffer(":token") : to.declineOffer(":token");
    participationRoutes.get(path, async (c) => {
      c.header("Cache-Control", "no-store");
      const { ctx } = c.var.visit;
      const offer = await getOfferToAnswer(ctx, answer, c.req.param("token") ?? "");
      const expired = offer ? linksExpired(ctx, offer.offered_at) : false;
      const page = (
        <AnswerPage
          visit={c.var.visit}
          token={c.req.param("token") ?? ""}
          answer={answer}
          offer={offer}
          expired={expired}
        />
      );
      return c.html(page, offer ? 200 : 404);
    });
    participationRoutes.post(path, async (c) => {
      const { ctx } = c.var.visit;
      const token = c.req.param("token") ?? "";
      const { reason = "" } = await readFields(c);
      const offer = await getOfferToAnswer(ctx, answer, token);
      if (offer) await answerOffer(ctx, offer.id, { answer, reason: reason.slice(0, 2000) || null });
      return c.redirect(answer === "accepted" ? to.acceptOffer(token) : to.declineOffer(token), 303);
    });
  }

  participationRoutes.post(`${to.signed(":token")}/profiel`, async (c) => {
    const { ctx } = c.var.visit;
    const token = c.req.param("token") ?? "";
    const personId = await getConfirmedPerson(ctx, token);
    if (!personId) return c.notFound();
    const fields = await readFields(c);
    await saveProfile(ctx, personId, {
      themes: Object.keys(fields)
        .filter((name) => name.startsWith("theme-") && fields[name] === "yes")
        .map((name) => name.slice("theme-".length)),
      worksOn: (fields.worksOn ?? "").slice(0, 1000),
      offers: (fields.offers ?? "").slice(0, 1000),
    });
    return c.redirect(`${to.signed(token)}#matches`, 303);
  });
}

/** The initiative of the path, with its help wanted, and the others that ask for help; null when it asks for none. */
async function askedInitiative(c: VisitContext) {
  const { ctx } = c.var.visit;
  const asking = await listAskingInitiatives(ctx);
  const initiative = asking.find((one) => one.slug === c.req.param("slug"));
  if (!initiative) return null;
  const others = asking.filter((one) => one !== initiative);
  return { initiative, others, help: await listHelpWantedBy(ctx, initiative.id) };
}

async function offerByForm(c: VisitContext): Promise<Response> {
  const { visit } = c.var;
  const { ctx, language, here } = visit;
  const asked = await askedInitiative(c);
  if (!asked) return c.notFound();
  const fields = await readFields(c);
  const parsed = form.safeParse(fields);
  if (!parsed.success) {
    const tooMany = await guardSlip(c, { name: "join", fields });
    if (tooMany) return tooMany;
    const errors = fieldErrors(parsed.error);
    return c.html(<JoinFormPage visit={visit} {...asked} errors={errors} typed={fields} />, 422);
  }
  const { email, name, offer, why, available } = parsed.data;
  const guard = await guardForm(c, { name: "join", fields, address: email });
  if (guard.kind === "answer") return guard.response;
  if (guard.kind === "pass") {
    const also = asked.others.filter(({ slug }) => fields[`also-${slug}`] === "yes");
    const text = { name, offer, why: why || null, available: available || null };
    await requestConfirmation(ctx, {
      email,
      name,
      language,
      acts: [asked.initiative, ...also].map(({ id }) => joinAct({ initiativeId: id, ...text })),
      origin: here.origin,
      siteName: here.frame(language).name,
      formUrl: here.origin + new URL(c.req.url).pathname,
    });
  }
  return c.redirect(paths(language).checkMail, 303);
}
