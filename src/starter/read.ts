import { existsSync, readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { languages } from "../platform/i18n.ts";
import type { Localized } from "../platform/localized.ts";

type FrontMatter = Record<string, unknown>;
export type Document = { front: FrontMatter; body: string };

/** A content file and its translations: Dutch is the source, the others may lack. */
export type Texts = { nl: Document } & Record<string, Document | undefined>;

const shape = /^---\n([\s\S]*?)\n---\n?([\s\S]*)$/;

function readDocument(file: string): Document {
  const [, front, body] = shape.exec(readFileSync(file, "utf8")) ?? [];
  if (front === undefined) throw new Error(`${file} has no front matter`);
  return { front: parse(front) as FrontMatter, body: (body ?? "").trim() };
}

/** Reads `<base>.nl.md` and its translations. */
export function readTexts(base: string): Texts {
  const found = languages
    .map((language) => [language, `${base}.${language}.md`] as const)
    .filter(([, file]) => existsSync(file))
    .map(([language, file]) => [language, readDocument(file)]);
  return Object.fromEntries(found);
}

/** The base names of the Dutch files in a folder, in order. */
export function listBases(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".nl.md"))
    .map((name) => `${folder}/${name.replace(/\.nl\.md$/, "")}`)
    .sort();
}

/** One text from the front matter in every language that has it, reached by a path of keys. */
export function localized(texts: Texts, ...keys: (string | number)[]): Localized | null {
  return collect(
    (document) => keys.reduce<unknown>((value, key) => (value as FrontMatter)?.[key], document.front),
    texts,
  );
}

export const localizedBody = (texts: Texts): Localized =>
  collect((document) => document.body, texts) ?? { nl: "" };

function collect(read: (document: Document) => unknown, texts: Texts): Localized | null {
  const entries = Object.entries(texts)
    .map(([language, document]) => [language, document && read(document)])
    .filter(([, text]) => typeof text === "string" && text !== "");
  const result = Object.fromEntries(entries);
  return result.nl ? (result as Localized) : null;
}

/** As `localized`, for a text that every Dutch file must have. */
export function required(texts: Texts, ...keys: (string | number)[]): Localized {
  const text = localized(texts, ...keys);
  if (!text) throw new Error(`The starter content lacks ${keys.join(".")}`);
  return text;
}
