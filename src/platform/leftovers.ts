import type { Ctx } from "./context.ts";
import { sweepSpool } from "./spool.ts";

const hour = 3_600_000;

/**
 * Removes files that a process which was killed left half-way: at the start and every hour, in each process, since only it
 * sees its own disk. Those of the past hour stay: another process may be writing them, and none takes as long.
 */
export function sweepLeftovers(ctx: Pick<Ctx, "config" | "storage" | "now" | "log">): {
  stop: () => Promise<void>;
} {
  const sweep = async () => {
    try {
      const before = new Date(ctx.now().getTime() - hour);
      const swept = (await sweepSpool(ctx.config.dataDir, before)) + (await ctx.storage.sweep(before));
      if (swept > 0) ctx.log.info({ swept }, "removed files that were left half-way");
    } catch (error) {
      ctx.log.warn({ err: error }, "files that were left half-way could not be removed");
    }
  };
  let running = sweep();
  const timer = setInterval(() => {
    running = sweep();
  }, hour);
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
