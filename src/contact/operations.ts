export { forgetDraftsOf } from "./person.ts";

import { z } from "zod";
import { defineAct } from "../confirmations/operations.ts";
import type { Ctx } from "../platform/context.ts";
import { translator } from "../platform/i18n.ts";
import { defineJobKind } from "../platform/jobs.ts";
import { pick } from "../platform/localized.ts";
import { getAddressee } from "./queries.ts";
import { tipKinds } from "./table.ts";

/** The mail that brings a tip to the contact address. */
export const sendTip = defineJobKind({ name: "contact.send-tip", data: z.object({ id: z.uuid() }) });

const payload = z.object({
  /** Slug of the island, or null for the movement. */
  to: z.string().nullable(),
  kind: z.enum(tipKinds),
  text: z.string(),
  name: z.string(),
  organisation: z.string().nullable(),
  place: z.string().nullable(),
  link: z.string().nullable(),
});

export type Tip = z.infer<typeof payload>;

/** The act of sending a tip. */
export const tipAct = (tip: Tip) => ({ kind: "tip", payload: tip });

export const tip = defineAct({
  kind: "tip",
  payload,
  describe: async (ctx, { to, kind }, language) => {
    const addressee = await getAddressee(ctx, to);
    return translator(language)(`contact:act.${kind}`, {
      to: addressee ? pick(addressee.name, language).text : "",
    });
  },
  remember: ({ to, kind }) => ({ to, kind, text: "", name: "", organisation: null, place: null, link: null }),
  apply: async (ctx, { to, ...tip }, by) => {
    const addressee = await getAddressee(ctx, to);
    if (!addressee) return; // the island has gone since
    const { id } = await ctx.db
      .insertInto("tips")
      .values({
        ...tip,
        initiative_id: addressee.id,
        person_id: by.personId,
        sent_at: by.givenAt,
        confirmed_at: by.confirmedAt,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await ctx.jobs.enqueue(sendTip, { id });
  },
});

/** Says that a tip has left by mail. */
export async function markMailed(ctx: Ctx, id: string): Promise<void> {
  await ctx.db.updateTable("tips").set({ mailed_at: ctx.now() }).where("id", "=", id).execute();
}
