import {
  greetingOf,
  listIdOf,
  newsletterSite,
  preferencesToken,
  unsubscribeAddressOf,
  unsubscribeToken,
} from "../newsletters/operations.ts";
import { paths } from "../paths.ts";
import type { Ctx } from "../platform/context.ts";
import type { Language } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import {
  type Addressee,
  type Letter,
  type PreparedLetter,
  prepareLetter,
  slot,
} from "../platform/mass-mail/letter.ts";
import type { Claimed } from "./claim.ts";
import { messageIdOf, returnPathOf } from "./verp.ts";

/** A letter in one language, encoded once, and how it is filled in for a recipient. */
export type ReadyLetter = { letter: PreparedLetter; addressed: (one: Claimed) => Addressee };

/**
 * What stands open in an edition's letters: see `slot`. "oneclick" is the link that mail providers use to unsubscribe, on
 * the installation's own host, which stays when an initiative gives its host up; "leave" the address to do it by mail.
 */
type Slots = Record<
  "name" | "greeting" | "unsubscribe" | "preferences" | "archive" | "oneclick" | "leave",
  string
>;

/** Prepares the letter of an edition in one language. @throws when the edition or its letter is gone. */
export async function readyLetter(ctx: Ctx, editionId: string, language: Language): Promise<ReadyLetter> {
  const found = await ctx.db
    .selectFrom("editions as e")
    .innerJoin("edition_letters as l", "l.edition_id", "e.id")
    .innerJoin("newsletters as n", "n.id", "e.newsletter_id")
    .leftJoin("initiatives as i", "i.id", "n.initiative_id")
    .select(["e.slug", "e.automatic", "e.newsletter_id", "n.name", "l.subject", "l.html", "l.text"])
    .select(["i.slug as initiative", "i.host", "i.contact_email"])
    .select(({ selectFrom }) => selectFrom("movement").select("contact_email").as("movement_email"))
    .where("e.id", "=", editionId)
    .where("l.language", "=", language)
    .executeTakeFirstOrThrow();
  const { from } = ctx.config.mail;
  const replyTo = found.contact_email ?? found.movement_email;
  const site = newsletterSite(ctx, { slug: found.initiative, host: found.host }, language);
  const archive = `${site.origin}${site.newsletter}/${found.slug}`;
  const content: Letter = {
    from,
    fromName: pick(found.name, language).text,
    ...(replyTo ? { replyTo } : {}),
    subject: found.subject,
    html: found.html,
    text: found.text,
    headers: listHeaders(ctx, found),
  };
  const letter = prepareLetter(content, { archive });
  const to = paths(language);
  const addressed = (one: Claimed): Addressee => {
    const token = unsubscribeToken(ctx, one.subscription_id, one.id);
    const slots: Slots = {
      archive,
      name: one.name ?? "",
      greeting: greetingOf(one.name, language),
      unsubscribe: site.origin + to.unsubscribe(token),
      oneclick: ctx.config.baseUrl + to.unsubscribe(token),
      preferences: ctx.config.baseUrl + to.preferences(preferencesToken(ctx, one.subscription_id, one.id)),
      leave: unsubscribeAddressOf(ctx, one.subscription_id),
    };
    return {
      to: one.email,
      messageId: messageIdOf(ctx, one.id),
      returnPath: returnPathOf(ctx, one.id),
      date: ctx.now(),
      slots,
    };
  };
  return { letter, addressed };
}

/**
 * What says that this is a list, and how to leave it: RFC 2919 (List-Id, which never changes), RFC 2369 and RFC 8058.
 * "Precedence" keeps old programs from answering (RFC 3834, section 2). What a person wrote is not auto-generated. Where nobody
 * reads the mailbox of bounces, the way out by mail would lead nowhere.
 */
const listHeaders = (ctx: Ctx, edition: { newsletter_id: string; automatic: boolean }) => ({
  "List-Id": listIdOf(ctx, edition.newsletter_id),
  "List-Unsubscribe": `<${slot("oneclick")}>${ctx.config.mail.imap ? `, <mailto:${slot("leave")}?subject=unsubscribe>` : ""}`,
  "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  Precedence: "bulk",
  ...(edition.automatic ? { "Auto-Submitted": "auto-generated" } : {}),
});
