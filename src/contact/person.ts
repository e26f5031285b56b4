import type { Ctx } from "../platform/context.ts";
import { withoutWords } from "./without-words.ts";

/** Everything a person sent, newest first, with its thread: what the team answered and noted, not who of them did. */
export async function listTipsOf(ctx: Ctx, personId: string) {
  const [tips, messages] = await Promise.all([
    ctx.db
      .selectFrom("tips as t")
      .leftJoin("initiatives as i", "i.id", "t.initiative_id")
      .select(["t.id", "t.kind", "t.text", "t.name", "t.organisation", "t.place", "t.link"])
      .select(["t.sent_at", "t.confirmed_at", "t.mailed_at", "t.done_at", "t.spam_at"])
      .select(["i.name as initiative"])
      .select((eb) => [
        eb("t.assigned_to", "is not", null).as("assigned"),
        eb("t.document_id", "is not", null).as("becameDraft"),
      ])
      .where("t.person_id", "=", personId)
      .orderBy("t.sent_at", "desc")
      .execute(),
    ctx.db
      .selectFrom("tip_messages as m")
      .innerJoin("tips as t", "t.id", "m.tip_id")
      .select(["m.tip_id", "m.kind", "m.text", "m.made_at", "m.mailed_at"])
      .where("t.person_id", "=", personId)
      .orderBy("m.made_at")
      .execute(),
  ]);
  return tips.map((tip) => ({
    ...tip,
    assigned: Boolean(tip.assigned),
    becameDraft: Boolean(tip.becameDraft),
    thread: messages.filter((one) => one.tip_id === tip.id).map(({ tip_id: _tip, ...one }) => one),
  }));
}

/**
 * Takes the words of somebody who is erased out of drafts that were made of their tips and never went out. A draft that
 * nobody worked on goes; in one that somebody did, they are emptied, in its revisions too. What went out is the team's
 * own publication.
 */
export async function forgetDraftsOf(ctx: Ctx, personId: string): Promise<void> {
  const drafts = await ctx.db
    .selectFrom("tips as t")
    .innerJoin("documents as d", "d.id", "t.document_id")
    .select(["d.id", "d.version", "d.content", "t.text", "t.place", "t.link"])
    .where("t.person_id", "=", personId)
    .where("d.published_at", "is", null)
    .execute();
  for (const { id, version, content, ...tip } of drafts) {
    if (version === 1) await ctx.db.deleteFrom("documents").where("id", "=", id).execute();
    else {
      await ctx.db
        .updateTable("documents")
        .set({ content: JSON.stringify(withoutTip(content, tip)) })
        .where("id", "=", id)
        .execute();
      const revisions = await ctx.db
        .selectFrom("revisions")
        .select(["id", "content"])
        .where("document_id", "=", id)
        .execute();
      for (const revision of revisions)
        await ctx.db
          .updateTable("revisions")
          .set({ content: JSON.stringify(withoutTip(revision.content, tip)) })
          .where("id", "=", revision.id)
          .execute();
    }
  }
}

type Quoted = { text: string; place: string | null; link: string | null };

/** What a draft says without a tip's text and link, and without its place where that is all a field says. */
function withoutTip(content: unknown, tip: Quoted): unknown {
  if (typeof content === "string") {
    if (tip.place && content.trim() === tip.place.trim()) return "";
    const unlinked = tip.link ? content.replaceAll(`<${tip.link}>`, "…").replaceAll(tip.link, "…") : content;
    return withoutWords(unlinked, tip.text);
  }
  if (Array.isArray(content)) return content.map((one) => withoutTip(one, tip));
  if (content && typeof content === "object")
    return Object.fromEntries(Object.entries(content).map(([name, one]) => [name, withoutTip(one, tip)]));
  return content;
}

/** A tip as a draft quotes it, in Markdown that shows it as it was typed. */
export function quoteOf({ text, link }: { text: string; link: string | null }): string {
  const lines = text.split("\n").map((line) => `> ${escaped(line)}`);
  return [lines.join("\n"), link ? `<${link}>` : ""].filter(Boolean).join("\n\n");
}

const escaped = (line: string) => line.replace(/[\\`*_{}[\]<>#+!|~-]/g, "\\$&");
