import { Hono } from "hono";
import { afterAll } from "vitest";
import { features } from "../../src/features.ts";
import { guardForm, readFields } from "../../src/protection/operations.ts";
import type { VisitEnv } from "../../src/visit.tsx";

/** Where the trial form stands in all apps of this test file: two pages in Dutch, one in English. */
const trialPaths = ["/proef", "/proef-twee", "/en/trial"] as const;

export const thanks = "Kijk in je mail.";

const form = `<!doctype html><html lang="nl"><title>Proef</title><form method="post">
  <label>E-mailadres <input name="email"></label> <label>Verhaal <textarea name="story"></textarea></label>
  <button>Verstuur</button></form>`;

/** Mounts a guarded form that does nothing but remember: returns what came through, in order. */
export function mountTrialForm(): Record<string, string>[] {
  const came: Record<string, string>[] = [];
  const routes = new Hono<VisitEnv>();
  for (const path of trialPaths) {
    routes.get(path, (c) => c.html(form));
    routes.post(path, async (c) => {
      const fields = await readFields(c);
      const guard = await guardForm(c, { name: "trial", fields, address: fields.email ?? null });
      if (guard.kind === "answer") return guard.response;
      if (guard.kind === "pass") came.push(fields);
      return c.text(thanks);
    });
  }
  features.push(routes);
  afterAll(() => void features.splice(features.indexOf(routes), 1));
  return came;
}

/** The hidden fields of a page, as a browser would send them again. */
export const hiddenFields = (page: string): Record<string, string> =>
  Object.fromEntries(
    [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [
      unescaped(name ?? ""),
      unescaped(value ?? ""),
    ]),
  );

export const unescaped = (html: string): string =>
  html
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
