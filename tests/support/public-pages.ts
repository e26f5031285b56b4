import { mailPreviews } from "../../src/features.ts";
import { directoryPath } from "../../src/initiatives/filters.ts";
import { paths, technical } from "../../src/paths.ts";
import { type Language, languages } from "../../src/platform/i18n.ts";
import { wallPath } from "../../src/signatures/wall-address.ts";
import { suppress } from "../../src/suppressions/operations.ts";
import { givenEdition } from "./editions.ts";
import { doEverything } from "./mine.ts";
import { addMine, visitMine } from "./mine-pages.ts";
import { addSignIn, prepareSignIn } from "./sign-in-pages.ts";
import type { TestApp } from "./test-app.ts";

/** One page that a visitor can get to see, in one state. */
export type PublicPage = {
  /** Unlike every other page's: "nl newsletter with errors". */
  name: string;
  language: Language;
  path: string;
  status: number;
  /** Only on the host name of an island. */
  host?: "cxo.localhost";
  /** The answer to a form that is sent with these fields. */
  form?: Record<string, string>;
  /** The address in whose network the visitor is. */
  network?: string;
  /** Of somebody's visit to their own data. */
  cookie?: string;
};

/** What an app needs for `publicPages`: each visitor's network is what the test says it is. */
export const publicPagesEnv = { TRUST_PROXY: "1" };

/** Every public page of an app with the starter content, in both languages and in each of its states. */
export async function publicPages(app: TestApp): Promise<PublicPage[]> {
  const full = await app.given.initiative({ slug: "volle-haven", name: "Volle haven", kind: "organisation" });
  await app.given.manyUpdates({ initiativeId: full.id, count: 60 });
  await app.given.manySignatures({ count: 60 });
  for (const appearance of ["name", "role", "counted"] as const)
    await app.given.signature({
      ...{ appearance, role: "adviseur", organisation: "Gemeente Utrecht", principles: ["leren", "delen"] },
      ...{ motivation: "Omdat het samen beter gaat.", motivationState: "shown" },
    });
  await app.ctx.db.insertInto("milestones").values({ number: 100, reached_at: app.ctx.now() }).execute();
  await addEditions(app, full.id);
  await doEverything(app);
  const mine = await visitMine(app);
  const wayIn = await prepareSignIn(app);
  const pages: PublicPage[] = [];
  for (const language of languages) {
    const add = (name: string, path: string, more: Partial<PublicPage> = {}) =>
      pages.push({ name: `${language} ${name}`, language, path, status: 200, ...more });
    addContent(language, add);
    addForms(language, add);
    await addConfirmations(app, language, add);
    await addGuards(app, language, add);
    await addSigning(app, language, add);
    addMine(language, add, mine);
    addSignIn(language, add, wayIn);
  }
  const [mail] = await app.mailbox();
  const mailbox = { language: "nl" as const, status: 200 };
  const preview = mailPreviews[0]!.name;
  return [
    ...pages,
    { ...mailbox, name: "mailbox", path: technical.mailbox },
    { ...mailbox, name: "mail", path: technical.mailboxMail(mail!.id) },
    { ...mailbox, name: "mail previews", path: technical.mailPreviews },
    { ...mailbox, name: "mail preview", path: technical.mailPreview(preview, "nl") },
  ];
}

/** What newsletters sent: enough for a second page, in one language and in both, with updates of all kinds. */
async function addEditions(app: TestApp, islandId: string): Promise<void> {
  for (let number = 0; number < 13; number++) await givenEdition(app, { slug: `eerder-${number}` });
  const updates = await app.ctx.db
    .selectFrom("updates")
    .select("id")
    .orderBy("published_at", "desc")
    .limit(4)
    .execute();
  const one = await app.given.update({ initiativeId: islandId, slug: "in-de-brief", author: "Sam" });
  const words = {
    intro: "Dag **lezer**\n\n## Wat er speelt\n\nLees [alles](/updates).\n\n- een\n- twee",
    closing: "### Tot slot\n\nTot gauw.",
    preheader: "Van eiland naar eiland",
    updates: [one.id, ...updates.map(({ id }) => id)],
  };
  const english = { subject: "Summer on the islands", intro: "Dear reader\n\n## What is new\n\nA lot." };
  await givenEdition(app, { slug: "zomer", subject: "Zomer op de eilanden", ...words, english });
  await givenEdition(app, { slug: "onderweg", subject: "Post van onderweg", island: cxo, ...words, english });
}

type Add = (name: string, path: string, more?: Partial<PublicPage>) => void;
const cxo = "op-pad-met-de-cxo";
const firstUpdate = "creative-bureaucracy-festival";

