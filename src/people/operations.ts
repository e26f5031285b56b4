export {
  type AskedCode,
  type CodeFailure,
  codeLinkToken,
  codeOf,
  forgetCodes,
  makeCode,
  mayMail,
  pretendedCodePage,
  readCodeLinkToken,
  readCodePageToken,
  useCode,
  useCodeLink,
} from "./codes.ts";

import type { Ctx } from "../platform/context.ts";
import type { Language } from "../platform/i18n.ts";
import { recallSuppression } from "../suppressions/operations.ts";

/** Knows the person of a confirmed address from now on; a name given later replaces an earlier one. */
export async function rememberPerson(
  ctx: Ctx,
  person: { email: string; name: string | null; language: Language },
): Promise<string> {
  const { id } = await ctx.db
    .insertInto("people")
    .values({ ...person, confirmed_at: ctx.now() })
    .onConflict((conflict) =>
      conflict.column("email").doUpdateSet(({ ref, fn }) => ({
        name: fn.coalesce(ref("excluded.name"), ref("people.name")),
        language: ref("excluded.language"),
      })),
    )
    .returning("id")
    .executeTakeFirstOrThrow();
  await recallSuppression(ctx, person.email);
  return id;
}

/** Keeps the proof that a person consented: to what, in which words, on which form, when asked and when confirmed. */
export async function keepConsent(
  ctx: Ctx,
  consent: {
    personId: string;
    purpose: string;
    textVersion: string;
    text: string;
    formUrl: string;
    givenAt: Date;
    confirmedAt: Date;
  },
): Promise<void> {
  await ctx.db
    .insertInto("consents")
    .values({
      person_id: consent.personId,
      purpose: consent.purpose,
      text_version: consent.textVersion,
      text: consent.text,
      form_url: consent.formUrl,
      given_at: consent.givenAt,
      confirmed_at: consent.confirmedAt,
    })
    .execute();
}

/** Removes the proofs of consents that were withdrawn together with what they were for. */
export async function forgetConsents(ctx: Ctx, personIds: string[], purposes: string[]): Promise<void> {
  if (personIds.length === 0) return;
  await ctx.db
    .deleteFrom("consents")
    .where("person_id", "in", personIds)
    .where("purpose", "in", purposes)
    .execute();
}

/** Removes a person, and with it what the database knows to belong to them. */
export async function removePerson(ctx: Ctx, personId: string): Promise<void> {
  await ctx.db.deleteFrom("people").where("id", "=", personId).execute();
}

/** Keeps what a person told after signing; telling it again replaces it. */
export async function saveProfile(
  ctx: Ctx,
  personId: string,
  told: { themes: string[]; worksOn: string; offers: string },
): Promise<void> {
  const row = {
    themes: JSON.stringify(told.themes),
    works_on: told.worksOn,
    offers: told.offers,
    changed_at: ctx.now(),
  };
  await ctx.db
    .insertInto("profiles")
    .values({ person_id: personId, ...row })
    .onConflict((conflict) => conflict.column("person_id").doUpdateSet(row))
    .execute();
}

/** Forgets what a person told after signing. */
export async function removeProfile(ctx: Ctx, personId: string): Promise<void> {
  await ctx.db.deleteFrom("profiles").where("person_id", "=", personId).execute();
}

/** Changes what a person is called and in which language they read. */
export async function saveNameAndLanguage(
  ctx: Ctx,
  personId: string,
  to: { name: string; language: Language },
): Promise<void> {
  await ctx.db.updateTable("people").set(to).where("id", "=", personId).execute();
}

/** Knows a person by another, proven address from now on, and ends their visits to /mijn. Answers with their language. */
export async function changeAddress(ctx: Ctx, personId: string, email: string): Promise<Language> {
  const { language } = await ctx.db
    .updateTable("people")
    .set({ email, confirmed_at: ctx.now() })
    .where("id", "=", personId)
    .returning("language")
    .executeTakeFirstOrThrow();
  await ctx.db.deleteFrom("visit_sessions").where("person_id", "=", personId).execute();
  await recallSuppression(ctx, email);
  return language;
}
