import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { Ctx } from "../platform/context.ts";
import { getProgress, type Progress } from "./progress.ts";

/** Whether the figures will change no more by themselves. */
const isOver = ({ state, finishedAt }: Progress): boolean => state === "draft" || finishedAt !== null;

/**
 * Figures of an edition's sending as server-sent events (event "progress", JSON), at most one a second and only when
 * something changed, until it is finished ("over") or the reader leaves.
 *
 * @param everyMs Milliseconds between looks.
 */
export const streamProgress = (c: Context, ctx: Ctx, editionId: string, everyMs = 1000): Response => {
  c.header("X-Accel-Buffering", "no"); // a proxy would keep the events until its buffer is full
  return streamSSE(c, async (stream) => {
    let before = "";
    while (!stream.aborted) {
      const progress = await getProgress(ctx, editionId);
      const data = JSON.stringify(progress ?? null);
      if (data !== before) await stream.writeSSE({ event: "progress", data });
      before = data;
      if (!progress || isOver(progress)) {
        await stream.writeSSE({ event: "over", data: "" });
        return;
      }
      await stream.sleep(everyMs);
    }
  });
};
