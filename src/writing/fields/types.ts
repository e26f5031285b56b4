import type { Child } from "hono/jsx";
import type { Language, Translate } from "../../platform/i18n.ts";
import type { Localized } from "../../platform/localized.ts";
import type { Content } from "../table.ts";

/** What a form sent: each input's name with what was typed. */
export type Typed = Record<string, string>;

/** While saving, a draft may be incomplete; while publishing, everything has to be there. */
export type Stage = "saving" | "publishing";

/** Something to mend: the name of the input, and the key of the text with its values. */
export type Problem = { name: string; message: string; values?: Record<string, string | number> };

/** What the library says of an image: what it shows, or that it is decoration. */
export type ImageWords = { alt: Localized | null; decorative: boolean };

/** An image as a form offers it to be chosen. */
export type ImageChoice = ImageWords & { path: string; name: string };

/** A page of the library: its images, and after which the next page begins. */
export type ImagePage = { choices: ImageChoice[]; next: string | null; isFirst: boolean };

/** Something that can be picked, by its id, in words of its own. */
export type Pickable = { value: string; label: string };

/** What an input needs to know of the page around it. */
export type Surroundings = {
  t: Translate;
  language: Language;
  /** The languages that the site is shown in. */
  languages: readonly Language[];
  /** The text of the problem with an input, by its name. */
  error: (name: string) => string | undefined;
  /** What can be picked, by the name of the field. */
  options: Record<string, Pickable[]>;
  /** Images that can be chosen. */
  images: ImagePage;
  /** Where the editor gets more images, sends new ones, and asks whether a link leads somewhere. */
  libraryHref: string;
  uploadHref: string;
  checkLinkHref: string;
};

/** A piece of a text to compare: which one ("title.nl"), what it is called (keys of texts), and its words. */
export type Piece = { name: string; label: string[]; text: string };

/** One field of a kind of document: everything that the engine asks of it. */
export type Field<Value = unknown> = {
  name: string;
  /** The key of its label. */
  label: string;
  empty: Value;
  /** Its value in a form; `at` is the name of its input, such as "questions.2.answer". */
  read: (typed: Typed, at: string) => Value;
  problems: (value: Value, at: string, stage: Stage) => Problem[];
  /** Fills in what can be made from the rest (a slug from the title) before publishing. */
  complete?: (value: Value, content: Content) => Value;
  pieces: (value: Value, at: string) => Piece[];
  input: (value: Value, at: string, around: Surroundings) => Child;
  /** Images of the library can be chosen in it. */
  hasImages?: boolean;
  /** Takes over what the library says of an image that was just chosen. `before`: what was chosen until now. */
  describe?: (
    value: Value,
    before: Value,
    wordsOf: (path: string) => Promise<ImageWords | null>,
  ) => Promise<Value>;
  /** Of a list: what a button in it does ("up", "down", "remove", "add") to the item with this number in the form. */
  move?: (value: Value, what: string, number: string, typed: Typed) => Value;
};

/** Forgets the type of the value, so that all fields of a kind fit in one list. */
export const asField = <Value>(field: Field<Value>): Field => field as unknown as Field;

/** The name of an input as an id can hold it. */
export const idOf = (name: string): string => name.replaceAll(".", "-");
