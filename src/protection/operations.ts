import type { MiddlewareHandler } from "hono";
import { paths } from "../paths.ts";
import { languages } from "../platform/i18n.ts";
import type { Limit } from "../platform/limits.ts";
import { clientAddress, networkOf } from "../platform/network.ts";
import { isForeignForm, isSameOriginForm } from "../platform/security.ts";
import { honeypotField } from "../ui/forms.tsx";
import type { VisitContext, VisitEnv } from "../visit.tsx";
import { earlyPage, foreignPage, stepPage, tooManyPage } from "./pages.tsx";
import { formLimits, slipLimits, stepFields } from "./policy.ts";
import { makeChallenge, proofPasses } from "./proof-of-work.ts";
import { makeTicket, readTicket } from "./tickets.ts";

export { readFields, readJson } from "./fields.ts";

export type Guard =
  | { kind: "pass" }
  /** Answer as if it went well, and do nothing. */
  | { kind: "pretend" }
  /** A page of our own: one more step, or try later. */
  | { kind: "answer"; response: Response };

export type GuardedForm = {
  /** What it is, such as "subscribe": a proof made for one form passes no other. */
  name: string;
  /** As posted; kept through every step. */
  fields: Record<string, string>;
  /** The e-mail address that it would cause mail to. Many forms for one cost a step, whoever sends them, and no form is lost. */
  address: string | null;
};

/**
 * Stands between a public form and what it does (docs/decisions/0006). Call it once the fields are valid, and `guardSlip`
 * where they are not: a slip counts as a slip, not as a form. Not for what mail programs post by themselves (RFC 8058).
 */
export async function guardForm(c: VisitContext, form: GuardedForm): Promise<Guard> {
  const { ctx } = c.var.visit;
  const note = (outcome: string) => ctx.log.info({ form: form.name, outcome }, "form guarded");
  if (form.fields[honeypotField]) {
    note("honeypot");
    return { kind: "pretend" };
  }
  const response = await pageBefore(c, form, () => countForm(c, form.address), note);
  return response ? { kind: "answer", response } : { kind: "pass" };
}

const provenByToken = languages.map((language) => paths(language).unsubscribe(""));

/**
 * Whether a form at this path proves by its token that it may be sent, whoever sends it: mail providers post it for their
 * readers, with an Origin of their own or "null" (RFC 8058, 3.2). No cookie counts there.
 */
export const isProvenByToken = (path: string): boolean => provenByToken.some((base) => path.startsWith(base));

/**
 * Counts a form in which something has to be mended, before anything is looked up to show it again: a slip is free, a
 * thousand of them are work. A page of our own where there were too many; null: show what is wrong.
 */
export async function guardSlip(
  c: VisitContext,
  form: Pick<GuardedForm, "name" | "fields">,
): Promise<Response | null> {
  const note = (outcome: string) => c.var.visit.ctx.log.info({ form: form.name, outcome }, "slip guarded");
  return pageBefore(c, form, () => countSlip(c), note);
}

/** The page that stands before a form, by its step or its count; null where it may pass. */
async function pageBefore(
  c: VisitContext,
  form: Pick<GuardedForm, "name" | "fields">,
  countOf: () => Promise<Count>,
  note: (outcome: string) => void,
): Promise<Response | null> {
  const { ctx } = c.var.visit;
  const step = await stepTaken(c, form);
  if (step.kind === "early") return earlyPage(c, form.fields, step.seconds);
  if (step.kind === "taken") return null;
  const count = await countOf();
  if (count.kind === "free") return null;
  note(count.kind);
  if (count.kind === "over") return tooManyPage(c, form.fields, count.msLeft);
  const id = formId(c, form);
  return stepPage(c, form.fields, await makeChallenge(ctx, id), makeTicket(ctx, id));
}

/** Refuses forms that another site sends, with a page that says so. */
export const refuseForeignForms: MiddlewareHandler<VisitEnv> = async (c, next) => {
  if (isForeignForm(c.req.raw) && !isProvenByToken(c.env.route)) return foreignPage(c);
  return next();
};

/** Refuses forms that do not come from this very site: for what signs somebody in or out (login CSRF). */
export const requireOwnForm: MiddlewareHandler<VisitEnv> = async (c, next) => {
  if (!isSameOriginForm(c.req.raw)) return foreignPage(c);
  return next();
};

/**
 * Takes a point of `limit` for the network of this request: for what is no form. Whether it fell within.
 */
export async function withinLimit(c: VisitContext, limit: Limit): Promise<boolean> {
  const { within } = await c.var.visit.ctx.limits.take(limit, networkKey(c));
  return within;
}

/** The form and the page it stands on. */
const formId = (c: VisitContext, form: Pick<GuardedForm, "name">) => `${form.name} ${c.env.route}`;

type Step = { kind: "none" } | { kind: "early"; seconds: number } | { kind: "taken" };

/** Whether this form comes with a proof or a ticket. One that doesn't count is as good as none. */
async function stepTaken(c: VisitContext, form: Pick<GuardedForm, "name" | "fields">): Promise<Step> {
  const { ctx } = c.var.visit;
  const { [stepFields.proof]: proof, [stepFields.ticket]: ticket } = form.fields;
  const id = formId(c, form);
  if (proof && (await proofPasses(ctx, id, proof))) return { kind: "taken" };
  if (!ticket) return { kind: "none" };
  const reading = await readTicket(ctx, id, ticket);
  if (reading.kind === "early") return reading;
  return { kind: reading.kind === "passes" ? "taken" : "none" };
}

type Count = { kind: "free" } | { kind: "near" } | { kind: "over"; msLeft: number };

async function countForm(c: VisitContext, address: string | null): Promise<Count> {
  const { limits } = c.var.visit.ctx;
  const key = networkKey(c);
  const network = await limits.take(formLimits.network, key);
  if (!network.within) return { kind: "over", msLeft: network.msLeft };
  const counts = await Promise.all([
    limits.take(formLimits.free, key),
    limits.take(formLimits.everybody, "all"),
    ...(address === null
      ? []
      : [limits.take(formLimits.address, keyOfToday(c, "address", address.toLowerCase()))]),
  ]);
  return { kind: counts.every(({ within }) => within) ? "free" : "near" };
}

async function countSlip(c: VisitContext): Promise<Count> {
  const { limits } = c.var.visit.ctx;
  const key = networkKey(c);
  const network = await limits.take(slipLimits.network, key);
  if (!network.within) return { kind: "over", msLeft: network.msLeft };
  return { kind: (await limits.take(slipLimits.free, key)).within ? "free" : "near" };
}

function networkKey(c: VisitContext): string {
  const { trustProxy } = c.var.visit.ctx.config;
  const address = clientAddress(c.env.remoteAddress, c.req.header("x-forwarded-for"), trustProxy);
  return keyOfToday(c, "network", networkOf(address));
}

/** A keyed hash that differs every day, so that days cannot be laid side by side. */
function keyOfToday(c: VisitContext, what: string, value: string): string {
  const { keys, now } = c.var.visit.ctx;
  return keys.hash(`forms ${what} ${now().toISOString().slice(0, 10)}`, value);
}
