import { type Command, CommandError } from "../platform/commands.ts";
import type { Ctx } from "../platform/context.ts";
import { moderate, removeBatch } from "./operations.ts";
import { countBatch, listBatch, listBatches, listWaitingMotivations } from "./queries.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function idFrom([id = ""]: string[], of: string): string {
  if (!uuid.test(id)) throw new CommandError(`Say which ${of}: its number as listed, such as 0198c0de-….`);
  return id;
}

const decide = (as: "shown" | "refused") => async (ctx: Ctx, args: string[], say: (line: string) => void) => {
  const result = await moderate(ctx, idFrom(args, "motivation"), as);
  if (result.kind === "not-found") throw new CommandError("No such motivation waits.");
  say(result.kind === "decided" ? `Done: ${as}.` : `This was decided before: ${result.as}.`);
};

const daysListed = 7;

/** What a moderator can do from a shell as long as there is no workplace. */
export const signatureCommands: Command[] = [
  {
    name: "motivations",
    usage: "",
    summary: "list the motivations that wait for a moderator, oldest first",
    run: async (ctx, _args, say) => {
      let { rows, next } = await listWaitingMotivations(ctx);
      if (rows.length === 0) say("No motivation waits.");
      while (rows.length > 0) {
        for (const { id, name, motivation, at } of rows)
          say(
            `${id}  ${at.toISOString().slice(0, 16)}  ${name}\n    ${motivation?.replace(/\n/g, "\n    ")}`,
          );
        if (!next) break;
        ({ rows, next } = await listWaitingMotivations(ctx, next));
      }
    },
  },
  {
    name: "motivations show",
    usage: "<id>",
    summary: "show a motivation on the wall",
    run: decide("shown"),
  },
  {
    name: "motivations refuse",
    usage: "<id>",
    summary: "keep a motivation hidden",
    run: decide("refused"),
  },
  {
    name: "batches",
    usage: "",
    summary: `list the signatures of the past ${daysListed} days by batch (one network on one day), largest first`,
    run: async (ctx, _args, say) => {
      const batches = await listBatches(ctx, daysListed);
      if (batches.length === 0) say(`No signatures in the past ${daysListed} days.`);
      for (const { batch, count, first, last } of batches)
        say(`${batch}  ${String(count).padStart(7)}  ${first.toISOString()} - ${last.toISOString()}`);
    },
  },
  {
    name: "batches show",
    usage: "<batch>",
    summary: "list the names in a batch, a hundred at most",
    run: async (ctx, args, say) => {
      for (const { name, organisation, confirmed_at } of await listBatch(ctx, idFrom(args, "batch")))
        say(`${confirmed_at.toISOString()}  ${name}${organisation ? `, ${organisation}` : ""}`);
    },
  },
  {
    name: "batches remove",
    usage: "<batch> --yes",
    summary: "remove all signatures of one batch; without --yes it only counts them",
    run: async (ctx, args, say) => {
      const batch = idFrom(args, "batch");
      if (!args.includes("--yes")) {
        const count = await countBatch(ctx, batch);
        throw new CommandError(`This batch holds ${count} signatures. Add --yes to remove them for good.`);
      }
      const { removed } = await removeBatch(ctx, batch);
      say(`Removed ${removed} signatures.`);
    },
  },
];
