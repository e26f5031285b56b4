import { sql } from "kysely";
import { z } from "zod";
import { type ConfirmedBy, defineAct } from "../confirmations/operations.ts";
import { paths } from "../paths.ts";
import { forgetConsents, keepConsent } from "../people/operations.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { translator } from "../platform/i18n.ts";
import { defineJobKind } from "../platform/jobs.ts";
import { makeInviteCode } from "./paper.ts";
import { milestonesUpTo, searchedText, shownOf } from "./policy.ts";
import { findSignatureOf } from "./queries.ts";
import { type Appearance, appearances } from "./table.ts";
import { forgetOrganisations, forgetWords, holdWords, learnWords, searchVector } from "./words.ts";

export { moderate } from "./moderation.ts";
export { addPaperSignatures, type PaperSignature } from "./paper.ts";
export { type Appearance, appearances } from "./table.ts";

const withId = z.object({ id: z.uuid() });
/** The mail after signing: the link to invite a colleague, and what happens next. */
export const sendThanks = defineJobKind({ name: "signatures.thank", data: withId });
/** Asks the movement whether a motivation may be shown. */
export const askModerator = defineJobKind({ name: "signatures.ask-moderator", data: withId });

/** Grows when the words of the choices change (locales, signing.json). */
const consentVersion = "1";
const consentPurpose = "signature";
const inviteConsentPurpose = "signature-invitation";

const signer = z.object({
  name: z.string(),
  role: z.string().nullable(),
  organisation: z.string().nullable(),
  place: z.string().nullable(),
  motivation: z.string().nullable(),
  principles: z.array(z.string()),
  /** The code of the invitation that brought the signer here. */
  invitedBy: z.string().nullable(),
  /** The choice how to appear as it stood on the form, kept as proof (AVG art. 7). */
  consent: z.string(),
});
const payload = z.object({
  version: z.number().int(),
  appearance: z.enum(appearances),
  batch: z.uuid(),
  /** Null once it counts: then it stands among the signatures. */
  signer: signer.nullable(),
});

export type Signing = z.infer<typeof signer> & {
  version: number;
  appearance: Appearance;
  /** From `batchOf`. */
  batch: string;
};

/** The act of signing the manifesto. */
export const signAct = ({ version, appearance, batch, ...signer }: Signing) => ({
  kind: "sign",
  payload: { version, appearance, batch, signer },
});

export const sign = defineAct({
  kind: "sign",
  payload,
  describe: async (_ctx, { appearance }, language) => translator(language)(`signing:act.${appearance}`),
  remember: (payload) => ({ ...payload, signer: null }),
  goesOn: (token, language) => paths(language).signed(token),
  apply: async (ctx, { version, appearance, batch, signer }, by) => {
    if (!signer || (await findSignatureOf(ctx, { personId: by.personId }))) return;
    await addSignature(ctx, { version, appearance, batch, ...signer }, by);
  },
  already: async (ctx, _payload, email, language, origin) => {
    if (!(await findSignatureOf(ctx, { email }))) return null;
    const t = translator(language);
    return {
      text: t("signing:already.text"),
      manage: { label: t("signing:already.manage"), href: origin + paths(language).mine },
    };
  },
});

