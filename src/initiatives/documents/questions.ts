import type { Ctx } from "../../platform/context.ts";
import type { Localized } from "../../platform/localized.ts";
import { slugOf } from "../../platform/slug.ts";
import {
  type Applied,
  type Document,
  defineDocument,
  isUuid,
  line,
  list,
  localized,
  markdown,
} from "../../writing/operations.ts";
import { findInitiative, islandPart } from "./part.ts";

type QuestionsContent = { questions: { question: Localized; answer: Localized }[] };

/** The questions of an island with their answers, in their order. */
export const questionsDocument = defineDocument<QuestionsContent>({
  ...islandPart,
  kind: "questions",
  name: "initiatives:document.questions",
  fields: [
    list(
      "questions",
      [
        line("question", { localized: true, label: "initiatives:document.questionText", max: 200 }),
        markdown("answer", { localized: true, label: "initiatives:document.answer", max: 10_000 }),
      ],
      {
        label: "initiatives:document.questions",
        description: "initiatives:document.questionsHelp",
        item: "initiatives:document.question",
        add: "initiatives:document.addQuestion",
        max: 60,
      },
    ),
  ],
  title: () => "",
  read: async (ctx, key) => {
    if (!isUuid(key) || !(await findInitiative(ctx, key))) return null;
    const questions = await ctx.db
      .selectFrom("questions")
      .select(["question", "answer"])
      .where("initiative_id", "=", key)
      .orderBy("position")
      .execute();
    return { initiativeId: key, content: { questions } };
  },
  apply,
});

async function apply(ctx: Ctx, { key }: Document, { questions }: QuestionsContent): Promise<Applied> {
  const before = await ctx.db
    .selectFrom("questions")
    .select(["slug", "question"])
    .where("initiative_id", "=", key)
    .execute();
  // A question that stays keeps its address: links to it lead where they did.
  const known = new Map(before.map(({ slug, question }) => [question.nl, slug]));
  const used = new Set<string>();
  const rows = questions.map(({ question, answer }, position) => {
    const base = known.get(question.nl) ?? (slugOf(question.nl, 60) || "vraag");
    const slug = free(base, used);
    used.add(slug);
    return {
      ...{ initiative_id: key, slug, position },
      ...{ question: localized(question), answer: localized(answer) },
    };
  });
  await ctx.db.deleteFrom("questions").where("initiative_id", "=", key).execute();
  if (rows.length > 0) await ctx.db.insertInto("questions").values(rows).execute();
  return { kind: "applied" };
}

/** The slug itself, or with a number behind it where it is in use. */
function free(base: string, used: Set<string>): string {
  for (let number = 1; ; number++) {
    const slug = number === 1 ? base : `${base}-${number}`;
    if (!used.has(slug)) return slug;
  }
}
