import { defaultLanguage, type Language } from "../platform/i18n.ts";
import { type Localized, pickAny } from "../platform/localized.ts";
import type { Piece, Problem, Stage, Typed } from "./fields/index.ts";
import type { DocumentKind } from "./kinds.ts";
import type { Content } from "./table.ts";

/** A content with every field of its kind: what it lacks is empty, what the kind does not know is left out. */
export const wholeContent = ({ fields }: DocumentKind, content: Content): Content =>
  Object.fromEntries(fields.map(({ name, empty }) => [name, content[name] ?? empty]));

/** The content in a form. */
export const contentFrom = ({ fields }: DocumentKind, typed: Typed): Content =>
  Object.fromEntries(fields.map((field) => [field.name, field.read(typed, field.name)]));

/** The content with what can be made from the rest: a slug from the title. */
export const completed = ({ fields }: DocumentKind, content: Content): Content =>
  Object.fromEntries(
    fields.map(({ name, empty, complete }) => {
      const value = content[name] ?? empty;
      return [name, complete ? complete(value, content) : value];
    }),
  );

/** What has to be mended, in the order of the fields. */
export const problemsIn = (kind: DocumentKind, content: Content, stage: Stage): Problem[] => [
  ...kind.fields.flatMap((field) => field.problems(content[field.name] ?? field.empty, field.name, stage)),
  ...(kind.problems?.(content) ?? []),
];

/**
 * What of a content can be saved: a field with a problem keeps what it had. Null where the rest does not stand without it.
 */
export function fitting(
  kind: DocumentKind,
  content: Content,
  before: Content,
  problems: Problem[],
): Content | null {
  const isWrong = (field: string) =>
    problems.some(({ name }) => name === field || name.startsWith(`${field}.`));
  const kept = Object.fromEntries(
    kind.fields.map(({ name, empty }) => [name, (isWrong(name) ? before : content)[name] ?? empty]),
  );
  return problemsIn(kind, kept, "saving").length > 0 ? null : kept;
}

/** Every text of a content, by its name ("title.nl"). */
export const piecesOf = ({ fields }: DocumentKind, content: Content): Piece[] =>
  fields.flatMap((field) => field.pieces(content[field.name] ?? field.empty, field.name));

/** The names of the texts that differ. */
export function changedPieces(kind: DocumentKind, before: Content, after: Content): string[] {
  const old = new Map(piecesOf(kind, before).map(({ name, text }) => [name, text]));
  const now = new Map(piecesOf(kind, after).map(({ name, text }) => [name, text]));
  return [...new Set([...old.keys(), ...now.keys()])].filter((name) => old.get(name) !== now.get(name));
}

/** The content after a button in a list was pressed ("up:questions:3"); the same for what is no such button. */
export function afterMove(kind: DocumentKind, content: Content, typed: Typed): Content {
  const [what = "", name = "", number = ""] = (typed.move ?? "").split(":");
  const field = kind.fields.find((one) => one.name === name);
  if (!field?.move) return content;
  return { ...content, [name]: field.move(content[name] ?? field.empty, what, number, typed) };
}

/** What a document is called; null while it has no title. */
export function titleOf(
  kind: DocumentKind,
  content: Content,
  language: Language = defaultLanguage,
): string | null {
  const title = kind.title(content);
  return (typeof title === "string" ? title : pickAny(title, language).text) || null;
}

/** Whether two contents read the same. */
export const sameTexts = (kind: DocumentKind, one: Content, other: Content): boolean =>
  changedPieces(kind, one, other).length === 0;

/** A text as its jsonb column holds it: languages without a word are left out. */
export const localized = ({ nl, en }: Localized): string => JSON.stringify(en ? { nl, en } : { nl });

/** The same for a column that may be null. */
export const localizedOrNull = (text: Localized): string | null => (text.nl ? localized(text) : null);