async function addSignature(ctx: Ctx, signing: Signing, by: ConfirmedBy): Promise<void> {
  const { personId, formUrl, givenAt, confirmedAt } = by;
  const { version, appearance, batch, principles, consent, ...signer } = signing;
  await holdWords(ctx, "signer");
  const organisation_id = signer.organisation && (await rememberOrganisation(ctx, signer.organisation));
  const { id } = await ctx.db
    .insertInto("signatures")
    .values({
      person_id: personId,
      manifesto_version: version,
      appearance,
      name: signer.name,
      role: signer.role,
      place: signer.place,
      organisation_id,
      motivation: signer.motivation,
      motivation_state: motivationState(appearance, signer.motivation, null),
      search: searchVector(searchedText(shownOf({ appearance, ...signer }))),
      signed_at: givenAt,
      confirmed_at: confirmedAt,
      invite_code: makeInviteCode(),
      invited_by: ({ selectFrom }) =>
        selectFrom("signatures").select("id").where("invite_code", "=", signer.invitedBy),
      batch,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  if (principles.length > 0)
    await ctx.db
      .insertInto("signature_principles")
      .values(principles.map((principle) => ({ signature_id: id, principle })))
      .execute();
  await learnWords(ctx, id);
  const proof = { purpose: consentPurpose, textVersion: consentVersion, text: consent };
  await keepConsent(ctx, { personId, ...proof, formUrl, givenAt, confirmedAt });
  await ctx.jobs.enqueue(sendThanks, { id });
  if (motivationState(appearance, signer.motivation, null) === "waiting")
    await ctx.jobs.enqueue(askModerator, { id });
}

/** An organisation is one row, however its name's accents and capitals are typed; the first spelling stays. */
async function rememberOrganisation(ctx: Ctx, name: string): Promise<string> {
  const find = () =>
    ctx.db
      .selectFrom("organisations")
      .select("id")
      .where("plain_name", "=", sql<string>`plain_text(${name})`)
      .executeTakeFirst();
  const found = await find();
  if (found) return found.id;
  const made = await ctx.db
    .insertInto("organisations")
    .values({ name })
    .onConflict((conflict) => conflict.column("plain_name").doNothing())
    .returning("id")
    .executeTakeFirst();
  return (made ?? (await find()))!.id;
}

type MotivationState = "waiting" | "shown" | "refused" | null;

/** A motivation is shown after a moderator's yes, and never of who is only counted. */
const motivationState = (
  appearance: Appearance,
  motivation: string | null,
  before: MotivationState,
): MotivationState => (motivation === null || appearance === "counted" ? null : (before ?? "waiting"));

/**
 * The random number that forms of one network share on one day, so that a machine's signatures can be removed
 * together. Which network it was is a keyed hash, removed within a day.
 */
export async function batchOf(ctx: Ctx, network: string): Promise<string> {
  const day = ctx.now().toISOString().slice(0, 10);
  const network_hash = ctx.keys.hash(`signature batch ${day}`, network);
  const find = () =>
    ctx.db
      .selectFrom("signature_batches")
      .select("batch")
      .where("network_hash", "=", network_hash)
      .executeTakeFirst();
  const found = await find();
  if (found) return found.batch;
  const made = await ctx.db
    .insertInto("signature_batches")
    .values({ network_hash, batch: crypto.randomUUID(), made_at: ctx.now() })
    .onConflict((conflict) => conflict.column("network_hash").doNothing())
    .returning("batch")
    .executeTakeFirst();
  return (made ?? (await find()))!.batch;
}

/** Where and when somebody agreed to something, in which words. */
export type ConsentGiven = { text: string; formUrl: string };

export type ChangeAppearanceResult = { kind: "changed" } | { kind: "unchanged" } | { kind: "not-found" };

/** Shows a signature in another way from now on. A motivation that was never judged goes to the moderator. */
export function changeAppearance(
  ctx: Ctx,
  personId: string,
  appearance: Appearance,
  consent: ConsentGiven,
): Promise<ChangeAppearanceResult> {
  return inTransaction(ctx, async (ctx) => {
    await holdWords(ctx, "remover");
    const found = await findSignatureOf(ctx, { personId });
    if (!found) return { kind: "not-found" };
    if (found.appearance === appearance) return { kind: "unchanged" };
    const { id, words } = found;
    const state = motivationState(appearance, found.motivation, found.motivation_state);
    await ctx.db
      .updateTable("signatures")
      .set({
        appearance,
        search: searchVector(searchedText(shownOf({ ...found, appearance }))),
        motivation_state: state,
      })
      .where("id", "=", id)
      .execute();
    await learnWords(ctx, id);
    await forgetWords(ctx, words);
    const at = ctx.now();
    const proof = { purpose: consentPurpose, textVersion: consentVersion, ...consent };
    await keepConsent(ctx, { personId, ...proof, givenAt: at, confirmedAt: at });
    if (state === "waiting" && found.motivation_state !== "waiting")
      await ctx.jobs.enqueue(askModerator, { id });
    return { kind: "changed" };
  });
}

/** Whether the invitation page says who invites. A yes is kept with its words. */
export function showNameInInvitation(
  ctx: Ctx,
  personId: string,
  consent: ConsentGiven | null,
): Promise<{ kind: "done" } | { kind: "not-found" }> {
  return inTransaction(ctx, async (ctx) => {
    const { numUpdatedRows } = await ctx.db
      .updateTable("signatures")
      .set({ invite_shows_name: consent !== null })
      .where("person_id", "=", personId)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return { kind: "not-found" };
    await forgetConsents(ctx, [personId], [inviteConsentPurpose]);
    const at = ctx.now();
    const proof = { purpose: inviteConsentPurpose, textVersion: consentVersion };
    if (consent) await keepConsent(ctx, { personId, ...proof, ...consent, givenAt: at, confirmedAt: at });
    return { kind: "done" };
  });
}

/** Removes a person's signature with everything that only it held. */
export const removeSignature = (ctx: Ctx, personId: string): Promise<{ removed: number }> =>
  removeSignatures(ctx, "person_id", personId);

/** Removes all signatures of one batch, and the milestones that are not reached without them. */
export const removeBatch = (ctx: Ctx, batch: string): Promise<{ removed: number }> =>
  inTransaction(ctx, async (ctx) => {
    const result = await removeSignatures(ctx, "batch", batch);
    await sql`delete from milestones where number > (select count(*) from signatures)`.execute(ctx.db);
    return result;
  });

function removeSignatures(ctx: Ctx, by: "person_id" | "batch", value: string): Promise<{ removed: number }> {
  return inTransaction(ctx, async (ctx) => {
    await holdWords(ctx, "remover");
    const removed = await ctx.db
      .deleteFrom("signatures")
      .where(by, "=", value)
      .returning(["person_id", "organisation_id", sql<string[]>`tsvector_to_array(search)`.as("words")])
      .execute();
    await forgetWords(ctx, [...new Set(removed.flatMap(({ words }) => words))]);
    await forgetOrganisations(ctx, [...new Set(removed.flatMap((row) => row.organisation_id ?? []))]);
    const people = removed.map(({ person_id }) => person_id);
    await forgetConsents(ctx, people, [consentPurpose, inviteConsentPurpose]);
    return { removed: removed.length };
  });
}

/**
 * Marks the milestones that are reached and not marked yet, each at the moment its last signature was confirmed. From
 * what is committed, apart from the signers: none of them waits, and whoever runs it at the same moment marks nothing twice.
 */
export async function markMilestones(ctx: Ctx): Promise<number[]> {
  const { count } = await ctx.db
    .selectFrom("signatures")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  const marked = await ctx.db.selectFrom("milestones").select("number").execute();
  const due = milestonesUpTo(count).filter((mark) => !marked.some(({ number }) => number === mark));
  const made = await Promise.all(
    due.map((mark) =>
      ctx.db
        .insertInto("milestones")
        .columns(["number", "reached_at"])
        .expression(({ selectFrom, lit }) =>
          selectFrom("signatures")
            .select([lit(mark).as("number"), "confirmed_at"])
            .orderBy("confirmed_at")
            .orderBy("id")
            .offset(mark - 1)
            .limit(1),
        )
        .onConflict((conflict) => conflict.column("number").doNothing())
        .returning("number")
        .executeTakeFirst(),
    ),
  );
  return made.flatMap((row) => row?.number ?? []);
}
