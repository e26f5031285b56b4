import { GivenUp } from "../platform/given-up.ts";
import { translator } from "../platform/i18n.ts";
import { defineJob } from "../platform/jobs.ts";
import { pick } from "../platform/localized.ts";
import { sendTest } from "./operations.ts";
import { previewLetters } from "./preview.ts";
import { getEdition } from "./queries.ts";

export const editionJobs = [
  defineJob({
    ...sendTest,
    retry: { retryLimit: 3, retryDelay: 10 },
    run: async (ctx, { editionId, personId, number }) => {
      const edition = await getEdition(ctx, editionId);
      const person = await ctx.db
        .selectFrom("people")
        .select(["email", "name"])
        .where("id", "=", personId)
        .executeTakeFirst();
      if (!edition || !person) throw new GivenUp("The edition or who asked for it is gone");
      for (const letter of await previewLetters(ctx, edition, person.name)) {
        const { language, subject, html, text } = letter;
        await ctx.mailer.send({
          id: `edition-test-${number}-${language}`,
          to: person.email,
          fromName: pick(edition.newsletter, language).text,
          subject: translator(language)("editions:test.subject", { subject }),
          ...{ html, text, occasion: "asked" },
        });
      }
    },
  }),
];
