import { paths } from "../../src/paths.ts";
import type { Language } from "../../src/platform/i18n.ts";
import { askCode, busy, codeMail, openMine } from "./mine.ts";
import type { PublicPage } from "./public-pages.ts";
import type { TestApp } from "./test-app.ts";

type Add = (name: string, path: string, more?: Partial<PublicPage>) => void;

/** Somebody's visit to /mijn, a page to type a code on, and a link that opens: for `addMine`, in every language. */
export async function visitMine(app: TestApp) {
  const cookie = await openMine(app, busy.email);
  const page = await askCode(app, "collega@voorbeeld.nl");
  const { link } = await codeMail(app, "collega@voorbeeld.nl");
  return { cookie, page: page.split("/").at(-1)!, link: link.split("/").at(-1)! };
}

/** The pages of /mijn: the way in, and what somebody sees of whom everything is kept. */
export function addMine(language: Language, add: Add, visit: Awaited<ReturnType<typeof visitMine>>): void {
  const to = paths(language);
  const { cookie } = visit;
  add("my data, way in", to.mine);
  add("my data, way in with errors", to.minePart("code"), { status: 422, form: { email: "sanne@" } });
  add("my data, code", to.mineCode(visit.page));
  add("my data, code with errors", to.mineCode(visit.page), { status: 422, form: { code: "12" } });
  add("my data, link", to.mineOpen(visit.link));
  add("my data, link that is over", to.mineOpen("onzin"), { status: 404 });
  add("my data", to.mine, { cookie });
  add("my data, after a change", `${to.mine}?klaar=appearance`, { cookie });
  add("my data, withdraw the signature", to.minePart("signature"), { cookie });
  add("my data, erase everything", to.minePart("erase"), { cookie });
  add("my data, erased", to.minePart("erased"));
}
