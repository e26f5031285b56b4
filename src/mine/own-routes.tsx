import type { Hono } from "hono";
import { mayErase } from "../accounts/operations.ts";
import type { ActKinds } from "../confirmations/operations.ts";
import { removeWaiting } from "../confirmations/operations.ts";
import { unsubscribe } from "../newsletters/operations.ts";
import { listSubscriptionsOf } from "../newsletters/queries.ts";
import { withdrawOffer } from "../participation/operations.ts";
import { paths } from "../paths.ts";
import { removeProfile } from "../people/operations.ts";
import type { Language } from "../platform/i18n.ts";
import { readFields } from "../protection/operations.ts";
import { changeAppearance, removeSignature, showNameInInvitation } from "../signatures/operations.ts";
import type { Visit, VisitContext, VisitEnv } from "../visit.tsx";
import { dropVisitCookie } from "./cookie.ts";
import { ErasedPage, ErasePage, FirmerPage, LastOwnerPage, WithdrawSignaturePage } from "./erase-pages.tsx";
import { sectionsOf } from "./facts.ts";
import { type Notice, withNotice } from "./notices.ts";
import type { Visitor } from "./opening.ts";
import { eraseEverything } from "./operations.ts";
import { appearancesFor } from "./policy.ts";
import { getEverything, getOwnSignature } from "./queries.ts";
import { toCsv, toJson } from "./take-along.ts";

type Fields = Record<string, string>;
/** What a button does for whoever visits: `fields` may name any row, so each checks that the row is theirs. */
type Act = (visit: Visit, me: Visitor, fields: Fields) => Promise<unknown>;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const idIn = ({ id = "" }: Fields): string | null => (uuid.test(id) ? id : null);

const acts: Record<Exclude<Notice, "closed" | "over">, Act> = {
  appearance: async ({ ctx, t, here, language }, me, fields) => {
    const signature = await getOwnSignature(ctx, me.personId);
    const wanted = signature && appearancesFor(signature).find((one) => one === fields.appearance);
    if (!wanted) return;
    const text = t(`signing:appearance.${wanted}.label`);
    await changeAppearance(ctx, me.personId, wanted, { text, formUrl: here.origin + paths(language).mine });
  },
  invitation: async ({ ctx, t, here, language }, me, fields) => {
    const signature = await getOwnSignature(ctx, me.personId);
    if (!signature) return;
    const text = t("signing:invite.showsName", { name: signature.name });
    const consent = { text, formUrl: here.origin + paths(language).mine };
    await showNameInInvitation(ctx, me.personId, fields["shows-name"] === "yes" ? consent : null);
  },
  signature: ({ ctx }, me) => removeSignature(ctx, me.personId),
  subscription: async ({ ctx }, me, fields) => {
    const own = (await listSubscriptionsOf(ctx, me.personId)).find(({ id }) => id === fields.id);
    if (own) await unsubscribe(ctx, own.id);
  },
  offer: async ({ ctx }, me, fields) => {
    const id = idIn(fields);
    if (id) await withdrawOffer(ctx, me.personId, id);
  },
  profile: ({ ctx }, me) => removeProfile(ctx, me.personId),
  waiting: async ({ ctx }, me, fields) => {
    const id = idIn(fields);
    if (id) await removeWaiting(ctx, me.email, id);
  },
};

/** What whoever visits can do about their data; without a visit each leads to the way in. */
export function addOwnRoutes(
  app: Hono<VisitEnv>,
  kinds: ActKinds,
  language: Language,
  visitorOf: (c: VisitContext) => Promise<Visitor | null>,
): void {
  const to = paths(language);
  const own =
    (answer: (c: VisitContext, me: Visitor) => Promise<Response>) =>
    async (c: VisitContext): Promise<Response> => {
      const me = await visitorOf(c);
      return me ? answer(c, me) : c.redirect(withNotice(to.mine, "over"), 303);
    };

  for (const [part, act] of Object.entries(acts) as [keyof typeof acts, Act][])
    app.post(
      to.minePart(part),
      own(async (c, me) => {
        await act(c.var.visit, me, await readFields(c));
        return c.redirect(withNotice(to.mine, part), 303);
      }),
    );

  app.get(
    to.minePart("signature"),
    own(async (c) => c.html(<WithdrawSignaturePage visit={c.var.visit} />)),
  );

  const everythingOf = (c: VisitContext, me: Visitor) => getEverything(c.var.visit.ctx, kinds, me, language);

  app.get(
    to.minePart("json"),
    own(async (c, me) => {
      const { ctx, here } = c.var.visit;
      const everything = await everythingOf(c, me);
      if (!everything) return c.redirect(to.mine, 303);
      const text = toJson(everything, { origin: here.movementOrigin, now: ctx.now() });
      return download(c, to.minePart("json"), "application/json; charset=utf-8", text);
    }),
  );

  app.get(
    to.minePart("csv"),
    own(async (c, me) => {
      const everything = await everythingOf(c, me);
      if (!everything) return c.redirect(to.mine, 303);
      const text = toCsv(sectionsOf(everything, c.var.visit), c.var.visit.t);
      return download(c, to.minePart("csv"), "text/csv; charset=utf-8; header=present", text);
    }),
  );

  app.get(
    to.minePart("erase"),
    own(async (c, me) => {
      const { visit } = c.var;
      if (!(await mayErase(c, me.personId))) return c.html(<FirmerPage visit={visit} />, 403);
      const everything = await everythingOf(c, me);
      if (!everything) return c.redirect(to.mine, 303);
      return c.html(<ErasePage visit={visit} email={me.email} sections={sectionsOf(everything, visit)} />);
    }),
  );

  app.post(
    to.minePart("erase"),
    own(async (c, me) => {
      if (!(await mayErase(c, me.personId))) return c.html(<FirmerPage visit={c.var.visit} />, 403);
      const { kind } = await eraseEverything(c.var.visit.ctx, me.personId);
      if (kind === "last-owner") return c.html(<LastOwnerPage visit={c.var.visit} />, 409);
      dropVisitCookie(c);
      return c.redirect(to.minePart("erased"), 303);
    }),
  );

  app.get(to.minePart("erased"), async (c) => c.html(<ErasedPage visit={c.var.visit} />));
}

/** A file by the last part of its path. */
const download = (c: VisitContext, path: string, type: string, text: string) =>
  c.body(text, 200, {
    "content-type": type,
    "content-disposition": `attachment; filename="${path.slice(path.lastIndexOf("/") + 1)}"`,
  });
