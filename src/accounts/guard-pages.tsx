import { HTTPException } from "hono/http-exception";
import type { DeskPaths } from "../desk-paths.ts";
import { readFields } from "../protection/operations.ts";
import { Form, SubmitButton } from "../ui/forms.tsx";
import { type VisitContext, VisitPage } from "../visit.tsx";
import { DeskPage } from "./desk-page.tsx";
import type { DeskVisit } from "./desk-routes.tsx";
import type { SignedIn } from "./sessions.ts";

const wantsJson = (c: VisitContext) => c.req.header("accept")?.includes("application/json") ?? false;

/** Bytes of a form that is kept for who is not signed in any more: the longest text of the workplace, and some. */
const mostKept = 2 * 1024 * 1024;

/** The fields that were sent; null where they are too many to keep, or a file, which cannot be kept. */
const sentFields = (c: VisitContext): Promise<Record<string, string> | null> =>
  readFields(c, mostKept).catch((error: unknown) => {
    if (error instanceof HTTPException) return null;
    throw error;
  });

/** Nobody is signed in: on to the sign-in page. A form that was sent is kept, to be sent again after signing in; what cannot be kept, the page does not promise. */
export async function signedOutPage(c: VisitContext, to: DeskPaths): Promise<Response> {
  const { visit } = c.var;
  const next = c.req.method === "GET" ? c.req.path + new URL(c.req.url).search : to.home;
  const signIn = `${to.signIn}?${new URLSearchParams({ next })}`;
  if (wantsJson(c)) return c.json({ kind: "signed-out", signIn }, 401);
  if (c.req.method === "GET") return c.redirect(signIn, 303);
  const { t } = visit;
  const fields = await sentFields(c);
  return c.html(
    <VisitPage visit={visit} at={() => c.req.path} title={t("desk:signedOut.title")} noindex>
      <div class="page-title">
        <h1>{t("desk:signedOut.title")}</h1>
        <p class="lead">{t(fields ? "desk:signedOut.lead" : "desk:signedOut.lost")}</p>
      </div>
      <div class="section section--tight prose">
        <p>
          <a href={signIn} target="_blank" rel="noopener opener">
            {t("desk:signedOut.signIn")}
          </a>
        </p>
        {fields && (
          <Form action={c.req.path}>
            {Object.entries(fields).map(([name, value]) => (
              <input type="hidden" name={name} value={value} />
            ))}
            <SubmitButton>{t("desk:signedOut.again")}</SubmitButton>
          </Form>
        )}
      </div>
    </VisitPage>,
    401,
  );
}

/** Signed in, but this is for somebody else. */
export function forbiddenPage(
  c: VisitContext,
  to: DeskPaths,
  person: SignedIn,
): Response | Promise<Response> {
  const { visit } = c.var;
  if (wantsJson(c)) return c.json({ kind: "forbidden" }, 403);
  return c.html(
    <DeskPage visit={{ ...visit, person, desk: to }} title={visit.t("desk:forbidden.title")}>
      <p>{visit.t("desk:forbidden.text")}</p>
    </DeskPage>,
    403,
  );
}

/** Signed in by code, where a role wants a passkey or the organisation's account. */
export function strongerPage(c: VisitContext, to: DeskPaths, person: SignedIn): Response | Promise<Response> {
  const { visit } = c.var;
  if (wantsJson(c)) return c.json({ kind: "forbidden" }, 403);
  return c.html(
    <DeskPage visit={{ ...visit, person, desk: to }} title={visit.t("desk:stronger.title")}>
      <p>{visit.t("desk:stronger.text")}</p>
      <p>
        <a class="nl-button nl-button--primary" href={to.section("account")}>
          {visit.t("desk:stronger.account")}
        </a>
      </p>
    </DeskPage>,
    403,
  );
}

/** Another site led here: whether it is wanted is asked first. */
export function elsewherePage(c: VisitContext, visit: DeskVisit): Response | Promise<Response> {
  const { t } = visit;
  if (wantsJson(c)) return c.json({ kind: "forbidden" }, 403);
  const { pathname, search } = new URL(c.req.url);
  return c.html(
    <DeskPage visit={visit} title={t("desk:elsewhere.title")}>
      <p>{t("desk:elsewhere.text")}</p>
      <p>
        <a class="nl-button nl-button--primary" href={pathname + search}>
          {t("desk:elsewhere.download")}
        </a>
      </p>
    </DeskPage>,
    403,
  );
}
