import { Hono } from "hono";
import { desk } from "../desk-paths.ts";
import { languages } from "../platform/i18n.ts";
import { requireOwnForm } from "../protection/operations.ts";
import type { VisitEnv } from "../visit.tsx";
import { browserOf, enter, noStore } from "./entering.ts";
import { InvitationPage } from "./invitation-page.tsx";
import { acceptInvitation, readInvitationToken } from "./invitations.ts";
import { findInvitation } from "./team-queries.ts";

/** The link of an invitation: GET shows what it is about, POST accepts it. */
export const invitationRoutes = new Hono<VisitEnv>();

for (const language of languages) {
  const to = desk(language);
  const path = to.signInWith("invitation", ":token");
  invitationRoutes.use(path, noStore);
  invitationRoutes.get(path, async (c) => {
    const { visit } = c.var;
    const token = c.req.param("token") ?? "";
    const id = readInvitationToken(visit.ctx, token);
    const invitation = id ? await findInvitation(visit.ctx, id) : null;
    return c.html(<InvitationPage {...{ visit, token, invitation }} />, invitation ? 200 : 404);
  });
  invitationRoutes.post(path, requireOwnForm, async (c) => {
    const { ctx } = c.var.visit;
    const token = c.req.param("token") ?? "";
    const id = readInvitationToken(ctx, token);
    const browser = { ...browserOf(c), method: "code" as const, name: null };
    const result = id ? await acceptInvitation(ctx, id, browser) : null;
    if (result?.kind !== "signed-in") return c.redirect(to.signInWith("invitation", token), 303);
    return enter(c, to, result.token, null);
  });
}
