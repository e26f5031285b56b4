import { Hono } from "hono";
import { requestConfirmation } from "../confirmations/operations.ts";
import { getConfirmedPerson } from "../confirmations/queries.ts";
import { ManifestoPage, signAnchor, VersionList } from "../manifesto/components.tsx";
import {
  getManifesto,
  getManifestoVersion,
  listManifestoVersions,
  type Manifesto,
} from "../manifesto/queries.ts";
import { subscribeAct } from "../newsletters/operations.ts";
import { getNewsletter } from "../newsletters/queries.ts";
import { AfterSigning } from "../participation/components.tsx";
import { joinAct } from "../participation/operations.ts";
import { getAfterSigning, listAskingInitiatives } from "../participation/queries.ts";
import { paths, technical } from "../paths.ts";
import type { FieldErrors } from "../platform/fields.ts";
import { type Language, languages } from "../platform/i18n.ts";
import { clientAddress, networkOf } from "../platform/network.ts";
import { briefly } from "../platform/page-cache.ts";
import { guardForm, guardSlip, readFields } from "../protection/operations.ts";
import { ButtonLink } from "../ui/buttons.tsx";
import type { Visit, VisitContext, VisitEnv } from "../visit.tsx";
import { manifestoPicture, SignatoriesPreview } from "./components.tsx";
import { getSignatureToJudge } from "./moderation-links.ts";
import { ModerationPage } from "./moderation-page.tsx";
import { batchOf, moderate, showNameInInvitation, signAct } from "./operations.ts";
import {
  findSignatureOf,
  getFigures,
  getInvitation,
  type Invitation,
  suggestOrganisations,
} from "./queries.ts";
import { readSignForm, type SignForm as SignFields } from "./sign-fields.ts";
import { SignForm } from "./sign-form.tsx";
import { NotSignedPage, SignedPage } from "./signed-page.tsx";
import { listLatestSignatures } from "./wall-queries.ts";

export const signatureRoutes = new Hono<VisitEnv>();

signatureRoutes.get(technical.organisations, async (c) => {
  c.header("Cache-Control", "private, max-age=60");
  return c.json(await suggestOrganisations(c.var.visit.ctx, c.req.query("q")?.trim() ?? ""));
});

for (const language of languages) {
  const to = paths(language);

  // Who goes back to the form's address, or follows a link on the page of its errors, finds the form.
  for (const path of [to.manifesto, to.sign])
    signatureRoutes.get(path, async (c) => {
      const manifesto = await getManifesto(c.var.visit.ctx);
      if (!manifesto) return c.notFound();
      c.header("Cache-Control", briefly(c.var.visit.ctx.config.freshSeconds));
      return c.html(await manifestoToSign(c.var.visit, { manifesto }));
    });

  signatureRoutes.get(to.invitation(":code"), async (c) => {
    const { visit } = c.var;
    const manifesto = await getManifesto(visit.ctx);
    if (!manifesto) return c.notFound();
    const invitation = await getInvitation(visit.ctx, c.req.param("code") ?? "");
    if (!invitation) return c.redirect(to.manifesto, 302);
    c.header("Cache-Control", "no-store");
    return c.html(await manifestoToSign(visit, { manifesto, invitation }));
  });

  signatureRoutes.post(to.sign, signByForm);
  // Who follows the form's address, or goes back to it, comes to the form.
  signatureRoutes.get(to.sign, (c) => c.redirect(to.manifesto, 302));

  signatureRoutes.get(to.signed(":token"), async (c) => {
    const { visit } = c.var;
    const token = c.req.param("token") ?? "";
    const personId = await getConfirmedPerson(visit.ctx, token);
    const signature = personId ? await findSignatureOf(visit.ctx, { personId }) : undefined;
    c.header("Cache-Control", "no-store");
    if (!personId || !signature) return c.html(<NotSignedPage visit={visit} token={token} />, 404);
    const after = await getAfterSigning(visit.ctx, personId);
    return c.html(
      <SignedPage visit={visit} token={token} signature={signature}>
        <AfterSigning visit={visit} token={token} {...after} />
      </SignedPage>,
    );
  });

  signatureRoutes.post(to.signed(":token"), async (c) => {
    const { ctx, t, here } = c.var.visit;
    const token = c.req.param("token") ?? "";
    const personId = await getConfirmedPerson(ctx, token);
    const signature = personId ? await findSignatureOf(ctx, { personId }) : undefined;
    const fields = await readFields(c);
    if (personId && signature) {
      const { name } = signature;
      const text = t("signing:invite.showsName", { name });
      const consent = { text, formUrl: here.origin + to.manifesto };
      await showNameInInvitation(ctx, personId, fields["shows-name"] === "yes" ? consent : null);
    }
    return c.redirect(to.signed(token), 303);
  });

  signatureRoutes.get(to.moderateMotivation(":token"), async (c) => {
    const { visit } = c.var;
    const token = c.req.param("token") ?? "";
    const signature = await getSignatureToJudge(visit.ctx, token);
    c.header("Cache-Control", "no-store");
    return c.html(
      <ModerationPage visit={visit} token={token} signature={signature} />,
      signature?.motivation_state ? 200 : 404,
    );
  });

  signatureRoutes.post(to.moderateMotivation(":token"), async (c) => {
    const { ctx } = c.var.visit;
    const token = c.req.param("token") ?? "";
    const { answer } = await readFields(c);
    const signature = await getSignatureToJudge(ctx, token);
    if (signature && (answer === "show" || answer === "refuse"))
      await moderate(ctx, signature.id, answer === "show" ? "shown" : "refused");
    return c.redirect(to.moderateMotivation(token), 303);
  });
}

