import { tokenCookie } from "../platform/token-cookie.ts";
import type { VisitContext } from "../visit.tsx";
import { visitLasts } from "./policy.ts";

/** The cookie of a visit to /mijn: no other page looks at it. */
const cookie = tokenCookie("archipel-mijn", visitLasts);
const asked = (c: VisitContext) => ({ c, secure: c.var.visit.ctx.config.secure });

export const readVisitCookie = (c: VisitContext): string | null => cookie.read(asked(c));
export const setVisitCookie = (c: VisitContext, token: string): void => cookie.set(asked(c), token);
export const dropVisitCookie = (c: VisitContext): void => cookie.drop(asked(c));
