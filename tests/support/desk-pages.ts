import sharp from "sharp";
import { desk } from "../../src/desk-paths.ts";
import { deskFeatures } from "../../src/features.ts";
import { addImage } from "../../src/media/operations.ts";
import { rememberPerson } from "../../src/people/operations.ts";
import type { Language } from "../../src/platform/i18n.ts";
import { type Colleague, signIn } from "./desk.ts";
import type { TestApp } from "./test-app.ts";
import { givenOffer, givenTip } from "./work.ts";

/** One page of the workplace: the route that it shows, and an address of it. */
export type WorkplacePage = { route: string; path: string; status: number; html: string };

const root = { nl: "/beheer", en: "/en/manage" };

/** Routes that answer with something else than a page of the workplace: files, figures, or where else to go. */
const noPage =
  /\.csv$|\/(html|tekst|text|voortgang|progress|vanzelf-bewaren|autosave|voorbeeld|preview|-\/:key)$|\/:token\//;

const getRoutes = (language: Language): string[] =>
  deskFeatures
    .flatMap(({ list }) => list)
    .filter(({ method, path }) => method === "GET" && path.startsWith(root[language]))
    .map(({ path }) => path);

/** What takes a form of an edition, and leads back to the edition when its address is read again. */
const leadBack = [
  "checkLink",
  "testSend",
  "save",
  "remove",
  "send",
  "undo",
  "stop",
  "goOn",
  "cancel",
] as const;
const again = ["resend", "repeat"] as const;

/** The routes that show pages in a language. */
export function pageRoutes(language: Language): string[] {
  const back = [
    ...[...leadBack, ...again].map((what) => desk(language).part("editions", ":id", what)),
    desk(language).part("suppressions", ":id", "open"),
  ];
  return getRoutes(language).filter((path) => !noPage.test(path) && !back.includes(path));
}

/** The route that answers a path: the one with the fewest parameters that fits. */
function routeOf(path: string, routes: string[]): string | undefined {
  const parts = path.split("/");
  return routes
    .filter((route) => {
      const wanted = route.split("/");
      return (
        wanted.length === parts.length &&
        wanted.every((part, at) => part.startsWith(":") || part === parts[at])
      );
    })
    .sort((a, b) => a.split(":").length - b.split(":").length)[0];
}

/** `byForm`: pages that a form leads to, and no link. */
export type Filled = { owner: Colleague; byForm: (language: Language) => string[] };

/** What a workplace needs in it for every page to have something to show. */
export async function fillWorkplace(app: TestApp): Promise<Filled> {
  const owner = await signIn(app, "owner", { name: "Robin van Dam" });
  const own = await app.given.initiative({ slug: "straatwijs", name: "Straatwijs" });
  const text = `${'<script>alert("x")</script>'} Een idee`;
  const tip = await givenTip(app, { initiativeId: own.id, name: "Femke Fluit", text });
  await owner.post(desk("nl").part("tips", tip.id, "note"), { note: text });
  await owner.post(desk("nl").part("tips", tip.id, "answer"), { answer: text });
  await givenTip(app, { name: "Kim" });
  await givenOffer(app, own.id);
  await app.given.signature({ name: "Motief", motivation: text, organisation: "Gemeente Utrecht" });
  await app.given.update({ initiativeId: own.id, slug: "een-update", body: text });
  await addMore(app, own.id, text);
  await importSome(app, owner);
  await letMailFail(app, text);
  for (const { id } of await app.ctx.db.selectFrom("newsletters").select("id").execute())
    await writeEdition(owner, id);
  const begun = await owner.post(desk("nl").newDocument("update", own.id));
  const draft = begun.headers.get("location")?.split("/").at(-1) ?? "";
  for (const [version, title] of ["Eerst", "Daarna"].entries())
    await owner.post(desk("nl").documentPart("update", draft, "save"), {
      ...{ version: String(version + 1), "title.nl": title, "summary.nl": text, "body.nl": text },
    });
  const [edition, file] = await Promise.all([
    app.ctx.db.selectFrom("editions").select("id").executeTakeFirstOrThrow(),
    app.ctx.db.selectFrom("imports").select("id").where("columns", "is", null).executeTakeFirstOrThrow(),
  ]);
  const byForm = (language: Language) => {
    const to = desk(language);
    return [
      `${to.documentPart("update", draft, "compare")}?van=1&naar=2`,
      to.documentPart("update", draft, "schedule"),
      to.documentPart("update", draft, "remove"),
      `${to.part("editions", edition.id, "schedule")}?seen=x`,
      to.part("imports", file.id, "match"),
    ];
  };
  return { owner, byForm };
}

