import { invitationToken } from "../../src/accounts/invitations.ts";
import { firstOwnerLink } from "../../src/accounts/operations.ts";
import { desk } from "../../src/desk-paths.ts";
import type { Language } from "../../src/platform/i18n.ts";
import type { PublicPage } from "./public-pages.ts";
import { askSignInCode, signInMailTo, worker } from "./signing-in.ts";
import { days, type TestApp } from "./test-app.ts";

type Add = (name: string, path: string, more?: Partial<PublicPage>) => void;

/** Somebody who may sign in, somebody who is invited, and the link of the first start: for `addSignIn`. */
export async function prepareSignIn(app: TestApp) {
  const firstOwner = new URL((await firstOwnerLink(app.ctx))!).pathname.split("/").at(-1)!;
  const email = "redactie@voorbeeld.nl";
  await worker(app, email, "editor");
  const page = new URL(await askSignInCode(app, email), app.origin).pathname.split("/").at(-1)!;
  const { link } = await signInMailTo(app, email);
  const now = app.ctx.now();
  const { id } = await app.ctx.db
    .insertInto("invitations")
    .values({
      ...{ email: "gast@voorbeeld.nl", language: "nl", role: "moderator", initiative_id: null },
      ...{ invited_by: null, made_at: now, expires_at: new Date(now.getTime() + days(14)) },
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { firstOwner, page, link: link.split("/").at(-1)!, invitation: invitationToken(app.ctx, id) };
}

/** The way in to the workplace, in each of its states. */
export function addSignIn(
  language: Language,
  add: Add,
  way: Awaited<ReturnType<typeof prepareSignIn>>,
): void {
  const to = desk(language);
  add("sign in", to.signIn);
  add("sign in with errors", to.signInPart("code"), { status: 422, form: { email: "sanne@" } });
  add("signed out", `${to.signIn}?done=out`);
  add("sign in, code", to.signInWith("code", way.page));
  add("sign in, code with errors", to.signInWith("code", way.page), { status: 422, form: { code: "12" } });
  add("sign in, link", to.signInWith("link", way.link));
  add("sign in, link that is over", to.signInWith("link", "onzin"), { status: 404 });
  add("first owner", to.signInWith("firstOwner", way.firstOwner));
  const unlikely = { name: "", email: "sanne@" };
  add("first owner with errors", to.signInWith("firstOwner", way.firstOwner), {
    status: 422,
    form: unlikely,
  });
  add("first owner, over", to.signInWith("firstOwner", "onzin"), { status: 404 });
  add("invited", to.signInWith("invitation", way.invitation));
  add("invited, over", to.signInWith("invitation", "onzin"), { status: 404 });
}