function addContent(language: Language, add: Add): void {
  const to = paths(language);
  const own = { host: "cxo.localhost" } as const;
  add("home", to.home);
  add("directory", to.initiatives);
  add("directory of a kind", directoryPath(to, { kind: "programme", theme: null }));
  add("directory of a kind and theme", directoryPath(to, { kind: "programme", theme: "steden" }));
  add("directory without a find", directoryPath(to, { kind: "network", theme: "steden" }));
  for (const slug of [cxo, "slimmernetwerk", "agenda-stad", "dag-van-de-stad", "volle-haven"])
    add(`island ${slug}`, to.island(slug).home);
  add("island on its own host", to.ownHost.home, own);
  add("updates", to.updates);
  add("updates, page 2", `${to.updates}?page=2`);
  add("updates of an island", to.island("volle-haven").updates);
  add("updates of an island, last page", `${to.island("volle-haven").updates}?page=3`);
  add("no updates yet", to.island("slimmernetwerk").updates);
  add("updates on own host", to.ownHost.updates, own);
  add("update", to.island(cxo).update(firstUpdate));
  add("update on own host", to.ownHost.update(firstUpdate), own);
  add("manifesto", to.manifesto);
  add("wall", to.signatories);
  add("wall, further back", wallPath(language, { before: 12 }));
  add("wall before the first", wallPath(language, { before: 1 }));
  add("wall of a principle", wallPath(language, { principle: "leren" }));
  add("search on the wall", wallPath(language, { search: "gemeente nummer" }));
  add("search on the wall with a slip", wallPath(language, { search: "gemeetne" }));
  add("search on the wall without a find", wallPath(language, { search: "zzzzqq" }));
  for (const page of ["about", "privacy", "accessibility"] as const) add(page, to[page]);
  add("not found", `${to.home === "/" ? "" : to.home}/bestaat-niet`, { status: 404 });
  add("not found on own host", to.ownHost.update("bestaat-niet"), { status: 404, ...own });
}

function addForms(language: Language, add: Add): void {
  const to = paths(language);
  const refused = { status: 422, form: { email: "sanne@", text: "Een begin", link: "voorbeeld" } };
  const own = { host: "cxo.localhost" } as const;
  add("newsletter", to.newsletter);
  add("newsletter, page 2", `${to.newsletter}?page=2`);
  add("newsletter of an island", to.island("volle-haven").newsletter);
  add("edition", to.edition("zomer"));
  add("edition on own host", to.ownHost.edition("onderweg"), own);
  add("no such edition", to.edition("bestaat-niet"), { status: 404 });
  add("newsletter with errors", to.newsletter, { status: 422, form: { email: "sanne@", name: "Sanne" } });
  add("newsletter on own host", to.ownHost.newsletter, own);
  add("newsletter on own host with errors", to.ownHost.newsletter, { status: 422, form: {}, ...own });
  add("contact", to.contact);
  add("contact with errors", to.contact, refused);
  add("contact of an island", to.island("city-deals").contact);
  add("contact on own host", to.ownHost.contact, own);
  add("contact on own host with errors", to.ownHost.contact, { ...refused, ...own });
  add("sign with errors", to.sign, { status: 422, form: { email: "sanne@" } });
  add("join in", to.join);
  add("join an initiative", to.joinInitiative(cxo));
  add("join an initiative with errors", to.joinInitiative(cxo), { status: 422, form: { email: "sanne@" } });
  add("propose an initiative", to.propose);
  const proposed = { email: "sanne@", name: "Volle haven", story: "Een begin" };
  add("propose an initiative with errors", to.propose, { status: 422, form: proposed });
  add("check your mail", to.checkMail);
}

async function addConfirmations(app: TestApp, language: Language, add: Add): Promise<void> {
  const to = paths(language);
  const asked = async (
    who: string,
    form: string = to.newsletter,
    fields: Record<string, string> = { consent: "yes" },
  ) => {
    const email = `${who}-${language}@example.org`;
    await send(app, form, { email, ...fields }, `198.51.100.${who.length}`);
    await app.work();
    const [mail] = await app.mailbox(email);
    const token = tokenIn(mail, to.confirm(""));
    return { email, confirm: to.confirm(token), reject: to.reject(token) };
  };
  const open = await asked("open");
  add("confirmation", open.confirm);
  add("this was not me", open.reject);
  const several = await asked("several", to.contact, {
    ...{ kind: "idea", text: "Een idee", name: "Sam", subscribe: "yes" },
  });
  add("confirmation of several acts", several.confirm);
  add("nothing ticked", several.confirm, { status: 422, form: { answer: "chosen" } });
  const partly = await asked("partly", to.contact, {
    ...{ kind: "idea", text: "Een idee", name: "Sam", subscribe: "yes" },
  });
  await app.post(partly.confirm, { "act-1": "yes", answer: "chosen" });
  add("partly confirmed", partly.confirm);
  const confirmed = await asked("confirmed");
  await app.post(confirmed.confirm, {});
  add("confirmed", confirmed.confirm);
  add("too late to reject", confirmed.reject);
  const rejected = await asked("rejected");
  await app.post(rejected.reject, {});
  add("rejected", rejected.reject);
  add("confirmation of what was rejected", rejected.confirm);
  add("no such confirmation", to.confirm("onzin"), { status: 404 });

  await app.work();
  const preferences = async (email: string) =>
    to.preferences(tokenIn((await app.mailbox(email)).at(-1), to.preferences("")));
  add("preferences", await preferences(confirmed.email));
  add("no such preferences", to.preferences("onzin"), { status: 404 });
  const paused = await asked("paused");
  await app.post(paused.confirm, {});
  await app.work();
  const pause = await preferences(paused.email);
  await app.post(pause, { do: "pause" });
  const detail = null;
  await suppress(app.ctx, { address: paused.email, reason: "hard", detail, editionId: null });
  add("preferences, paused", `${pause}?done=paused`);
  const stopped = await asked("stopped-all");
  await app.post(stopped.confirm, {});
  await app.work();
  const stop = await preferences(stopped.email);
  await app.post(stop, { do: "end" });
  add("preferences, nothing left", `${stop}?done=ended`);
  const unsubscribe = async (email: string) =>
    to.unsubscribe(tokenIn((await app.mailbox(email)).at(-1), to.unsubscribe("")));
  add("unsubscribe", await unsubscribe(confirmed.email));
  const ended = await asked("no-longer");
  await app.post(ended.confirm, {});
  await app.work();
  const end = await unsubscribe(ended.email);
  await app.post(end, {});
  add("unsubscribed", end);
  add("no such subscription", to.unsubscribe("onzin"), { status: 404 });
}

