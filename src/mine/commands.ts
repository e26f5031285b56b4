import { type Command, CommandError } from "../platform/commands.ts";
import { eraseEverything } from "./operations.ts";

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
];
