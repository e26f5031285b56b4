import type { Ctx } from "../platform/context.ts";
import { lookAfterEditions } from "./foreman.ts";
import { Teller } from "./teller.ts";

/** Sends, until `stop`: which lets mails at the server end and gives the rest back. */
export type SendingLoop = { stop: () => Promise<void> };

/**
 * The part of a worker that sends editions. It looks after them each `everyMs` milliseconds, and goes on by itself when
 * the database or the mail server was away.
 *
 * @param books Where the account of single mails is kept, many times a second: see `connectForRepeated`.
 * @param lastWait Milliseconds that its end may take when the database is away.
 */
export function startSendingLoop(
  ctx: Ctx,
  everyMs = 1000,
  books: Ctx["db"] = ctx.db,
  lastWait?: number,
): SendingLoop {
  const teller = new Teller({ ...ctx, db: books }, lastWait);
  let stopping = false;
  let wake = () => {};
  const run = async () => {
    while (!stopping) {
      let more = false;
      try {
        more = await lookAfterEditions(ctx);
        await teller.easeOff();
      } catch (error) {
        ctx.log.warn({ err: error }, "editions could not be looked after; the next look tries again");
      }
      if (more || stopping) continue;
      await new Promise<void>((done) => {
        const timer = setTimeout(done, everyMs);
        wake = () => {
          clearTimeout(timer);
          done();
        };
      });
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopping = true;
      wake();
      await running;
      await teller.stop();
    },
  };
}
