import { z } from "zod";
import { GivenUp } from "../platform/given-up.ts";
import { translator } from "../platform/i18n.ts";
import { defineJob } from "../platform/jobs.ts";
import { pick } from "../platform/localized.ts";
import { sendTest } from "./job-kinds.ts";
import { undoOrphaned } from "./orphaned.ts";
import { previewLetters } from "./preview.ts";
import { getEdition } from "./queries.ts";

export const editionJobs = [
  defineJob({
    name: "editions.orphaned",
    data: z.object({}),
    cron: "* * * * *",
    run: undoOrphaned,
  }),
  defineJob({
    ...sendTest,
    retry: { retryLimit: 3, retryDelay: 10 },
    run: async (ctx, { editionId, personId, number, language }) => {
      const edition = await getEdition(ctx, editionId);
      const person = await ctx.db
        .selectFrom("people")
        .select(["email", "name"])
        .where("id", "=", personId)
        .executeTakeFirst();
      if (!edition || !person) throw new GivenUp("The edition or who asked for it is gone");
      const letters = await previewLetters(ctx, edition, person.name);
      const letter = letters.find((one) => one.language === language);
      if (!letter) throw new GivenUp("The edition is no longer written in this language");
      const { subject, html, text } = letter;
      await ctx.mailer.send({
        id: `edition-test-${number}-${language}`,
        to: person.email,
        fromName: pick(edition.newsletter, language).text,
        subject: translator(language)("editions:test.subject", { subject }),
        ...{ html, text, occasion: "asked" },
      });
    },
  }),
];
