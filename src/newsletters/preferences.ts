import { keepConsent } from "../people/operations.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import type { Language } from "../platform/i18n.ts";
import { liftSuppression } from "../suppressions/operations.ts";
import { consentVersion, readPreferencesToken, sendWelcome, unsubscribe } from "./operations.ts";

/** Whose preferences a token opens: gone with the person, null when this installation never made it. */
export async function findPreferencesPerson(ctx: Ctx, token: string) {
  const read = readPreferencesToken(ctx, token);
  if (!read) return null;
  const person = await ctx.db
    .selectFrom("subscriptions as s")
    .innerJoin("people as p", "p.id", "s.person_id")
    .select(["p.id", "p.email"])
    .where("s.id", "=", read.id)
    .executeTakeFirst();
  return person ? { ...person, came: read } : null;
}

export type PreferencesPerson = NonNullable<Awaited<ReturnType<typeof findPreferencesPerson>>>;

/** The delivery that somebody came through, for the subscription that it was for. */
const throughFor = ({ came }: PreferencesPerson, subscriptionId: string): string | null =>
  came.id === subscriptionId ? came.through : null;

export type Wanted = {
  newsletterId: string;
  /** Whether the form showed it as one that the person gets: what changed elsewhere since stays. */
  had: boolean;
  get: boolean;
  language: Language;
};

/** The words beside the boxes, and the form, kept as proof (AVG art. 7). */
export type Proof = { text: string; formUrl: string };

/** Follows what a person ticked. The token was in a mail of theirs, so that adding one asks for no further mail. */
export function savePreferences(
  ctx: Ctx,
  person: PreferencesPerson,
  wanted: Wanted[],
  proof: Proof,
): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const subscriptions = await ctx.db
      .selectFrom("subscriptions")
      .select(["id", "newsletter_id", "language", "ended_at", "paused_until"])
      .where("person_id", "=", person.id)
      .forUpdate()
      .execute();
    const own = new Map(subscriptions.map((one) => [one.newsletter_id, one]));
    const pausedUntil = runningPause(ctx, subscriptions);
    for (const { newsletterId, had, get, language } of wanted) {
      const one = own.get(newsletterId);
      const active = one !== undefined && one.ended_at === null;
      if (get && !active && !had) await add(ctx, person, { newsletterId, language, pausedUntil }, proof);
      else if (active && had && !get) await unsubscribe(ctx, one.id, throughFor(person, one.id));
      else if (active && get && one.language !== language)
        await ctx.db.updateTable("subscriptions").set({ language }).where("id", "=", one.id).execute();
    }
  });
}

type Standing = { ended_at: Date | null; paused_until: Date | null };

/** Until when somebody who asked for a pause gets nothing; null when there is no pause now. */
function runningPause(ctx: Ctx, subscriptions: Standing[]): Date | null {
  const last = subscriptions
    .filter(({ ended_at }) => ended_at === null)
    .reduce((most, { paused_until }) => Math.max(most, paused_until?.getTime() ?? 0), 0);
  return last > ctx.now().getTime() ? new Date(last) : null;
}

async function add(
  ctx: Ctx,
  person: PreferencesPerson,
  {
    newsletterId,
    language,
    pausedUntil,
  }: { newsletterId: string; language: Language; pausedUntil: Date | null },
  { text, formUrl }: Proof,
): Promise<void> {
  const now = ctx.now();
  const purpose = `newsletter:${newsletterId}`;
  const moments = { givenAt: now, confirmedAt: now };
  await keepConsent(ctx, {
    ...{ personId: person.id, purpose, textVersion: consentVersion, text, formUrl },
    ...moments,
  });
  await liftSuppression(ctx, person.email);
  const { id } = await ctx.db
    .insertInto("subscriptions")
    .values({
      newsletter_id: newsletterId,
      person_id: person.id,
      ...{ language, since: now, paused_until: pausedUntil },
    })
    .onConflict((conflict) =>
      conflict
        .columns(["newsletter_id", "person_id"])
        .doUpdateSet({ ended_at: null, since: now, language, paused_until: pausedUntil }),
    )
    .returning("id")
    .executeTakeFirstOrThrow();
  // Ticked on and off again and again, it is still one welcome a day.
  const { within } = await ctx.limits.take(welcomeLimit, ctx.keys.hash("newsletters.welcome", id));
  if (within) await ctx.jobs.enqueue(sendWelcome, { id });
}

/** 23 hours: with the half hour until the job that forgets, a day at most. */
const welcomeLimit = { name: "newsletters-welcome", points: 1, seconds: 23 * 3600 };

/** Sends a person no editions for a month. Answers until when; null when there is nothing to pause. */
export async function pause(ctx: Ctx, personId: string): Promise<Date | null> {
  const until = monthAfter(ctx.now());
  const paused = await setPause(ctx, personId, until);
  return paused ? until : null;
}

/** Sends editions again, from now on. */
export const endPause = (ctx: Ctx, personId: string): Promise<boolean> => setPause(ctx, personId, null);

async function setPause(ctx: Ctx, personId: string, until: Date | null): Promise<boolean> {
  const changed = await ctx.db
    .updateTable("subscriptions")
    .set({ paused_until: until })
    .where("person_id", "=", personId)
    .where("ended_at", "is", null)
    .returning("id")
    .execute();
  return changed.length > 0;
}

/** The same day a month later, or the last day of that month. */
function monthAfter(moment: Date): Date {
  const later = new Date(moment);
  later.setUTCMonth(later.getUTCMonth() + 1);
  if (later.getUTCDate() !== moment.getUTCDate()) later.setUTCDate(0);
  return later;
}

/** Ends everything that a person gets. */
export function unsubscribeFromAll(ctx: Ctx, person: PreferencesPerson): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const active = await ctx.db
      .selectFrom("subscriptions")
      .select("id")
      .where("person_id", "=", person.id)
      .where("ended_at", "is", null)
      .execute();
    for (const { id } of active) await unsubscribe(ctx, id, throughFor(person, id));
  });
}
