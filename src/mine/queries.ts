import { listWorkOf } from "../accounts/queries.ts";
import { listInboundMailsOf } from "../bounces/queries.ts";
import type { ActKinds } from "../confirmations/operations.ts";
import { listActsOf } from "../confirmations/queries.ts";
import { listTipsOf } from "../contact/queries.ts";
import { listDeliveriesOf } from "../deliveries/queries.ts";
import { getManifestoVersion } from "../manifesto/queries.ts";
import { getNewsletterNames, listSubscriptionsOf } from "../newsletters/queries.ts";
import { getThemeNames, listOffersOf } from "../participation/queries.ts";
import { getPerson, getProfile, listConsents } from "../people/queries.ts";
import type { Ctx } from "../platform/context.ts";
import type { Language } from "../platform/i18n.ts";
import { listProposalsOf } from "../proposals/queries.ts";
import { findSignatureOf, getSignersOwn } from "../signatures/queries.ts";
import { findSuppression } from "../suppressions/queries.ts";
import { listMadeBy } from "./traces.ts";

type Who = { personId: string; email: string };

/** Everything that is kept about a person: for their page and for what they take along. */
export async function getEverything(ctx: Ctx, kinds: ActKinds, who: Who, language: Language) {
  const { personId, email } = who;
  const [person, signature, subscriptions, newsletters, tips, offers, profile, consents, confirmations] =
    await Promise.all([
      getPerson(ctx, personId),
      getOwnSignature(ctx, personId),
      listSubscriptionsOf(ctx, personId),
      getNewsletterNames(ctx),
      listTipsOf(ctx, personId),
      listOffersOf(ctx, personId),
      getOwnProfile(ctx, personId),
      listConsents(ctx, personId),
      listActsOf(ctx, kinds, who, language),
    ]);
  const [codes, visits, suppression, returned, work, made, mailings, proposals] = await Promise.all([
    listCodes(ctx, email),
    listVisits(ctx, personId),
    findSuppression(ctx, email),
    listInboundMailsOf(ctx, personId),
    listWorkOf(ctx, who, language),
    listMadeBy(ctx, personId),
    listDeliveriesOf(ctx, personId),
    listProposalsOf(ctx, personId),
  ]);
  if (!person) return null; // erased at this very moment
  return {
    person,
    signature,
    subscriptions,
    newsletters,
    tips,
    offers,
    profile,
    consents,
    confirmations,
    codes,
    visits,
    suppression: suppression ?? null,
    returned,
    mailings,
    proposals,
    work,
    made,
  };
}

export type Everything = NonNullable<Awaited<ReturnType<typeof getEverything>>>;

/** A person's signature, with the verbs of the principles chosen. */
export async function getOwnSignature(ctx: Ctx, personId: string) {
  const signature = await findSignatureOf(ctx, { personId });
  if (!signature) return null;
  const { words: _searched, ...kept } = signature;
  const [own, manifesto] = await Promise.all([
    getSignersOwn(ctx, signature.id),
    getManifestoVersion(ctx, signature.manifesto_version),
  ]);
  const verbs = new Map(manifesto?.principles.map(({ slug, verb }) => [slug, verb]));
  const principles = own.principles.map((slug) => ({ slug, verb: verbs.get(slug) ?? { nl: slug } }));
  return { ...kept, ...own, principles };
}

export type OwnSignature = NonNullable<Awaited<ReturnType<typeof getOwnSignature>>>;

async function getOwnProfile(ctx: Ctx, personId: string) {
  const profile = await getProfile(ctx, personId);
  if (!profile) return null;
  const names = await getThemeNames(ctx);
  return {
    ...profile,
    themes: profile.themes.map((slug) => ({ slug, name: names.get(slug) ?? { nl: slug } })),
  };
}

const listCodes = (ctx: Ctx, email: string) =>
  ctx.db
    .selectFrom("visit_codes")
    .select(["purpose", "language", "origin", "site_name", "tries", "made_at", "expires_at", "used_at"])
    .where("email", "=", email)
    .orderBy("made_at")
    .execute();

const listVisits = (ctx: Ctx, personId: string) =>
  ctx.db
    .selectFrom("visit_sessions")
    .select("expires_at")
    .where("person_id", "=", personId)
    .orderBy("expires_at")
    .execute();

/** The numbers of who was erased since a moment (null: of all that are kept), oldest first. */
export const listErasures = (ctx: Ctx, since: Date | null) =>
  ctx.db
    .selectFrom("erasures")
    .select(["person_id as personId", "erased_at as erasedAt"])
    .$if(since !== null, (query) => query.where("erased_at", ">=", since as Date))
    .orderBy("erased_at")
    .orderBy("person_id")
    .execute();
