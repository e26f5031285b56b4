import { desk } from "../desk-paths.ts";
import { type Command, CommandError } from "../platform/commands.ts";
import { emailField } from "../platform/fields.ts";
import { defaultLanguage } from "../platform/i18n.ts";
import { makeOwner } from "./first-owner.ts";
import { forgetStrongMeans } from "./passkeys.ts";

function addressIn([typed = "", ...rest]: string[]): string {
  const parsed = emailField.safeParse(typed);
  if (!parsed.success || rest.length > 0)
    throw new CommandError("Say who: one e-mail address, such as sanne@example.org.");
  return parsed.data;
}

/** What an operator does about who owns the movement. */
export const accountCommands: Command[] = [
  {
    name: "owner",
    usage: "<e-mail>",
    summary: "make the person with this address an owner of the movement",
    run: async (ctx, args, say) => {
      const email = addressIn(args);
      const result = await makeOwner(ctx, email);
      if (result.kind === "is-owner") say(`${email} is an owner already. Nothing changed.`);
      else
        say(
          result.isNew
            ? `${email} was not known here, and is an owner now.`
            : `${email} was known here, and is an owner now.`,
        );
      say(`Sign in at ${ctx.config.baseUrl}${desk(defaultLanguage).signIn}`);
    },
  },
  {
    name: "passkeys forget",
    usage: "<e-mail>",
    summary:
      "for who lost them all: forget a person's passkeys and accounts elsewhere, and end their sessions",
    run: async (ctx, args, say) => {
      const email = addressIn(args);
      const result = await forgetStrongMeans(ctx, email);
      if (result.kind === "not-found") throw new CommandError(`Nobody is known by ${email}.`);
      say(`Forgot ${result.passkeys} passkeys and ${result.identities} accounts elsewhere of ${email}.`);
      say("The next sign-in is by a code, which lets them add a first passkey.");
    },
  },
];
