/**
 * The writing engine. Everything public is written as a *document*: a working copy apart from what visitors see, with
 * its revisions, a preview, and a moment to go out. A feature adds a kind of document in three steps:
 *
 * 1. Its name in desk-paths.ts (`documents`), in Dutch and English, which makes its addresses.
 * 2. `<feature>/document.ts` (or documents/<name>.ts), with imports from ../writing/operations.ts only:
 *
 *        export const pageDocument = defineDocument<PageContent>({
 *          kind: "page",
 *          name: <key of a text>,                  // what one is called
 *          section: "texts",                       // the entry of the menu
 *          actions: { edit: "movement.edit", publish: "movement.publish" },
 *          fields: [line("title", { localized: true, label: <key of a text>, max: 120 }), …],
 *          title: ({ title }) => title,
 *          read: async (ctx, key) => …,            // from the live tables: whose it is, and its content; null: not there
 *          apply: async (ctx, document, content) => … // to the live tables, inside a transaction
 *          publicPath: async (ctx, document, content, language) => …,
 *        });
 *
 *    - The form, what it sends, comparing, and what has to be there at publishing come from `fields` (fields/*). Content
 *      is an object with one value per field, by its name; a Localized is { nl, en }, "" where there is nothing.
 *    - `apply` gets complete content without problems. It answers "refused" with the input's name where something
 *      stands in the way (a slug that is taken): before it writes, since the rest is undone then. It is also what the
 *      preview calls, in a transaction that is rolled back: no effects but in the database and `ctx.jobs`.
 *    - `remove` makes it withdrawable: take the live row away. Give up slugs by `leaveSlug` (apply too, where a slug
 *      changed), so that old addresses lead on or answer 410.
 *    - `creatable`: people can begin new ones. The key of a new one is a new UUID, to be the id of its live row.
 * 3. The kind in `documentKinds` of src/features.ts. Links: `desk.documentOf(kind, key)` opens the working copy of what
 *    is out; a form that posts to `desk.newDocument(kind, initiativeId)` begins a new one.
 *
 * Rights come from `actions`, for the document's initiative (null: the movement); the guard asks before any code here.
 */
import type { Action } from "../accounts/operations.ts";
import type { DeskPaths, DeskSection, DocumentName } from "../desk-paths.ts";
import type { Ctx } from "../platform/context.ts";
import type { Language } from "../platform/i18n.ts";
import type { Localized } from "../platform/localized.ts";
import type { Field, Pickable, Problem } from "./fields/index.ts";
import type { Content, Save } from "./table.ts";

/** A working copy with what is known of it. */
export type Document = {
  id: string;
  kind: DocumentName;
  key: string;
  initiativeId: string | null;
  /** What the initiative is called; null: it is the movement's. */
  initiativeName: Localized | null;
  content: Content;
  version: number;
  changedAt: Date;
  changedBy: string | null;
  /** The name, or else the address, of who changed it last; null where nobody is known. */
  changedByName: string | null;
  saves: Save[];
  /** What is out; null: nothing is. */
  published: Content | null;
  /** When it first went out. */
  publishedAt: Date | null;
  publishAt: Date | null;
  publishFailedAt: Date | null;
  withdrawnAt: Date | null;
};

/** What stands in the live tables: whose it is, since when visitors see it, and that they do (by default: they do). */
export type Live<C = Content> = {
  initiativeId: string | null;
  content: C;
  publishedAt?: Date;
  out?: boolean;
};

export type Applied = { kind: "applied" } | { kind: "refused"; errors: Problem[] };

export type DocumentKind<C = Content> = {
  kind: DocumentName;
  /** The key of the text that says what one is called. */
  name: string;
  section: DeskSection;
  actions: { edit: Action; publish: Action; withdraw?: Action };
  fields: Field[];
  /** Problems between fields: colours that cannot be read on each other, say. */
  problems?: (content: C) => Problem[];
  title: (content: C) => Localized | string;
  read: (ctx: Ctx, key: string) => Promise<Live<C> | null>;
  apply: (ctx: Ctx, document: Document, content: C) => Promise<Applied>;
  remove?: (ctx: Ctx, document: Document) => Promise<void>;
  /** Where visitors find it on the movement's site, path only. */
  publicPath: (ctx: Ctx, document: Document, content: C, language: Language) => Promise<string>;
  /** Where it goes on from writing, for what does not go out from here: an edition is sent from its own page. */
  onward?: { label: string; href: (to: DeskPaths, document: Document) => string };
  /** The key of a text to know before writing: that what is written now goes nowhere, say. */
  notice?: (ctx: Ctx, document: Document) => Promise<string | null>;
  /** What its fields of the sort "pick" offer, by the name of the field. */
  options?: (ctx: Ctx, document: Document, language: Language) => Promise<Record<string, Pickable[]>>;
  /** The keys of all there are, where they are few and always the same: they are listed in their section. */
  keys?: (ctx: Ctx) => Promise<string[]>;
  /** Can go out at a chosen moment. */
  canSchedule?: boolean;
  /** New ones can be begun, each for an initiative. */
  creatable?: boolean;
};

/** Forgets the shape of the content, so that the kinds of all features fit in one list. */
export const defineDocument = <C extends object>(kind: DocumentKind<C>): DocumentKind =>
  kind as unknown as DocumentKind;

/** The kinds of all features. */
export class DocumentKinds {
  readonly list: readonly DocumentKind[];
  constructor(...list: DocumentKind[]) {
    this.list = list;
  }

  /** @throws for a kind that no feature has: a document of an older program. */
  get(name: string): DocumentKind {
    const found = this.list.find(({ kind }) => kind === name);
    if (!found) throw new Error(`No kind of document "${name}"`);
    return found;
  }
}
