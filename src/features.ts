import type { Hono } from "hono";
import { initiativeRoutes } from "./initiatives/routes.tsx";
import { manifestoRoutes } from "./manifesto/routes.tsx";
import type { JobDefinition } from "./platform/jobs.ts";
import type { MailPreview } from "./ui/mail/compose.ts";
import { updatesRoutes } from "./updates/routes.tsx";
import type { VisitEnv } from "./visit.tsx";

/** The features' routes, in the order they are tried. */
export const features: Hono<VisitEnv>[] = [updatesRoutes, initiativeRoutes, manifestoRoutes];

/** What the worker does. */
export const jobDefinitions: JobDefinition[] = [];

/** One of every mail that the program sends, for the page of all mails. */
export const mailPreviews: MailPreview[] = [];
