import { expect } from "vitest";
import { paths } from "../../src/paths.ts";
import { allOfIt, linkIn } from "./acts.ts";
import { signAndConfirm, signFields } from "./signing.ts";
import type { TestApp } from "./test-app.ts";

/** What an app needs for the helpers here: each visitor in a network of their own, so that no limit is met. */
export const ownNetworks = { TRUST_PROXY: "1" };

let networks = 0;
/** A network that nobody else is in. */
export const elsewhere = () => ({
  "x-forwarded-for": `198.51.${100 + (networks >> 8)}.${networks++ & 255}`,
});

/** Asks for a code; answers with the path of the page to type it on. */
export async function askCode(app: TestApp, email: string, language: "nl" | "en" = "nl"): Promise<string> {
  const path = paths(language).minePart("code");
  const answer = await app.post(path, { email }, { headers: elsewhere() });
  expect(answer.status).toBe(303);
  return answer.headers.get("location") ?? "";
}

/** The code and the link of the newest mail to an address. */
export async function codeMail(app: TestApp, email: string) {
  await app.work();
  const mail = (await app.mailbox(email)).at(-1);
  expect(mail?.text).toContain("Je code is");
  const code = mail!.text.match(/\b\d{6}\b/)?.[0] ?? "";
  return { mail: mail!, code, link: linkIn(mail!, "/mijn/openen/") };
}

/** The cookie that an answer sets, as a browser sends it back; null where it sets none. */
export function cookieIn(answer: Response): string | null {
  const [cookie] = answer.headers.getSetCookie();
  const [pair = ""] = cookie?.split(";") ?? [];
  return pair.endsWith("=") || !pair ? null : pair;
}

/** Opens /mijn by the code in the mail, and answers with the cookie of the visit. */
export async function openMine(app: TestApp, email: string): Promise<string> {
  const page = await askCode(app, email);
  const { code } = await codeMail(app, email);
  const opened = await app.post(page, { code }, { headers: elsewhere() });
  expect(opened.headers.get("location")).toBe(paths("nl").mine);
  const cookie = cookieIn(opened);
  expect(cookie).not.toBeNull();
  return cookie ?? "";
}

/** Reads a page with the cookie of a visit. */
export const readAs = (app: TestApp, cookie: string, path: string) =>
  app.request(path, { headers: { cookie } });

/** Sends a form with the cookie of a visit. */
export const postAs = (app: TestApp, cookie: string, path: string, fields: Record<string, string> = {}) =>
  app.post(path, fields, { headers: { cookie, ...elsewhere() } });

const to = paths("nl");

/** Somebody who did everything one can do here, so that something is kept of every kind. */
export const busy = {
  email: "sanne.kleurrijk@voorbeeld.nl",
  name: "Sanne Kleurrijk",
  words: ["Sanne", "Kleurrijk", "Verkenster", "Gemeente Zonnewende", "Sterrenwijk", "sanne.kleurrijk"],
};
const slugs = { accepted: "agenda-stad", open: "slimmernetwerk" };

/** Lets `busy` do everything, over so many days; the moment after it is returned to. */
export async function doEverything(app: TestApp): Promise<void> {
  const { email, name } = busy;
  const confirm = async () => {
    await app.work();
    const mail = (await app.mailbox(email)).at(-1)!;
    const answer = await app.post(linkIn(mail, "/bevestigen/"), allOfIt, { headers: elsewhere() });
    await app.work();
    return answer.headers.get("location") ?? "";
  };
  const next = () => app.advance(9 * 3_600_000);
  const colleague = await signAndConfirm(app, { email: "collega@voorbeeld.nl", name: "Kim de Boer" });
  expect(colleague).toContain("/bedankt/");
  const { invite_code } = await app.ctx.db
    .selectFrom("signatures")
    .select("invite_code")
    .executeTakeFirstOrThrow();

  const signed = await app.post(
    to.sign,
    signFields({
      email,
      name,
      role: "Verkenster",
      organisation: "Gemeente Zonnewende",
      place: "Sterrenwijk",
      motivation: "=Omdat Sanne Kleurrijk dit wil",
      "principle-leren": "yes",
      "principle-delen": "yes",
      newsletter: "yes",
      [`join-${slugs.accepted}`]: "yes",
      [`join-${slugs.open}`]: "yes",
      offer: "Ik, Kleurrijk, teken kaarten",
      "invited-by": invite_code,
    }),
    { headers: elsewhere() },
  );
  expect(signed.status).toBe(303);
  const thanks = await confirm();
  const own = { "shows-name": "yes" };
  await app.post(thanks, own, { headers: elsewhere() });
  await app.post(
    `${thanks}/profiel`,
    { "theme-steden": "yes", worksOn: "Kleurrijk werk", offers: "Kaarten van Sanne" },
    { headers: elsewhere() },
  );
  const accept = await app.ctx.db
    .selectFrom("participations as o")
    .innerJoin("initiatives as i", "i.id", "o.initiative_id")
    .select("o.id")
    .where("i.slug", "=", slugs.accepted)
    .executeTakeFirstOrThrow();
  const token = app.ctx.keys.token("offer-accept", accept.id);
  await app.post(to.acceptOffer(token), { reason: "Graag, Sanne!" }, { headers: elsewhere() });
  const mine = await app.ctx.db
    .selectFrom("signatures")
    .select("invite_code")
    .where("name", "=", name)
    .executeTakeFirstOrThrow();
  await signAndConfirm(app, {
    email: "door.iemand@elders.example",
    name: "Bo Visser",
    "invited-by": mine.invite_code,
  });

  next();
  const tip = {
    email,
    name,
    kind: "example",
    text: "+In Sterrenwijk\nbeslissen buren samen.",
    organisation: "Gemeente Zonnewende",
    place: "Sterrenwijk",
    link: "https://voorbeeld.example/sterrenwijk",
  };
  await app.post(to.contact, tip, { headers: elsewhere() });
  await confirm();
  next();
  const agenda = to.island("agenda-stad").newsletter;
  await app.post(agenda, { email, name, consent: "yes" }, { headers: elsewhere() });
  await confirm();
  await app.post(linkIn((await app.mailbox(email)).at(-1)!, "/afmelden/"), {}, { headers: elsewhere() });
  next();
  const idea = { email, name, kind: "idea", text: "Een idee van Kleurrijk dat nog wacht" };
  await app.post(to.island("city-deals").contact, idea, { headers: elsewhere() });
  await app.work();
}
