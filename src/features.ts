import type { Hono } from "hono";
import type { JobDefinition } from "./platform/jobs.ts";
import type { MailPreview } from "./ui/mail/compose.ts";
import type { VisitEnv } from "./visit.tsx";

/** The features' routes, in the order they are tried. */
export const features: Hono<VisitEnv>[] = [];

/** What the worker does. */
export const jobDefinitions: JobDefinition<never>[] = [];

/** One of every mail that the program sends, for the page of all mails. */
export const mailPreviews: MailPreview[] = [];
