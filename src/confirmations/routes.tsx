import { Hono } from "hono";
import { paths } from "../paths.ts";
import { type Language, languages } from "../platform/i18n.ts";
import { sameForEveryone } from "../platform/page-cache.ts";
import { guardSlip, readFields } from "../protection/operations.ts";
import type { VisitContext, VisitEnv } from "../visit.tsx";
import type { ActKinds } from "./acts.ts";
import { answerField, boxNumber } from "./fields.ts";
import { type Chosen, confirm, reject } from "./operations.ts";
import { CheckMailPage, ConfirmPage, RejectPage } from "./pages.tsx";
import { type ConfirmationState, getConfirmationState } from "./queries.ts";

/**
 * The pages behind the links of a confirmation mail. Neither GET nor a page by itself ever changes anything: mail
 * scanners follow links, and some render the page and run its script. It takes one press of a button.
 */
export function confirmationRoutes(kinds: ActKinds): Hono<VisitEnv> {
  const app = new Hono<VisitEnv>();
  const tokenOf = (c: VisitContext) => c.req.param("token") ?? "";
  const idOf = (c: VisitContext) => c.var.visit.ctx.keys.readToken("confirmation", tokenOf(c));
  const statusOf = (kind: string) => (kind === "not-found" ? 404 : 200);
  const stateOf = async (c: VisitContext, language: Language): Promise<ConfirmationState> => {
    const id = idOf(c);
    return id ? getConfirmationState(c.var.visit.ctx, kinds, id, language) : { kind: "not-found" };
  };
  /** Where one goes on after these acts, if any of them leads somewhere. */
  const onward = (acts: string[], token: string, language: Language) =>
    acts.map((kind) => kinds.get(kind)?.goesOn).find(Boolean)?.(token, language) ?? null;

  for (const language of languages) {
    const to = paths(language);
    app.get(to.checkMail, (c) => {
      c.header("Cache-Control", sameForEveryone);
      return c.html(<CheckMailPage visit={c.var.visit} />);
    });

    app.use(to.confirm(":token"), noStore).use(`${to.confirm(":token")}/*`, noStore);

    const confirmPage = async (c: VisitContext, error?: string) => {
      const token = tokenOf(c);
      const state = await stateOf(c, language);
      const next = "kinds" in state ? onward(state.kinds, token, language) : null;
      const page = <ConfirmPage visit={c.var.visit} {...{ token, state, next, error }} />;
      return c.html(page, error ? 422 : statusOf(state.kind));
    };

    app.get(to.confirm(":token"), (c) => confirmPage(c));

    app.post(to.confirm(":token"), async (c) => {
      const { ctx, t } = c.var.visit;
      const id = idOf(c);
      const fields = await readFields(c);
      const result = id ? await confirm(ctx, kinds, id, chosenIn(fields)) : { kind: "not-found" as const };
      const token = tokenOf(c);
      switch (result.kind) {
        case "confirmed": {
          const next = result.left === 0 ? onward(result.acts, token, language) : null;
          return c.redirect(next ?? to.confirm(token), 303);
        }
        case "nothing-chosen": {
          const tooMany = await guardSlip(c, { name: "confirm", fields });
          return tooMany ?? confirmPage(c, t("confirmations:several.missing"));
        }
        case "already-confirmed":
        case "not-found":
          return c.redirect(to.confirm(token), 303);
        default:
          return result satisfies never;
      }
    });

    app.get(to.reject(":token"), async (c) => {
      const state = await stateOf(c, language);
      const page = <RejectPage visit={c.var.visit} token={tokenOf(c)} state={state} />;
      return c.html(page, statusOf(state.kind));
    });

    app.post(to.reject(":token"), async (c) => {
      const id = idOf(c);
      if (id) await reject(c.var.visit.ctx, id);
      return c.redirect(to.reject(tokenOf(c)), 303);
    });
  }
  return app;
}

/** What the form says yes to. The one button of a single act sends no field. */
function chosenIn(fields: Record<string, string>): Chosen {
  const { [answerField]: answer, ...boxes } = fields;
  if (answer === "all") return "all";
  const positions = Object.keys(boxes)
    .filter((name) => boxes[name] === "yes")
    .map(boxNumber)
    .filter((position) => position !== null);
  return answer === undefined && positions.length === 0 ? "the-one" : positions;
}

async function noStore(c: VisitContext, next: () => Promise<void>): Promise<void> {
  await next();
  c.header("Cache-Control", "no-store");
}
