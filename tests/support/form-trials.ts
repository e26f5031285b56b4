import { desk } from "../../src/desk-paths.ts";
import { deskFeatures, features } from "../../src/features.ts";
import { paths } from "../../src/paths.ts";
import type { Colleague } from "./desk.ts";
import { fillWorkplace, workplacePages } from "./desk-pages.ts";
import { type FormField, formsOf, type HtmlForm } from "./html-forms.ts";
import { publicPages, publicPagesEnv } from "./public-pages.ts";
import { startTestApp, type TestApp } from "./test-app.ts";

/** A form of the program, found on a page, with what is needed to send it. */
export type FormTrial = { app: TestApp; route: string; headers: Record<string, string>; form: HtmlForm };

/** The addresses that a form can be sent to, in Dutch; the English ones have the same handlers. */
export const postRoutes: string[] = [
  ...new Set(
    [...features, ...deskFeatures.map(({ routes }) => routes)]
      .flatMap(({ routes }) => routes)
      .filter(({ method, path }) => method !== "GET" && method !== "ALL" && !path.startsWith("/en/"))
      .map(({ path }) => path),
  ),
];

/** The route that answers a path: the one with the fewest parameters that fits. */
function routeOf(path: string): string | undefined {
  const parts = (path.split(/[?#]/)[0] ?? "").split("/");
  const fits = (route: string) => {
    const wanted = route.split("/");
    return (
      wanted.length === parts.length && wanted.every((part, at) => part.startsWith(":") || part === parts[at])
    );
  };
  const parameters = (route: string) => route.split(":").length;
  return postRoutes.filter(fits).sort((one, other) => parameters(one) - parameters(other))[0];
}

type Page = { app: TestApp; path: string; html: string; headers: Record<string, string> };

const trialsOn = ({ app, path, html, headers }: Page): FormTrial[] =>
  formsOf(html, path).flatMap((form) => {
    const action = form.action.replace(app.origin, "");
    const route = routeOf(action);
    return route ? [{ app, route, headers, form: { ...form, action } }] : [];
  });

/** Every form that a visitor or somebody of the workplace sees, in each of its ways; those that end something come last. */
export async function formTrials(): Promise<FormTrial[]> {
  const trials = [...(await publicTrials()), ...(await workplaceTrials())];
  const kinds = new Map(trials.map((trial) => [kindOf(trial), trial]));
  return [...kinds.values()].sort((one, other) => lateness(one) - lateness(other));
}

const kindOf = ({ route, form }: FormTrial) =>
  `${route} ${[...new Set(form.fields.map(({ name }) => alike(name)))].join()}`;

/** Names of fields of which there are as many as there are things to choose. */
export const alike = (name: string): string =>
  name
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+/g, "#")
    .replace(/^(principle|join|also|theme|themes|initiative|get|had|language)[-.].*/, "$1");

const lateness = ({ route }: FormTrial) =>
  /verwijderen|terugtrekken|intrekken|stoppen|beeindigen|wissen|afsluiten|afmelden/.test(route) ? 1 : 0;

async function publicTrials(): Promise<FormTrial[]> {
  const app = await startTestApp({ env: publicPagesEnv });
  const trials: FormTrial[] = [];
  for (const { path, form, network, host, cookie, language } of await publicPages(app)) {
    if (host || language !== "nl") continue;
    const headers = {
      "sec-fetch-site": "same-origin",
      ...(cookie && { cookie }),
      ...(network && { "x-forwarded-for": network }),
    };
    const answer = await (form ? app.post(path, form, { headers }) : app.request(path, { headers }));
    trials.push(...trialsOn({ app, path, headers, html: await answer.text() }));
  }
  return trials;
}

async function workplaceTrials(): Promise<FormTrial[]> {
  const app = await startTestApp({ env: publicPagesEnv });
  const filled = await fillWorkplace(app);
  const pages = await workplacePages(app, filled, "nl");
  const { headers } = filled.owner;
  return [
    ...pages.flatMap(({ path, html }) => trialsOn({ app, path, html, headers })),
    ...(await trialsOfLinks(app, filled.owner)),
  ];
}

const text = (...names: string[]): FormField[] => names.map((name) => ({ name, type: "text", value: "" }));

/** Forms behind a link in a mail, and what browser code sends without a form. */
async function trialsOfLinks(app: TestApp, owner: Colleague): Promise<FormTrial[]> {
  const { db, keys } = app.ctx;
  const to = paths("nl");
  const offer = await db.selectFrom("participations").select("id").executeTakeFirstOrThrow();
  const proposal = await db.selectFrom("proposals").select("id").executeTakeFirstOrThrow();
  const asked = await owner.post(desk("nl").all("account", "email"), { email: "nieuw@example.org" });
  const newAddress = asked.headers.get("location") ?? "";
  const at = (action: string, fields: FormField[]): FormTrial => ({
    ...{ app, route: routeOf(action) ?? action, headers: owner.headers },
    form: { action, multipart: false, fields },
  });
  return [
    at(to.declineOffer(keys.token("offer-decline", offer.id)), text("reason")),
    at(to.proposalReply(keys.token("proposal-reply", proposal.id)), text("reply", "question")),
    at(newAddress, text("code")),
    at(desk("nl").signInPart("passkey"), text("response", "next")),
    at(desk("nl").all("account", "passkey"), text("response", "name")),
    at(desk("nl").all("texts", "checkLink"), text("url")),
  ];
}
