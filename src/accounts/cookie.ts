import { tokenCookie } from "../platform/token-cookie.ts";
import type { VisitContext } from "../visit.tsx";
import { sessionLasts } from "./sessions.ts";

/** The workplace's cookie, beside that of /mijn. */
const cookie = tokenCookie("archipel-beheer", sessionLasts);
const asked = (c: VisitContext) => ({ c, secure: c.var.visit.ctx.config.secure });

export const readSessionCookie = (c: VisitContext): string | null => cookie.read(asked(c));
export const setSessionCookie = (c: VisitContext, token: string): void => cookie.set(asked(c), token);
export const dropSessionCookie = (c: VisitContext): void => cookie.drop(asked(c));