/** The manifesto with its form, and what comes after signing; the earlier pages stay as they were without it. */
async function addSigning(app: TestApp, language: Language, add: Add): Promise<void> {
  const to = paths(language);
  const many = { "principle-leren": "yes", "principle-delen": "yes", "principle-uitdagen": "yes" };
  const wrong = { name: "casino.com", appearance: "role", ...many, "principle-netwerken": "yes" };
  add("manifesto with errors", to.sign, { status: 422, form: { ...wrong, motivation: "x".repeat(300) } });
  add("version of the manifesto", to.manifestoVersion("1"));
  const email = `signer-${language}@example.org`;
  const form = { name: "Sam de Vries", email, version: "1", appearance: "name", place: "Ede" };
  const motivation = `Omdat het kan (${language}).`;
  await send(
    app,
    to.sign,
    { ...form, motivation, organisation: "Gemeente Ede" },
    `192.0.2.${language.length}`,
  );
  await app.work();
  const token = tokenIn((await app.mailbox(email))[0], to.confirm(""));
  await app.post(to.confirm(token), {});
  await app.work();
  add("signed", to.signed(token));
  add("no such signature", to.signed("onzin"), { status: 404 });
  const thanks = (await app.mailbox(email)).at(-1);
  add("invitation", to.invitation(tokenIn(thanks, to.invitation(""))));
  const asked = (await app.mailbox()).find(({ text }) => text.includes(motivation));
  const moderation = tokenIn(asked, paths("nl").moderateMotivation(""));
  add("motivation to judge", to.moderateMotivation(moderation));
  add("no motivation to judge", to.moderateMotivation("onzin"), { status: 404 });
}

/** What follows a path in the links of a mail. */
function tokenIn(mail: { text: string } | undefined, path: string): string {
  const found = mail?.text.split(path)[1]?.match(/^[\w.~-]+/)?.[0];
  if (!found) throw new Error(`No link to ${path} in: ${mail?.text}`);
  return found;
}

/** The pages that stand before a form: one more step, not yet, too many. */
async function addGuards(app: TestApp, language: Language, add: Add): Promise<void> {
  const path = paths(language).contact;
  const at = (last: number) => `203.0.113.${last + (language === "nl" ? 0 : 100)}`;
  const form = (who: string) => ({ kind: "idea", text: "Een idee", name: who, email: `${who}@example.org` });
  const busy = at(1);
  for (let count = 1; count <= 5; count++) await send(app, path, form(`busy-${language}-${count}`), busy);
  const step = await (await send(app, path, form("late"), busy)).text();
  add("one more step", path, { form: form("late"), network: busy });
  const ticket = /name="guard-ticket" value="([^"]+)"/.exec(step)?.[1] ?? "";
  add("not yet", path, { status: 429, form: { ...form("late"), "guard-ticket": ticket }, network: busy });

  const crowded = at(2);
  const before = await keysOfNetworks(app);
  await send(app, path, form(`crowded-${language}`), crowded);
  const [key] = (await keysOfNetworks(app)).filter((one) => !before.includes(one));
  await app.ctx.db.updateTable("limits").set({ points: 301 }).where("key", "=", key!).execute();
  add("too many forms", path, { status: 429, form: form("crowd"), network: crowded });
}

async function keysOfNetworks(app: TestApp): Promise<string[]> {
  const rows = await app.ctx.db
    .selectFrom("limits")
    .select("key")
    .where("key", "like", "forms-network%")
    .execute();
  return rows.map(({ key }) => key);
}

const send = (app: TestApp, path: string, fields: Record<string, string>, network: string) =>
  app.post(path, fields, { headers: { "x-forwarded-for": network } });
