import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { Ctx } from "../platform/context.ts";
import { getProgress, type Progress } from "./progress.ts";

/** Whether the figures will change no more by themselves. */
const isOver = ({ state, finishedAt }: Progress): boolean => state === "draft" || finishedAt !== null;

/** Streams that are open, by reader: a browser has a few tabs, a program would hold on to connections. */
const open = new Map<string, number>();
const mostOpen = 6;

type Reader = {
  /** Who reads, by the id of their session. */
  session: string;
  /** Whether they may still read, asked every so often. */
  stillMay: () => Promise<boolean>;
  /** Milliseconds between looks, and between askings. */
  everyMs?: number;
  askMs?: number;
};

/**
 * Figures of an edition's sending as server-sent events (event "progress", JSON), at most one a second and only when
 * something changed, until it is finished ("over"), the reader leaves, or may read no more. 429 for too many at once.
 */
export const streamProgress = (c: Context, ctx: Ctx, editionId: string, reader: Reader): Response => {
  const { session, stillMay, everyMs = 1000, askMs = 60_000 } = reader;
  const count = open.get(session) ?? 0;
  if (count >= mostOpen) return c.body(null, 429);
  open.set(session, count + 1);
  const leave = () => {
    const left = (open.get(session) ?? 1) - 1;
    if (left > 0) open.set(session, left);
    else open.delete(session);
  };
  c.header("X-Accel-Buffering", "no"); // a proxy would keep the events until its buffer is full
  return streamSSE(c, async (stream) => {
    try {
      let before = "";
      let asked = Date.now();
      while (!stream.aborted) {
        if (Date.now() - asked >= askMs) {
          if (!(await stillMay())) return;
          asked = Date.now();
        }
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
    } finally {
      leave();
    }
  });
};
