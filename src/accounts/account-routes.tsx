import { z } from "zod";
import { readCodePageToken } from "../people/operations.ts";
import { emailField, fieldErrors, personName } from "../platform/fields.ts";
import { languages } from "../platform/i18n.ts";
import { guardForm, readFields } from "../protection/operations.ts";
import type { VisitContext } from "../visit.tsx";
import { askNewAddress, saveAccount, takeNewAddress } from "./account.ts";
import { type AccountNotice, AccountPage, accountNotice, NewAddressPage } from "./account-page.tsx";
import { dropSessionCookie } from "./cookie.ts";
import { DeskRoutes, type DeskVisit } from "./desk-routes.tsx";
import { strongerPage } from "./guard-pages.tsx";
import { rowId } from "./params.ts";
import { getAccount } from "./queries.ts";
import { closeOwnSession, closeSessionsOf } from "./sessions.ts";
import { isStrongEnough } from "./strength.ts";
import { endRole, teamOfOwnRole } from "./team.ts";
import { lastOwnerPage } from "./team-pages.tsx";

type Answer = (c: VisitContext, visit: DeskVisit) => Response | Promise<Response>;

/** What changes the account wants the firm way in, where the role does; else a mailbox alone would be enough. */
const firmly =
  (answer: Answer): Answer =>
  (c, visit) =>
    isStrongEnough(visit.ctx.config, visit.person)
      ? answer(c, visit)
      : strongerPage(c, visit.desk, visit.person);

const back = (c: VisitContext, visit: DeskVisit, done: AccountNotice) =>
  c.redirect(`${visit.desk.section("account")}?done=${done}`, 303);

const accountOf = ({ ctx, person, language }: DeskVisit) => getAccount(ctx, person.id, language);

/** Somebody's own account. */
export const accountDesk = new DeskRoutes()
  .get(
    (to) => to.section("account"),
    "account.manage",
    "anywhere",
    async (c, visit) => {
      const notice = accountNotice(c.req.query("done"));
      return c.html(<AccountPage visit={visit} account={await accountOf(visit)} notice={notice} />);
    },
  )
  .post((to) => to.section("account"), "account.manage", "anywhere", firmly(save))
  .post((to) => to.all("account", "email"), "account.manage", "anywhere", firmly(askAddress))
  .get(
    (to) => to.part("account", ":token", "email"),
    "account.manage",
    "anywhere",
    (c, visit) => {
      const token = c.req.param("token") ?? "";
      if (!readCodePageToken(visit.ctx, "new-address", token)) return c.notFound();
      return c.html(<NewAddressPage visit={visit} token={token} />);
    },
  )
  .post((to) => to.part("account", ":token", "email"), "account.manage", "anywhere", firmly(takeAddress))
  .post(
    (to) => to.part("account", ":id", "endSession"),
    "account.manage",
    "anywhere",
    async (c, visit) => {
      const id = rowId(c.req.param("id"));
      if (id) await closeOwnSession(visit.ctx, visit.person.id, id);
      return back(c, visit, "session");
    },
  )
  .post(
    (to) => to.all("account", "endSessions"),
    "account.manage",
    "anywhere",
    async (c, visit) => {
      await closeSessionsOf(visit.ctx, visit.person.id, visit.person.sessionId);
      return back(c, visit, "sessions");
    },
  )
  .post((to) => to.part("account", ":id", "endRole"), "account.manage", "anywhere", firmly(leave));

const accountForm = z.object({
  name: personName,
  language: z.enum(languages, "accounts:account.languageMissing"),
});

async function save(c: VisitContext, visit: DeskVisit): Promise<Response> {
  const fields = await readFields(c);
  const parsed = accountForm.safeParse(fields);
  if (!parsed.success) {
    const account = await accountOf(visit);
    return c.html(
      <AccountPage visit={visit} account={account} errors={fieldErrors(parsed.error)} typed={fields} />,
      422,
    );
  }
  await saveAccount(visit.ctx, visit.person, parsed.data);
  return back(c, visit, "saved");
}

const addressForm = z.object({ email: emailField });

async function askAddress(c: VisitContext, visit: DeskVisit): Promise<Response> {
  const { ctx, person, language, here } = visit;
  const fields = await readFields(c);
  const parsed = addressForm
    .refine(({ email }) => email !== person.email, {
      path: ["email"],
      message: "accounts:account.sameAddress",
    })
    .safeParse(fields);
  if (!parsed.success) {
    const account = await accountOf(visit);
    return c.html(
      <AccountPage visit={visit} account={account} errors={fieldErrors(parsed.error)} typed={fields} />,
      422,
    );
  }
  const guard = await guardForm(c, { name: "new-address", fields, address: null });
  if (guard.kind === "answer") return guard.response;
  const token = await askNewAddress(ctx, {
    email: parsed.data.email,
    language,
    origin: here.movementOrigin,
    siteName: here.frame(language).name,
  });
  return c.redirect(visit.desk.part("account", token, "email"), 303);
}

async function takeAddress(c: VisitContext, visit: DeskVisit): Promise<Response> {
  const { ctx, t, person } = visit;
  const token = c.req.param("token") ?? "";
  const pageId = readCodePageToken(ctx, "new-address", token);
  if (!pageId) return c.notFound();
  const fields = await readFields(c);
  const again = (error: string) =>
    c.html(<NewAddressPage visit={visit} token={token} error={error} typed={fields.code ?? ""} />, 422);
  const typed = (fields.code ?? "").replace(/[\s-]/g, "");
  if (!/^\d{6}$/.test(typed)) return again(t("mine:code.sixDigits"));
  const guard = await guardForm(c, { name: "new-address-code", fields, address: null });
  if (guard.kind === "answer") return guard.response;
  const result = await takeNewAddress(ctx, person, { pageId, typed });
  switch (result.kind) {
    case "moved":
      return back(c, visit, "moved");
    case "wrong":
      return again(t("mine:code.wrong", { count: result.left }));
    case "worn-out":
      return again(t("accounts:newAddress.wornOut"));
    case "spent":
      return again(t("accounts:newAddress.spent"));
    case "over":
      return again(t("mine:code.over"));
    default:
      return result satisfies never;
  }
}

/** Lets go of one of one's own roles; with the last, the way in is closed. */
async function leave(c: VisitContext, visit: DeskVisit): Promise<Response> {
  const { ctx, person, desk } = visit;
  const id = rowId(c.req.param("id"));
  const team = id ? await teamOfOwnRole(ctx, person.id, id) : undefined;
  if (!id || team === undefined) return c.notFound();
  const result = await endRole(ctx, { by: person, team }, id);
  if (result.kind === "last-owner") return lastOwnerPage(c, visit);
  if (person.roles.length > 1) return back(c, visit, "role");
  await closeSessionsOf(ctx, person.id, null);
  dropSessionCookie(c);
  return c.redirect(`${desk.signIn}?done=out`, 303);
}
