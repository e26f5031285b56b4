/** People at the program, for the pictures of the editors' guide: they send forms, answer mails, and write. */
import { setTimeout as sleep } from "node:timers/promises";
import { type APIRequestContext, request } from "playwright-core";

type Fields = Record<string, string>;
let visitors = 0;

/** Somebody at a browser of their own; every answer that is no success is an error of this script. */
export async function visitor(origin: string) {
  // From a network of their own, as people are: so many forms from one would ask for a proof of work.
  const headers = { origin, "x-forwarded-for": `198.51.100.${++visitors}` };
  const api = await request.newContext({ baseURL: origin, extraHTTPHeaders: headers });
  const answered = async (asked: Promise<Awaited<ReturnType<APIRequestContext["post"]>>>, path: string) => {
    const answer = await asked;
    if (answer.status() >= 400) throw new Error(`${path}: ${answer.status()}\n${await answer.text()}`);
    return { where: (answer.headers().location ?? "").replace(origin, ""), text: await answer.text() };
  };
  return {
    api,
    get: (path: string) => answered(api.get(path), path),
    post: (path: string, form: Fields) => answered(api.post(path, { form, maxRedirects: 0 }), path),
    send: (path: string, form: Fields, file: { name: string; mimeType: string; buffer: Buffer }) =>
      answered(api.post(path, { multipart: { ...form, file }, maxRedirects: 0 }), path),
  };
}
export type Visitor = Awaited<ReturnType<typeof visitor>>;

/** The newest mail to an address, once it is there: its page in the built-in mailbox. */
export async function mailTo(who: Visitor, address: string, wanted: RegExp): Promise<string> {
  for (let tries = 0; tries < 100; tries++) {
    const { text } = await who.get("/postvak");
    for (const [, path = ""] of text.matchAll(/href="(\/postvak\/[0-9a-f-]{36})"/g)) {
      const mail = (await who.get(path)).text;
      const found = mail.includes(address) && wanted.exec(mail)?.[0];
      if (found) return found;
    }
    await sleep(200);
  }
  throw new Error(`No such mail to ${address}: ${wanted}`);
}

/** A public form, and the yes to the mail that follows it. */
export async function confirmed(who: Visitor, path: string, form: Fields & { email: string }): Promise<void> {
  await who.post(path, form);
  await who.post(await mailTo(who, form.email, /\/bevestigen\/[\w.~-]+/), { answer: "all" });
}

/** Signs in by the code from the mail. */
export async function signedIn(origin: string, email: string): Promise<Visitor> {
  const who = await visitor(origin);
  const { where } = await who.post("/aanmelden/code", { email });
  const code = await mailTo(who, email, /(?<=Je code is )\d{3} ?\d{3}/);
  await who.post(where, { code });
  return who;
}

export const idIn = (path: string): string =>
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(path)?.[0] ?? "";

/** The first link of a page to one of a section. */
export async function firstOf(who: Visitor, section: string): Promise<string> {
  const { text } = await who.get(section);
  const found = new RegExp(`${section}/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}`).exec(text)?.[0];
  if (!found) throw new Error(`Nothing in ${section}`);
  return found;
}

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
const plain = (html: string): string =>
  html.replace(
    /&lt;|&gt;|&quot;|&#39;|&amp;/g,
    (code) => ({ "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" })[code] ?? "&",
  );

/** What the form for a text holds, as a browser without scripts would send it. */
function fieldsIn(page: string): Fields {
  const form = /<form[^>]*id="tekst"[\s\S]*?<\/form>/.exec(page)?.[0] ?? "";
  const fields: Fields = {};
  for (const [tag, , text = ""] of form.matchAll(
    /<(input|textarea|select)\b[^>]*>(?:([^<]*)<\/textarea>)?/g,
  )) {
    const [name, type] = [attribute(tag, "name"), attribute(tag, "type")];
    if (!name || ((type === "radio" || type === "checkbox") && !/\schecked/.test(tag))) continue;
    fields[name] = plain(attribute(tag, "value") ?? text);
  }
  return fields;
}

/** Writes in a text, and brings it out when asked. Answers with the path of its page. */
export async function write(
  who: Visitor,
  path: string,
  words: Fields,
  then: "bewaren" | "publiceren",
): Promise<string> {
  const answer = await who.api.get(path);
  const page = new URL(answer.url()).pathname;
  await who.post(`${page}/${then}`, { ...fieldsIn(await answer.text()), ...words });
  return page;
}
