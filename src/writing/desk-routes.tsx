import { type Action, DeskRoutes, type DeskVisit, type Scope } from "../accounts/operations.ts";
import type { DeskPart } from "../desk-paths.ts";
import type { VisitContext } from "../visit.tsx";
import { afterMove } from "./content.ts";
import { idOf } from "./fields/types.ts";
import type { DocumentKind, DocumentKinds } from "./kinds.ts";
import { previewLink, renewPreview } from "./preview-link.ts";
import { publishDocument } from "./publishing.ts";
import { findDocument, getDocument, isInitiative } from "./queries.ts";
import { answerAutosave, saveSent, takeTheirs } from "./save-answers.tsx";
import { beginDocument, openDocument } from "./saving.ts";
import { askMoment, schedule, unschedule } from "./schedule-answers.tsx";
import { withLibraryWords } from "./surroundings.ts";
import { compareVersions, restore, showVersions } from "./version-answers.tsx";
import { askRemoval, askWithdrawal, remove, withdraw } from "./withdraw-answers.tsx";
import { editPage, sent, type Working } from "./working.tsx";

/** The workplace's pages of every kind of document: write, save, see, bring out. */
export function writingDesk(kinds: DocumentKinds): DeskRoutes {
  const routes = new DeskRoutes();
  for (const kind of kinds.list) addRoutes(routes, kind);
  return routes;
}

function addRoutes(routes: DeskRoutes, kind: DocumentKind): void {
  const scope: Scope = async (c) => {
    const document = await getDocument(c.var.visit.ctx, c.req.param("id") ?? "");
    return document?.kind === kind.kind ? document.initiativeId : undefined;
  };
  const { edit, publish } = kind.actions;
  const working =
    (answer: (working: Working) => Promise<Response>) => async (c: VisitContext, visit: DeskVisit) => {
      const document = await getDocument(visit.ctx, c.req.param("id") ?? "");
      return document ? answer({ c, visit, kind, document }) : c.notFound();
    };
  const post = (part: DeskPart, action: Action, answer: (working: Working) => Promise<Response>) =>
    routes.post((to) => to.documentPart(kind.kind, ":id", part), action, scope, working(answer));

  if (kind.creatable)
    routes.post(
      (to) => to.newDocument(kind.kind, ":initiative"),
      edit,
      async (c) => {
        const id = c.req.param("initiative") ?? "";
        return (await isInitiative(c.var.visit.ctx, id)) ? id : undefined;
      },
      async (c, { ctx, desk: to, initiativeId, person }) => {
        const id = await beginDocument(ctx, kind, { initiativeId, personId: person.id });
        return c.redirect(to.document(kind.kind, id), 303);
      },
    );
  routes.get(
    (to) => to.documentOf(kind.kind, ":key"),
    edit,
    async (c) => {
      const { ctx } = c.var.visit;
      const key = c.req.param("key") ?? "";
      const live = (await findDocument(ctx, kind.kind, key)) ?? (await kind.read(ctx, key));
      return live ? live.initiativeId : undefined;
    },
    async (c, { ctx, desk: to }) => {
      const id = await openDocument(ctx, kind, c.req.param("key") ?? "");
      return id ? c.redirect(to.document(kind.kind, id), 303) : c.notFound();
    },
  );
  routes.get(
    (to) => to.document(kind.kind, ":id"),
    edit,
    scope,
    working(async (one) => editPage(one)),
  );
  post("save", edit, save);
  post("autosave", edit, answerAutosave);
  if (!kind.onward) post("publish", publish, bringOut);
  const get = (part: DeskPart, action: Action, answer: (working: Working) => Promise<Response>) =>
    routes.get((to) => to.documentPart(kind.kind, ":id", part), action, scope, working(answer));
  get("preview", edit, async ({ c, visit: { ctx, here }, document }) => {
    const { path } = await previewLink(ctx, document.id);
    return c.redirect(here.origin + path, 303);
  });
  get("versions", edit, showVersions);
  get("compare", edit, compareVersions);
  post("restore", edit, restore);
  if (kind.creatable) {
    get("remove", edit, askRemoval);
    post("remove", edit, remove);
  }
  if (kind.canSchedule) {
    get("schedule", publish, askMoment);
    post("schedule", publish, schedule);
    post("unschedule", publish, unschedule);
  }
  if (kind.remove) {
    const withdrawal = kind.actions.withdraw ?? publish;
    get("withdraw", withdrawal, askWithdrawal);
    post("withdraw", withdrawal, withdraw);
  }
}

/** Saves what the form holds; what comes next is the button's: go on writing, see it, share it, choose a moment. */
async function save(working: Working): Promise<Response> {
  const { c, visit, kind, document } = working;
  const { typed, ...written } = await sent(working);
  if (typed.then === "theirs") return takeTheirs(working, written);
  const chosen = await withLibraryWords(visit.ctx, kind, document, written.content);
  const content = typed.move ? afterMove(kind, chosen, typed) : chosen;
  const outcome = await saveSent(working, { ...written, content });
  if (outcome.kind === "answer") return outcome.response;
  const to = visit.desk;
  const at = (query: string) => to.document(kind.kind, document.id) + query;
  if (typed.move) return c.redirect(at(`?done=moved#${placeOfMove(typed.move)}`), 303);
  if (typed.then === "images") {
    const text = new URLSearchParams({ text: `${kind.kind}/${document.id}` });
    return c.redirect(`${to.one("images", document.initiativeId ?? "-")}?${text}`, 303);
  }
  const [, after, name] = /^images:([0-9a-f-]*):([\w.]+)$/.exec(typed.then ?? "") ?? [];
  if (name) return c.redirect(at(`?done=saved${after && `&images=${after}`}#field-${idOf(name)}`), 303);
  if (typed.then === "preview") return c.redirect(to.documentPart(kind.kind, document.id, "preview"), 303);
  if (typed.then === "schedule") return c.redirect(to.documentPart(kind.kind, document.id, "schedule"), 303);
  if (typed.then === "share") {
    await renewPreview(visit.ctx, document.id);
    return c.redirect(at("?done=shared#deel"), 303);
  }
  if (typed.then === "onward" && kind.onward) return c.redirect(kind.onward.href(to, document), 303);
  return c.redirect(at("?done=saved"), 303);
}

/** Where the item of a list stands after its button was pressed, as an id on the page. */
function placeOfMove(button: string): string {
  const [what = "", name = "", index = "0"] = button.split(":");
  const at = Number(index) + (what === "up" ? -1 : what === "down" ? 1 : 0);
  return what === "remove" ? `field-${name}` : `field-${name}-${at}`;
}

async function bringOut(working: Working): Promise<Response> {
  const { c, visit, kind, document } = working;
  const { typed, ...written } = await sent(working);
  const content = await withLibraryWords(visit.ctx, kind, document, written.content);
  // From another page than the form there is nothing to save: what stands there goes out.
  const saved = typed.version
    ? await saveSent(working, { ...written, content })
    : { kind: "saved" as const, document };
  if (saved.kind === "answer") return saved.response;
  const { id } = saved.document;
  const result = await publishDocument(visit.ctx, kind, { id, personId: visit.person.id });
  switch (result.kind) {
    case "published":
      return c.redirect(`${visit.desk.document(kind.kind, id)}?done=published`, 303);
    case "incomplete":
      return editPage(
        { ...working, document: saved.document },
        { content: result.content, errors: result.errors, opened: written.from },
      );
    case "not-due":
    case "not-found":
      return c.notFound();
    default:
      return result satisfies never;
  }
}
