import { Hono } from "hono";
import { paths } from "../paths.ts";
import { languages } from "../platform/i18n.ts";
import { readFields } from "../protection/operations.ts";
import { liftSuppression } from "../suppressions/operations.ts";
import { findSuppression } from "../suppressions/queries.ts";
import type { Visit, VisitContext, VisitEnv } from "../visit.tsx";
import { type Done, doneCodes, NoPreferencesPage, PreferencePage } from "./preference-page.tsx";
import {
  endPause,
  findPreferencesPerson,
  type PreferencesPerson,
  pause,
  savePreferences,
  unsubscribeFromAll,
} from "./preferences.ts";
import { listPreferences } from "./queries.ts";

/** Choosing what one gets, by a link in a mail: looking changes nothing, since mail scanners look too. */
export const preferenceRoutes = new Hono<VisitEnv>();

for (const language of languages) {
  const path = paths(language).preferences(":token");
  preferenceRoutes.get(path, (c) => ofPerson(c, show));
  preferenceRoutes.post(path, (c) => ofPerson(c, change));
}

type Answer = (c: VisitContext, person: PreferencesPerson, token: string) => Promise<Response>;

async function ofPerson(c: VisitContext, answer: Answer): Promise<Response> {
  const { visit } = c.var;
  c.header("Cache-Control", "no-store");
  const token = c.req.param("token") ?? "";
  const person = await findPreferencesPerson(visit.ctx, token);
  if (!person) return c.html(<NoPreferencesPage visit={visit} token={token} />, 404);
  return answer(c, person, token);
}

async function show(c: VisitContext, person: PreferencesPerson, token: string): Promise<Response> {
  const { visit } = c.var;
  const [newsletters, suppression] = await Promise.all([
    listPreferences(visit.ctx, person.id),
    findSuppression(visit.ctx, person.email),
  ]);
  const done = doneCodes.find((code) => code === c.req.query("done")) ?? null;
  return c.html(
    <PreferencePage
      {...{ visit, token, newsletters, done }}
      email={person.email}
      suppressedSince={suppression?.since ?? null}
    />,
  );
}

async function change(c: VisitContext, person: PreferencesPerson, token: string): Promise<Response> {
  const { visit } = c.var;
  const path = paths(visit.language).preferences(token);
  const fields = await readFields(c);
  const deed = deeds[fields.do ?? ""];
  const done = deed ? await deed(visit, person, fields) : null;
  return c.redirect(done ? `${path}?done=${done}` : path, 303);
}

type Deed = (visit: Visit, person: PreferencesPerson, fields: Record<string, string>) => Promise<Done | null>;

const deeds: Record<string, Deed> = {
  save: async ({ ctx, t, here, language }, person, fields) => {
    const shown = await listPreferences(ctx, person.id);
    const wanted = shown.map(({ id, language: now }) => ({
      newsletterId: id,
      had: fields[`had-${id}`] === "yes",
      get: fields[`get-${id}`] === "yes",
      language: languages.find((one) => one === fields[`language-${id}`]) ?? now ?? language,
    }));
    // Without the token: what is kept as proof opens nothing.
    const formUrl = here.origin + paths(language).preferences("");
    await savePreferences(ctx, person, wanted, { text: t("newsletters:preferences.consent"), formUrl });
    return "saved";
  },
  pause: async ({ ctx }, person) => ((await pause(ctx, person.id)) ? "paused" : null),
  resume: async ({ ctx }, person) => ((await endPause(ctx, person.id)) ? "resumed" : null),
  end: async ({ ctx }, person) => {
    await unsubscribeFromAll(ctx, person);
    return "ended";
  },
  back: async ({ ctx }, person) => {
    await liftSuppression(ctx, person.email);
    return "back";
  },
};
