import { randomBytes } from "node:crypto";
import { noteAudit } from "../audit/operations.ts";
import { desk } from "../desk-paths.ts";
import { rememberPerson } from "../people/operations.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { defaultLanguage, type Language } from "../platform/i18n.ts";
import { lockOwners } from "./owners.ts";
import { hasOwner } from "./queries.ts";
import { closeSessionsOf, openSession } from "./sessions.ts";
import type { Browser } from "./sign-in.ts";

/** How long the link from the start works, in milliseconds: a week. A start without an owner makes a new one. */
const linkLasts = 7 * 24 * 3_600_000;

/** An id that begins with its moment, as UUID version 7 does (RFC 9562, section 5.7). */
function idOfMoment(moment: Date): string {
  const hex = moment.getTime().toString(16).padStart(12, "0") + randomBytes(10).toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const momentOf = (id: string) => Number.parseInt(id.replace("-", "").slice(0, 12), 16);

/** The address that makes the first owner; null when there is one. Only whoever sees the program start reads it. */
export async function firstOwnerLink(ctx: Ctx): Promise<string | null> {
  if (await hasOwner(ctx)) return null;
  const token = ctx.keys.token("first-owner", idOfMoment(ctx.now()));
  return ctx.config.baseUrl + desk(defaultLanguage).signInWith("firstOwner", token);
}

/** Whether a link from the start can still make the first owner. */
export async function firstOwnerLinkWorks(ctx: Ctx, token: string): Promise<boolean> {
  const id = ctx.keys.readToken("first-owner", token);
  return id !== null && momentOf(id) > ctx.now().getTime() - linkLasts && !(await hasOwner(ctx));
}

/** Makes the first owner, once, and signs them in. */
export function becomeFirstOwner(
  ctx: Ctx,
  token: string,
  who: { name: string; email: string; language: Language },
  browser: Browser,
): Promise<{ kind: "signed-in"; token: string } | { kind: "over" }> {
  return inTransaction(ctx, async (ctx) => {
    await lockOwners(ctx);
    if (!(await firstOwnerLinkWorks(ctx, token))) return { kind: "over" };
    const personId = await rememberPerson(ctx, who);
    await closeSessionsOf(ctx, personId, null);
    await ctx.db
      .insertInto("roles")
      .values({ person_id: personId, role: "owner", initiative_id: null, given_at: ctx.now() })
      .execute();
    await noteAudit(ctx, { personId, action: "accounts.first-owner", aboutPersonId: personId });
    return {
      kind: "signed-in",
      token: await openSession(ctx, { personId, method: "first-owner", ...browser }),
    };
  });
}

export type MadeOwner = { kind: "made"; isNew: boolean } | { kind: "is-owner" };

/** Makes whoever has this address an owner, for an operator at a shell; they sign in anew. */
export function makeOwner(ctx: Ctx, email: string): Promise<MadeOwner> {
  return inTransaction(ctx, async (ctx) => {
    await lockOwners(ctx);
    const known = await ctx.db
      .selectFrom("people")
      .select("id")
      .where("email", "=", email)
      .executeTakeFirst();
    const personId =
      known?.id ?? (await rememberPerson(ctx, { email, name: null, language: defaultLanguage }));
    const made = await ctx.db
      .insertInto("roles")
      .values({ person_id: personId, role: "owner", initiative_id: null, given_at: ctx.now() })
      .onConflict((conflict) => conflict.doNothing())
      .returning("id")
      .executeTakeFirst();
    if (!made) return { kind: "is-owner" };
    await closeSessionsOf(ctx, personId, null);
    await noteAudit(ctx, { personId: null, action: "accounts.make-owner", aboutPersonId: personId });
    return { kind: "made", isNew: !known };
  });
}
