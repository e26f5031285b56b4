import { Hono } from "hono";
import { paths } from "../paths.ts";
import { languages } from "../platform/i18n.ts";
import { sameForEveryone } from "../platform/page-cache.ts";
import type { VisitContext, VisitEnv } from "../visit.tsx";
import type { ActKinds } from "./acts.ts";
import { confirm, reject } from "./operations.ts";
import { CheckMailPage, ConfirmPage, RejectPage } from "./pages.tsx";
import { getConfirmationState } from "./queries.ts";

/** The pages behind the links of a confirmation mail. GET never changes anything: mail scanners follow links. */
export function confirmationRoutes(kinds: ActKinds): Hono<VisitEnv> {
  const app = new Hono<VisitEnv>();
  const tokenOf = (c: VisitContext) => c.req.param("token") ?? "";
  const idOf = (c: VisitContext) => c.var.visit.ctx.keys.readToken("confirmation", tokenOf(c));
  const statusOf = (kind: string) => (kind === "not-found" ? 404 : 200);

  for (const language of languages) {
    const to = paths(language);
    app.get(to.checkMail, (c) => {
      c.header("Cache-Control", sameForEveryone);
      return c.html(<CheckMailPage visit={c.var.visit} />);
    });

    app.use(to.confirm(":token"), noStore).use(`${to.confirm(":token")}/*`, noStore);

    app.get(to.confirm(":token"), async (c) => {
      const { visit } = c.var;
      const id = idOf(c);
      const state = id
        ? await getConfirmationState(visit.ctx, kinds, id, language)
        : ({ kind: "not-found" } as const);
      return c.html(<ConfirmPage visit={visit} token={tokenOf(c)} state={state} />, statusOf(state.kind));
    });

    app.post(to.confirm(":token"), async (c) => {
      const { visit } = c.var;
      const id = idOf(c);
      const result = id ? await confirm(visit.ctx, kinds, id) : null;
      const token = tokenOf(c);
      const onward =
        result?.kind === "confirmed" && result.acts.map((kind) => kinds.get(kind)?.goesOn).find(Boolean);
      return c.redirect(onward ? onward(token, language) : to.confirm(token), 303);
    });

    app.get(to.reject(":token"), async (c) => {
      const { visit } = c.var;
      const id = idOf(c);
      const state = id
        ? await getConfirmationState(visit.ctx, kinds, id, language)
        : ({ kind: "not-found" } as const);
      return c.html(<RejectPage visit={visit} token={tokenOf(c)} state={state} />, statusOf(state.kind));
    });

    app.post(to.reject(":token"), async (c) => {
      const { visit } = c.var;
      const id = idOf(c);
      if (id) await reject(visit.ctx, id);
      return c.redirect(to.reject(tokenOf(c)), 303);
    });
  }
  return app;
}

async function noStore(c: VisitContext, next: () => Promise<void>): Promise<void> {
  await next();
  c.header("Cache-Control", "no-store");
}
