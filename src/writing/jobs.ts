import { sql } from "kysely";
import { z } from "zod";
import { defineJob, type JobDefinition, patientRetry } from "../platform/jobs.ts";
import type { DocumentKinds } from "./kinds.ts";
import { failedMail, orphanedMail } from "./mail.tsx";
import { tellOrphaned, unplanAllOrphaned } from "./orphaned.ts";
import { getDocument } from "./queries.ts";
import { publishAllDue, publishAtMoment, publishDue, tellFailure } from "./scheduling.ts";

/** How long every save is kept, in years; what was published is kept for good. */
const yearsOfSaves = 1;

/** The work of writing: bring out what waits for its moment, forget old saves. */
export const writingJobs = (kinds: DocumentKinds): JobDefinition[] => [
  defineJob({ ...publishAtMoment, run: (ctx, { id }) => publishDue(ctx, kinds, id) }),
  defineJob({
    ...tellFailure,
    retry: patientRetry,
    run: async (ctx, { id, at, ...failure }) => {
      const document = await getDocument(ctx, id);
      const kind = document && kinds.get(document.kind);
      const mail = kind && (await failedMail(ctx, kind, document, { ...failure, at: new Date(at) }));
      if (mail) await ctx.mailer.send(mail);
    },
  }),
  defineJob({
    name: "writing.due",
    data: z.object({}),
    // Every minute, for what a queue that was away has missed.
    cron: "* * * * *",
    run: async (ctx) => {
      await unplanAllOrphaned(ctx, kinds);
      await publishAllDue(ctx, kinds);
    },
  }),
  defineJob({
    ...tellOrphaned,
    retry: patientRetry,
    run: async (ctx, { id, personId, at }) => {
      const document = await getDocument(ctx, id);
      const kind = document && kinds.get(document.kind);
      const mail = kind && (await orphanedMail(ctx, kind, document, { personId, at: new Date(at) }));
      if (mail) await ctx.mailer.send(mail);
    },
  }),
  thinOutRevisions,
];

/** Every night: saves older than a year go, but for the last revision of each document. */
export const thinOutRevisions = defineJob({
  name: "writing.thin-out",
  data: z.object({}),
  cron: "41 3 * * *",
  run: async (ctx) => {
    const before = new Date(ctx.now());
    before.setUTCFullYear(before.getUTCFullYear() - yearsOfSaves);
    await ctx.db
      .deleteFrom("revisions as r")
      .where("what", "=", "saved")
      .where("made_at", "<", before)
      .where(
        sql<boolean>`exists (select from revisions as later
          where later.document_id = r.document_id and later.number > r.number)`,
      )
      .execute();
  },
});
