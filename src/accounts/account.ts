import { randomUUID } from "node:crypto";
import { z } from "zod";
import { noteAudit } from "../audit/operations.ts";
import {
  type AskedCode,
  type CodeFailure,
  changeAddress,
  makeCode,
  saveNameAndLanguage,
  useCode,
} from "../people/operations.ts";
import { findPerson } from "../people/queries.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { type Language, languages } from "../platform/i18n.ts";
import { defineJobKind } from "../platform/jobs.ts";
import { moveContactAddresses } from "./contact-addresses.ts";
import { closeSessionsOf, type SignedIn } from "./sessions.ts";

/** The mail to a new address: the code that proves it, or that it is in use. */
export const sendNewAddressCode = defineJobKind({
  name: "accounts.send-new-address-code",
  data: z.object({ id: z.uuid() }),
});

/** The mail to an address that was left. It stands nowhere else any more; erasing finds it by the person. */
export const tellMoved = defineJobKind({
  name: "accounts.tell-moved",
  data: z.object({ id: z.uuid(), personId: z.uuid(), email: z.string(), language: z.enum(languages) }),
});

/** Changes what somebody is called and in which language mail comes. */
export const saveAccount = (ctx: Ctx, person: SignedIn, to: { name: string; language: Language }) =>
  saveNameAndLanguage(ctx, person.id, to);

/** Asks for a code at a new address. The answer is the same whether somebody is known by it or not. */
export const askNewAddress = (ctx: Ctx, asked: Omit<AskedCode, "purpose">): Promise<string> =>
  makeCode(ctx, { ...asked, purpose: "new-address" }, (ctx, id) =>
    ctx.jobs.enqueue(sendNewAddressCode, { id }),
  );

/**
 * Takes a new address, proven by its code. Every other session ends, and the old address is told. An address by which
 * somebody is known got no code, so that two people never become one.
 */
export function takeNewAddress(
  ctx: Ctx,
  person: SignedIn,
  code: { pageId: string; typed: string },
): Promise<{ kind: "moved" } | CodeFailure> {
  return inTransaction(ctx, async (ctx) => {
    const result = await useCode(ctx, "new-address", code, async ({ email }) =>
      (await findPerson(ctx, email)) ? null : email,
    );
    if (result.kind !== "right") return result;
    const language = await changeAddress(ctx, person.id, result.known);
    await moveContactAddresses(ctx, person.id, { from: person.email, to: result.known });
    await closeSessionsOf(ctx, person.id, person.sessionId);
    const to = { id: randomUUID(), personId: person.id };
    await ctx.jobs.enqueue(tellMoved, { ...to, email: person.email, language });
    await noteAudit(ctx, {
      personId: person.id,
      action: "accounts.change-address",
      aboutPersonId: person.id,
    });
    return { kind: "moved" };
  });
}
