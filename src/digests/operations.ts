import { beginEdition } from "../editions/operations.ts";
import type { EditionContent } from "../editions/table.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { type Language, translator } from "../platform/i18n.ts";
import { daysOf, lastEnd, type Period } from "./periods.ts";
import { listRhythms, listUpdatesOf } from "./queries.ts";

/** As many as an edition holds. */
const mostUpdates = 20;

export type DigestResult =
  | { kind: "made"; editionId: string }
  /** A digest begins with the period that is now running. */
  | { kind: "begun" }
  | { kind: "no-updates" | "not-yet" | "none" };

/** Makes the drafts that are due by now. After days of standing still that is one for the whole gap. */
export async function makeDigests(ctx: Ctx): Promise<void> {
  for (const { id, digest, digested_through } of await listRhythms(ctx)) {
    const isDue = digest === "none" || !digested_through || digested_through < lastEnd(digest, ctx.now());
    // What is not due is not written to: every write would drop the pages that are kept.
    if (isDue) await makeDigest(ctx, id);
  }
}

/**
 * Makes the draft of a newsletter when its period ended. Draft and end of the period are written together, with the
 * newsletter locked, so that no period gets two, nor none, whoever else is at it and whenever the program dies.
 */
export function makeDigest(ctx: Ctx, newsletterId: string): Promise<DigestResult> {
  return inTransaction(ctx, async (ctx) => {
    const newsletter = await ctx.db
      .selectFrom("newsletters")
      .select(["initiative_id", "digest", "digested_through"])
      .where("id", "=", newsletterId)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!newsletter) return { kind: "none" };
    const { digest, digested_through: from, initiative_id: initiativeId } = newsletter;
    if (digest === "none") {
      // Somebody who wants it again later gets no years at once.
      await setThrough(ctx, newsletterId, null);
      return { kind: "none" };
    }
    const until = lastEnd(digest, ctx.now());
    if (from && from >= until) return { kind: "not-yet" };
    await setThrough(ctx, newsletterId, until);
    if (!from) return { kind: "begun" };
    const { newest, count } = await listUpdatesOf(ctx, initiativeId, { from, until }, mostUpdates);
    if (count === 0) return { kind: "no-updates" };
    const languages: Language[] = newest.some(({ title }) => title.en) ? ["nl", "en"] : ["nl"];
    const content = draftOf({ from, until }, newest, count - newest.length, languages);
    const made = await beginEdition(ctx, { newsletterId, personId: null, content, automatic: true });
    if (made.kind !== "begun") throw new Error("The newsletter is gone while it is locked");
    return { kind: "made", editionId: made.id };
  });
}

const setThrough = (ctx: Ctx, newsletterId: string, digested_through: Date | null) =>
  ctx.db.updateTable("newsletters").set({ digested_through }).where("id", "=", newsletterId).execute();

function draftOf(
  period: Period,
  updates: { id: string }[],
  more: number,
  languages: Language[],
): EditionContent {
  const inEach = (write: (language: Language) => string) => ({
    nl: write("nl"),
    en: languages.includes("en") ? write("en") : "",
  });
  return {
    subject: inEach((language) => {
      const { month, ...days } = daysOf(period, language);
      const t = translator(language);
      return month ? t("digests:subjectMonth", { month }) : t("digests:subject", days);
    }),
    preheader: { nl: "", en: "" },
    greeting: true,
    intro: inEach((language) => {
      const t = translator(language);
      const { first, last } = daysOf(period, language);
      const begin = t("digests:intro", { count: updates.length + more, first, last });
      return more > 0 ? `${begin}\n\n${t("digests:more", { count: more })}` : begin;
    }),
    blocks: updates.map(({ id }) => ({ update: id })),
    closing: { nl: "", en: "" },
  };
}