type ToSign = {
  manifesto: Manifesto;
  invitation?: Invitation | null;
  errors?: FieldErrors;
  typed?: Record<string, string>;
};

/** The manifesto with the form to sign below it. */
async function manifestoToSign(visit: Visit, { manifesto, invitation, errors, typed }: ToSign) {
  const { ctx, t } = visit;
  const [asking, versions, figures, latest] = await Promise.all([
    listAskingInitiatives(ctx),
    listManifestoVersions(ctx),
    getFigures(ctx),
    listLatestSignatures(ctx, 6),
  ]);
  const at = invitation
    ? (language: Language) => paths(language).invitation(invitation.code)
    : (language: Language) => paths(language).manifesto;
  return (
    <ManifestoPage
      visit={visit}
      manifesto={manifesto}
      at={at}
      label={invitation ? t("signing:invitation") : undefined}
      noindex={Boolean(invitation)}
      errorCount={errors?.length}
      scripts={["browser/sign.ts"]}
      picture={manifestoPicture(visit, figures)}
      notice={
        <>
          {invitation && (
            <p class="notice">
              {invitation.name ? t("signing:invitedBy", { name: invitation.name }) : t("signing:invited")}
            </p>
          )}
          <div class="actions">
            <ButtonLink href={`#${signAnchor}`}>{t("signing:button")}</ButtonLink>
            <a href={paths(visit.language).signatories}>{t("signing:signed.signatories")}</a>
          </div>
        </>
      }
    >
      <SignForm
        visit={visit}
        manifesto={manifesto}
        asking={asking}
        invitedBy={invitation?.code}
        errors={errors}
        typed={typed}
      />
      {!invitation && <SignatoriesPreview visit={visit} figures={figures} latest={latest} />}
      <VersionList visit={visit} versions={versions} shown={manifesto.version} />
    </ManifestoPage>
  );
}

async function signByForm(c: VisitContext): Promise<Response> {
  const { visit } = c.var;
  const { ctx, language, here } = visit;
  const manifesto = await getManifesto(ctx);
  if (!manifesto) return c.notFound();
  const fields = await readFields(c);
  const read = readSignForm(fields, {
    principles: manifesto.principles.map(({ slug }) => slug),
    joins: (await listAskingInitiatives(ctx)).map(({ slug }) => slug),
  });
  if (read.kind === "invalid") {
    const tooMany = await guardSlip(c, { name: "sign", fields });
    if (tooMany) return tooMany;
    const invitation = await getInvitation(ctx, fields["invited-by"] ?? "");
    const page = { manifesto, invitation, errors: read.errors, typed: fields };
    return c.html(await manifestoToSign(visit, page), 422);
  }
  const { form } = read;
  const guard = await guardForm(c, { name: "sign", fields, address: form.email });
  if (guard.kind === "answer") return guard.response;
  if (guard.kind === "pass")
    await requestConfirmation(ctx, {
      email: form.email,
      name: form.name,
      language,
      acts: await actsOf(c, form, manifesto),
      origin: here.origin,
      siteName: here.frame(language).name,
      formUrl: here.origin + paths(language).manifesto,
    });
  return c.redirect(paths(language).checkMail, 303);
}

/** What one form asks for: the signature, and the newsletter and offers to join along with it. */
async function actsOf(c: VisitContext, form: SignFields, inForce: Manifesto) {
  const { ctx, t } = c.var.visit;
  const { name, role, organisation, place, appearance, principles, motivation, offer } = form;
  // A page left open may hold the version before: that is what was read, so that is what is signed.
  const version = (await getManifestoVersion(ctx, form.version))?.version ?? inForce.version;
  const signing = signAct({
    ...{ version, appearance, name, role, organisation, place, motivation, principles },
    invitedBy: form["invited-by"] ?? null,
    consent: t(`signing:appearance.${appearance}.label`),
    batch: await batchOf(ctx, networkOfVisitor(c)),
  });
  const newsletter = form.newsletter && (await getNewsletter(ctx, null));
  const subscribing = newsletter ? [subscribeAct(newsletter.id, t("signing:newsletter"))] : [];
  const asking = await listAskingInitiatives(ctx);
  const joining = asking
    .filter(({ slug }) => form.joins.includes(slug))
    .map(({ id }) => joinAct({ initiativeId: id, name, offer, why: null, available: null }));
  return [signing, ...subscribing, ...joining];
}

const networkOfVisitor = (c: VisitContext): string => {
  const { trustProxy } = c.var.visit.ctx.config;
  return networkOf(clientAddress(c.env.remoteAddress, c.req.header("x-forwarded-for"), trustProxy));
};
