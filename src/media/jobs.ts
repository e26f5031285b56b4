import { defineJob } from "../platform/jobs.ts";
import { makeAllSizes } from "./files.ts";
import { makeSizes, tidyMedia } from "./job-kinds.ts";
import { getImage } from "./queries.ts";

const day = 24 * 3600 * 1000;

export const mediaJobs = [
  defineJob({
    ...makeSizes,
    retry: { retryLimit: 5, retryDelay: 60, retryBackoff: true },
    run: async (ctx, { id }) => {
      const image = await getImage(ctx, id);
      if (image) await makeAllSizes(ctx, id, image.width);
    },
  }),
  defineJob({
    ...tidyMedia,
    cron: "41 3 * * *",
    retry: { retryLimit: 5, retryDelay: 60, retryBackoff: true },
    run: async (ctx) => {
      const yesterday = new Date(ctx.now().getTime() - day);
      await ctx.db.deleteFrom("media").where("ready", "=", false).where("added_at", "<", yesterday).execute();
      // Noted by a trigger, whatever removed the row: an editor, the line above, an initiative that went.
      const gone = await ctx.db.selectFrom("media_gone").select("id").execute();
      for (const { id } of gone) {
        await ctx.storage.removeFolder(id);
        await ctx.db.deleteFrom("media_gone").where("id", "=", id).execute();
      }
    },
  }),
];
