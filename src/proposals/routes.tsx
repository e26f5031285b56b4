import { Hono } from "hono";
import { z } from "zod";
import { requestConfirmation } from "../confirmations/operations.ts";
import { initiativeKinds } from "../initiatives/queries.ts";
import { paths, technical } from "../paths.ts";
import { emailField, fieldErrors, optionalLink, personName, visibleName } from "../platform/fields.ts";
import { languages } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import { sameForEveryone } from "../platform/page-cache.ts";
import { guardForm, guardSlip, readFields } from "../protection/operations.ts";
import type { VisitContext, VisitEnv } from "../visit.tsx";
import { proposeAct, replyToQuestion } from "./operations.ts";
import { ProposePage, ReplyPage } from "./pages.tsx";
import { getProposal, listSimilar } from "./queries.ts";

export const proposalRoutes = new Hono<VisitEnv>();

const text = (field: string, most: number) =>
  z
    .string(`proposals:${field}.missing`)
    .trim()
    .min(1, `proposals:${field}.missing`)
    .max(most, `proposals:${field}.tooLong`);

const form = z.object({
  // It stands in the mail that confirms, to an address that nobody has proven yet.
  name: visibleName(100, {
    missing: "proposals:name.missing",
    tooLong: "proposals:name.tooLong",
    letters: "proposals:name.letters",
    address: "proposals:name.address",
  }),
  kind: z.enum(initiativeKinds, "proposals:kind.missing"),
  tagline: text("tagline", 200),
  story: text("story", 5000),
  website: optionalLink("proposals:website.invalid"),
  role: text("role", 200),
  proposer: personName,
  email: emailField,
});

for (const language of languages) {
  const to = paths(language);
  proposalRoutes.get(to.propose, (c) => {
    c.header("Cache-Control", sameForEveryone);
    return c.html(<ProposePage visit={c.var.visit} />);
  });
  proposalRoutes.post(to.propose, proposeByForm);
  proposalRoutes.get(to.proposalReply(":token"), (c) => showReply(c));
  proposalRoutes.post(to.proposalReply(":token"), replyByForm);
}

/** Similar names as JSON: what is public anyway. */
proposalRoutes.get(technical.similarInitiatives, async (c) => {
  const { ctx, here } = c.var.visit;
  const language = c.req.query("language") === "en" ? "en" : "nl";
  const found = await listSimilar(ctx, (c.req.query("q") ?? "").slice(0, 100));
  c.header("Cache-Control", "no-store");
  return c.json(
    found.map(({ slug, name }) => ({
      name: pick(name, language).text,
      href: here.movementOrigin + paths(language).island(slug).home,
    })),
  );
});

async function proposeByForm(c: VisitContext): Promise<Response> {
  const { visit } = c.var;
  const { ctx, language, here } = visit;
  const fields = await readFields(c);
  const parsed = form.safeParse(fields);
  if (!parsed.success) {
    const tooMany = await guardSlip(c, { name: "propose", fields });
    if (tooMany) return tooMany;
    const similar = await listSimilar(ctx, fields.name ?? "");
    const errors = fieldErrors(parsed.error);
    return c.html(<ProposePage {...{ visit, errors, typed: fields, similar }} />, 422);
  }
  const { email, ...proposal } = parsed.data;
  const guard = await guardForm(c, { name: "propose", fields, address: email });
  if (guard.kind === "answer") return guard.response;
  if (guard.kind === "pass")
    await requestConfirmation(ctx, {
      ...{ email, name: proposal.proposer, language, acts: [proposeAct(proposal)] },
      ...{ origin: here.origin, siteName: here.frame(language).name },
      formUrl: here.origin + paths(language).propose,
    });
  return c.redirect(paths(language).checkMail, 303);
}

async function showReply(c: VisitContext, error?: string, typed?: string) {
  const { visit } = c.var;
  const token = c.req.param("token") ?? "";
  const id = visit.ctx.keys.readToken("proposal-reply", token);
  const proposal = id && (await getProposal(visit.ctx, id));
  if (!proposal) return c.notFound();
  c.header("Cache-Control", "no-store");
  return c.html(<ReplyPage {...{ visit, token, proposal, error, typed }} />, error ? 422 : 200);
}

async function replyByForm(c: VisitContext): Promise<Response> {
  const { ctx, language } = c.var.visit;
  const token = c.req.param("token") ?? "";
  const id = ctx.keys.readToken("proposal-reply", token);
  if (!id) return c.notFound();
  const fields = await readFields(c);
  const parsed = text("reply", 5000).safeParse(fields.reply);
  if (!parsed.success) {
    const tooMany = await guardSlip(c, { name: "reply", fields });
    return tooMany ?? showReply(c, parsed.error.issues[0]?.message, fields.reply);
  }
  const question = z.uuid().safeParse(fields.question).data;
  // A form without a question is one that was open before questions had their own.
  const asked = question ?? (await getProposal(ctx, id))?.waiting?.id;
  const result = asked
    ? await replyToQuestion(ctx, id, { question: asked, reply: parsed.data })
    : "not-waiting";
  if (result === "not-waiting") return showReply(c, "proposals:reply.another", parsed.data);
  return c.redirect(paths(language).proposalReply(token), 303);
}
