import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import { Hono } from "hono";
import { z } from "zod";
import { desk } from "../desk-paths.ts";
import { languages } from "../platform/i18n.ts";
import type { Limit } from "../platform/limits.ts";
import { visibleLine } from "../platform/visible-text.ts";
import { readFields, requireOwnForm, withinLimit } from "../protection/operations.ts";
import type { VisitContext, VisitEnv } from "../visit.tsx";
import { readSessionCookie, setSessionCookie } from "./cookie.ts";
import { DeskRoutes, type DeskVisit } from "./desk-routes.tsx";
import { browserOf, noStore, placeAfter } from "./entering.ts";
import { strongerPage } from "./guard-pages.tsx";
import { safeNext } from "./next.ts";
import {
  addPasskey,
  mayAddPasskey,
  passkeyCreation,
  passkeyRequest,
  removePasskey,
  signInByPasskey,
} from "./passkeys.ts";
import { isStrongEnough } from "./strength.ts";

/** Challenges from one network: each visit to the sign-in page asks for one, and a network may be a ministry. */
const startLimit: Limit = { name: "passkey-start", points: 300, seconds: 3600 };

/** What the browser says of a passkey, as far as is needed to look at it; the library checks the rest. */
const shape = z.looseObject({
  id: z.string().max(2000),
  rawId: z.string(),
  type: z.literal("public-key"),
  response: z.looseObject({ clientDataJSON: z.string() }),
});
const answer = <Response,>() =>
  z
    .string()
    .transform((text, problem) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        problem.addIssue("not JSON");
        return z.NEVER;
      }
    })
    .pipe(z.custom<Response>((value) => shape.safeParse(value).success));

const signInForm = z.object({ response: answer<AuthenticationResponseJSON>() });
const addForm = z.object({ response: answer<RegistrationResponseJSON>(), name: z.string().default("") });

/** Signing in with a passkey: the browser's code asks for a challenge and brings the answer. */
export const passkeyRoutes = new Hono<VisitEnv>();

for (const language of languages) {
  const to = desk(language);
  const paths = [to.signInPart("passkeyOptions"), to.signInPart("passkey")] as const;
  for (const path of paths) passkeyRoutes.use(path, noStore, requireOwnForm);
  passkeyRoutes.post(paths[0], async (c) => {
    const { ctx, t } = c.var.visit;
    if (!(await withinLimit(c, startLimit))) return c.json({ message: t("accounts:passkey.tooMany") }, 429);
    return c.json(await passkeyRequest(ctx));
  });
  passkeyRoutes.post(paths[1], async (c) => {
    const { ctx, t } = c.var.visit;
    const fields = await readFields(c);
    const parsed = signInForm.safeParse(fields);
    const result = parsed.success
      ? await signInByPasskey(ctx, parsed.data.response, browserOf(c))
      : { kind: "refused" as const };
    if (result.kind === "refused") return c.json({ message: t("accounts:passkey.refused") }, 422);
    setSessionCookie(c, result.token);
    return c.json({ location: await placeAfter(c, to, result.token, safeNext(fields.next)) });
  });
}

/** Passkeys of one's own account. */
export const passkeyDesk = new DeskRoutes()
  .post(
    (to) => to.all("account", "passkeyOptions"),
    "account.manage",
    "anywhere",
    async (c, visit) => {
      const { ctx, person, here, language, desk } = visit;
      if (!(await mayAddPasskey(ctx, person))) return strongerPage(c, desk, person);
      return c.json(await passkeyCreation(ctx, person, here.frame(language).name));
    },
  )
  .post((to) => to.all("account", "passkey"), "account.manage", "anywhere", add)
  .post(
    (to) => to.part("account", ":id", "endPasskey"),
    "account.manage",
    "anywhere",
    async (c, visit) => {
      const { ctx, person, desk } = visit;
      if (!isStrongEnough(ctx.config, person)) return strongerPage(c, desk, person);
      await removePasskey(ctx, person, c.req.param("id") ?? "");
      return c.redirect(`${desk.section("account")}?done=no-passkey`, 303);
    },
  );

const longestName = 60;

async function add(c: VisitContext, visit: DeskVisit): Promise<Response> {
  const { ctx, person, t, desk } = visit;
  if (!(await mayAddPasskey(ctx, person))) return strongerPage(c, desk, person);
  const parsed = addForm.safeParse(await readFields(c));
  if (!parsed.success) return c.json({ message: t("accounts:passkey.refused") }, 422);
  const browser = browserOf(c);
  const given = visibleLine(parsed.data.name).slice(0, longestName);
  const name = given || browser.device || t("accounts:passkey.nameless");
  const made = { response: parsed.data.response, name };
  const result = await addPasskey(ctx, person, made, { ...browser, before: readSessionCookie(c) });
  if (result.kind === "refused") return c.json({ message: t("accounts:passkey.refused") }, 422);
  if (result.token) setSessionCookie(c, result.token);
  return c.json({ location: `${desk.section("account")}?done=passkey` });
}
