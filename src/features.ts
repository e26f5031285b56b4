import type { Hono } from "hono";
import type { JobDefinition } from "./platform/jobs.ts";
import type { VisitEnv } from "./visit.tsx";

/** The features' routes, in the order they are tried. */
export const features: Hono<VisitEnv>[] = [];

/** What the worker does. */
export const jobDefinitions: JobDefinition<never>[] = [];