/** A proposal, a subscriber, an image. */
async function addMore(app: TestApp, initiativeId: string, text: string): Promise<void> {
  const { ctx } = app;
  const personId = await rememberPerson(ctx, { email: "abonnee@example.org", name: text, language: "nl" });
  const proposal = { name: text, kind: "initiative", tagline: text, story: text, role: text } as const;
  await ctx.db
    .insertInto("proposals")
    .values({
      ...proposal,
      proposer: "Sam",
      website: null,
      person_id: personId,
      language: "nl",
      proposed_at: ctx.now(),
    })
    .execute();
  const newsletters = await ctx.db.selectFrom("newsletters").select("id").execute();
  await ctx.db
    .insertInto("subscriptions")
    .values(
      newsletters.map(({ id }) => ({
        newsletter_id: id,
        person_id: personId,
        language: "nl",
        since: ctx.now(),
      })),
    )
    .execute();
  const bytes = await sharp({ create: { width: 400, height: 300, channels: 3, background: "teal" } })
    .jpeg()
    .toBuffer();
  for (const place of [initiativeId, null])
    await addImage(ctx, { bytes, fileName: "kaart.jpg", initiativeId: place, personId: null });
}

/** An answer and a question that did not arrive, behind a question that was answered. */
async function letMailFail(app: TestApp, text: string): Promise<void> {
  const { db, now } = app.ctx;
  const failed = { mailed_at: null, failed_at: now() };
  await db.updateTable("tip_messages").set(failed).where("kind", "=", "answer").execute();
  const { id: proposal_id } = await db.selectFrom("proposals").select("id").executeTakeFirstOrThrow();
  const asked = { proposal_id, question: text, asked_by: null, asked_at: now() };
  await db
    .insertInto("proposal_questions")
    .values([
      { ...asked, reply: text, replied_at: now() },
      { ...asked, ...failed },
    ])
    .execute();
}

/** An edition with all that it needs to be sent. */
async function writeEdition(owner: Colleague, newsletterId: string): Promise<void> {
  const begun = await owner.post(desk("nl").part("newsletters", newsletterId, "new"));
  const path = begun.headers.get("location") ?? "";
  const id = path.split("/").at(-1) ?? "";
  const texts = { "subject.nl": "Wat we zagen", "preheader.nl": "Drie dingen", "intro.nl": "Dag allemaal." };
  await owner.post(desk("nl").documentPart("edition", id, "save"), { version: "1", ...texts });
}

/** A file of subscribers whose columns are still to be said, and one that was read in. */
async function importSome(app: TestApp, who: Colleague): Promise<void> {
  const { id } = await app.ctx.db
    .selectFrom("newsletters")
    .select("id")
    .where("initiative_id", "is", null)
    .executeTakeFirstOrThrow();
  const send = async () => {
    const form = new FormData();
    form.append("kind", "subscribers");
    form.append("newsletter", id);
    form.append("file", new File(["Email,Naam\njan@example.org,Jan\nfout,Fout\n"], "lijst.csv"));
    const path = desk("nl").section("imports");
    const answer = await app.request(path, { method: "POST", body: form, headers: who.headers });
    return answer.headers.get("location") ?? "";
  };
  await send();
  const path = await send();
  const statement = { statement: "Van onze vorige site.", day: "31", month: "1", year: "2024", by: "Fatima" };
  await who.post(`${path}/kolommen`, { "column-0": "email", "column-1": "name", ...statement });
  await app.work();
}

/** The parts of the writing engine's pages are the same for every kind of text: one of each is enough. */
export const partOf = (route: string): string => {
  const [, , part] = /\/(teksten|texts)\/[a-z]+\/:id\/(.+)$/.exec(route) ?? [];
  return part ? `texts ${part}` : route;
};

/** Every page that is reached by links from the first one (or by a form), each route once. */
export async function workplacePages(
  app: TestApp,
  { owner: who, byForm }: Filled,
  language: Language,
): Promise<WorkplacePage[]> {
  const routes = getRoutes(language);
  const pages = new Map<string, WorkplacePage>();
  const todo = [root[language], ...byForm(language)];
  const seen = new Set(todo);
  for (let path = todo.shift(); path; path = todo.shift()) {
    const bare = path.split(/[?#]/)[0] ?? "";
    const route = routeOf(bare, routes);
    if (!route || pages.has(route) || (noPage.test(route) && !route.endsWith("/-/:key"))) continue;
    const answer = await who.get(path);
    const onward = answer.headers.get("location");
    const html = await answer.text();
    if (onward) todo.unshift(onward.replace(app.origin, ""));
    else pages.set(route, { route, path, status: answer.status, html });
    for (const [, href = ""] of html.matchAll(/\shref="([^"]+)"/g)) {
      const next = href.replaceAll("&amp;", "&").replace(app.origin, "");
      if (!next.startsWith(root[language]) || seen.has(next)) continue;
      seen.add(next);
      todo.push(next);
    }
  }
  return [...pages.values()];
}
