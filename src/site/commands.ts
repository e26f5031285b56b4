import { type Command, CommandError } from "../platform/commands.ts";
import { acceptKey } from "../platform/secret-key.ts";

/** What an operator does after the secret key was lost. */
export const siteCommands: Command[] = [
  {
    name: "key accept",
    usage: "--yes",
    summary:
      "go on with another secret key than the database was used with; without --yes it only says what ends",
    anyKey: true,
    run: async (ctx, args, say) => {
      if (args.length > 1 || (args[0] ?? "--yes") !== "--yes")
        throw new CommandError("Usage: key accept [--yes]");
      if (args.length === 0) {
        for (const line of whatEnds) say(line);
        return;
      }
      await acceptKey(ctx);
      say("The present key is the database's from now on. Start Archipel again.");
    },
  },
];

const whatEnds = [
  "With another key, these stop working for good:",
  "  - links in mail that was sent: to confirm, to choose, to unsubscribe, to answer, and previews",
  "  - sessions and codes: everybody signs in again",
  "  - the memory of which addresses of erased people must get no mail",
  "Is the key in a backup? Put that back instead. If it is not: npm run archipel -- key accept --yes",
];
