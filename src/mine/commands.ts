import { type Command, CommandError } from "../platform/commands.ts";
import { eraseEverything } from "./operations.ts";
import { listErasures } from "./queries.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What an operator does for people who were erased after the backup was made that was restored. */
export const mineCommands: Command[] = [
  {
    name: "people erase",
    usage: "<id> …",
    summary: 'erase people again after restoring a backup: the ids that the log calls "person erased"',
    run: async (ctx, ids, say) => {
      if (ids.length === 0 || !ids.every((id) => uuid.test(id)))
        throw new CommandError("Say who: ids from the log, such as 0198c0de-….");
      for (const id of ids) say(`${id}  ${(await eraseEverything(ctx, id)).kind}`);
    },
  },
  {
    name: "erased",
    usage: "[--since <moment>]",
    summary:
      "list the numbers of people who were erased in the past month, for restoring a backup from before",
    run: async (ctx, args, say) => {
      const [flag, moment = "", ...rest] = args;
      const since = flag === undefined ? null : new Date(moment);
      if (rest.length > 0 || (since && (flag !== "--since" || Number.isNaN(since.getTime()))))
        throw new CommandError("Say since when: --since 2026-12-01T03:00:00Z, or nothing for all.");
      for (const { personId, erasedAt } of await listErasures(ctx, since))
        say(`${personId}  ${erasedAt.toISOString()}`);
    },
  },
];
