import { desk } from "../desk-paths.ts";
import { type Command, CommandError } from "../platform/commands.ts";
import { emailField } from "../platform/fields.ts";
import { defaultLanguage } from "../platform/i18n.ts";
import { makeOwner } from "./first-owner.ts";

/** What an operator does about who owns the movement. */
export const accountCommands: Command[] = [
  {
    name: "owner",
    usage: "<e-mail>",
    summary: "make the person with this address an owner of the movement",
    run: async (ctx, [typed = "", ...rest], say) => {
      const parsed = emailField.safeParse(typed);
      if (!parsed.success || rest.length > 0)
        throw new CommandError("Say who: one e-mail address, such as sanne@example.org.");
      const result = await makeOwner(ctx, parsed.data);
      if (result.kind === "is-owner") say(`${parsed.data} is an owner already. Nothing changed.`);
      else
        say(
          result.isNew
            ? `${parsed.data} was not known here, and is an owner now.`
            : `${parsed.data} was known here, and is an owner now.`,
        );
      say(`Sign in at ${ctx.config.baseUrl}${desk(defaultLanguage).signIn}`);
    },
  },
];
