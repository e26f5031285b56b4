import { isDeepStrictEqual } from "node:util";
import { languages } from "../../platform/i18n.ts";
import { fieldId } from "../../ui/fields.tsx";
import type { Content } from "../table.ts";
import { asField, type Field, idOf, type Typed } from "./types.ts";

const languageLabels: string[] = languages.map((language) => `writing:language.${language}`);

const emptyOf = (fields: Field[]): Content =>
  Object.fromEntries(fields.map(({ name, empty }) => [name, empty]));
const readAll = (fields: Field[], typed: Typed, at: string): Content =>
  Object.fromEntries(fields.map((field) => [field.name, field.read(typed, `${at}.${field.name}`)]));
const isEmpty = (fields: Field[], value: Content) => isDeepStrictEqual(value, emptyOf(fields));

/** Fields that belong together, as one value with a heading of its own. */
export const group = (
  name: string,
  fields: Field[],
  options: { label: string; description?: string },
): Field =>
  asField<Content>({
    name,
    label: options.label,
    hasImages: fields.some(({ hasImages }) => hasImages),
    empty: emptyOf(fields),
    read: (typed, at) => readAll(fields, typed, at),
    problems: (value, at, stage) =>
      fields.flatMap((field) =>
        field.problems(value[field.name] ?? field.empty, `${at}.${field.name}`, stage),
      ),
    pieces: (value, at) =>
      fields.flatMap((field) => field.pieces(value[field.name] ?? field.empty, `${at}.${field.name}`)),
    input: (value, at, around) => (
      <fieldset class="writing-group">
        <legend>{around.t(options.label)}</legend>
        {options.description && <p class="bilingual__help">{around.t(options.description)}</p>}
        {fields.map((field) => field.input(value[field.name] ?? field.empty, `${at}.${field.name}`, around))}
      </fieldset>
    ),
  });

type ListOptions = {
  label: string;
  description?: string;
  /** The key of what one of them is called, with its number: "Vraag {{number}}". */
  item: string;
  /** The key of the button that adds one. */
  add: string;
  min?: number;
  max?: number;
};

/** Numbers of the items in a form, in the order in which they stand there: dragging moves them as they are. */
function numbersIn(typed: Typed, at: string): string[] {
  const numbers = Object.keys(typed).flatMap((name) => {
    const rest = name.startsWith(`${at}.`) ? name.slice(at.length + 1) : "";
    return /^(\d{1,3})\./.exec(rest)?.[1] ?? [];
  });
  return [...new Set(numbers)];
}

/** Several of the same, in an order: questions, portraits. Ones without a word in them are left out. */
export const list = (name: string, fields: Field[], options: ListOptions): Field =>
  asField<Content[]>({
    name,
    label: options.label,
    hasImages: fields.some(({ hasImages }) => hasImages),
    empty: [],
    read: (typed, at) => numbersIn(typed, at).map((number) => readAll(fields, typed, `${at}.${number}`)),
    problems: (value, at, stage) => {
      if (options.max && value.length > options.max)
        return [{ name: at, message: "writing:tooMany", values: { max: options.max } }];
      const filled = value.filter((item) => !isEmpty(fields, item));
      if (stage === "publishing" && filled.length < (options.min ?? 0))
        return [{ name: at, message: "writing:tooFew", values: { count: options.min ?? 0 } }];
      return value.flatMap((item, index) =>
        stage === "publishing" && isEmpty(fields, item)
          ? []
          : fields.flatMap((field) =>
              field.problems(item[field.name] ?? field.empty, `${at}.${index}.${field.name}`, stage),
            ),
      );
    },
    complete: (value) => value.filter((item) => !isEmpty(fields, item)),
    pieces: (value, at) => {
      const pieces = new Map<string, { label: string[]; texts: string[] }>();
      for (const item of value)
        for (const field of fields)
          for (const piece of field.pieces(item[field.name] ?? field.empty, field.name)) {
            const last = piece.label.at(-1) ?? "";
            const language = languageLabels.includes(last) ? last : "";
            const found = pieces.get(language) ?? {
              label: [options.label, ...(language ? [language] : [])],
              texts: [],
            };
            pieces.set(language, { ...found, texts: [...found.texts, piece.text] });
          }
      return [...pieces].map(([language, { label, texts }]) => ({
        name: language ? `${at}.${language.slice(-2)}` : at,
        label,
        text: texts.filter(Boolean).join("\n\n"),
      }));
    },
    input: (value, at, around) => {
      const { t } = around;
      return (
        <fieldset class="writing-list" id={fieldId(idOf(at))} tabindex={-1}>
          <legend>{t(options.label)}</legend>
          {options.description && <p class="bilingual__help">{t(options.description)}</p>}
          {around.error(at) && <p class="utrecht-form-field-error-message">{around.error(at)}</p>}
          <ol class="writing-list__items" data-order={at}>
            {value.map((item, index) => {
              const here = `${at}.${index}`;
              const title = t(options.item, { number: index + 1 });
              return (
                <li data-order-name={title} id={fieldId(idOf(here))} tabindex={-1}>
                  <fieldset class="writing-list__item">
                    <legend>{title}</legend>
                    {fields.map((field) =>
                      field.input(item[field.name] ?? field.empty, `${here}.${field.name}`, around),
                    )}
                    <p class="writing-list__moves">
                      {moves.map((what) => (
                        <Move
                          value={`${what}:${at}:${index}`}
                          label={t(`writing:move.${what}`, { title })}
                          text={t(`writing:move.${what}Short`)}
                        />
                      ))}
                    </p>
                  </fieldset>
                </li>
              );
            })}
          </ol>
          <Move value={`add:${at}:${value.length}`} text={t(options.add)} />
        </fieldset>
      );
    },
    move: (value, what, number, typed) =>
      moved(value, what, numbersIn(typed, name).indexOf(number), emptyOf(fields)),
  });

const moves = ["up", "down", "remove"] as const;

/** The list after a button of it was pressed; the same where nothing can move there. */
function moved(value: Content[], what: string, index: number, empty: Content): Content[] {
  const item = value[index];
  const rest = value.toSpliced(index, 1);
  if (what === "add") return [...value, empty];
  if (!item) return value;
  if (what === "remove") return rest;
  const to = what === "up" ? index - 1 : index + 1;
  return to < 0 || to >= value.length ? value : rest.toSpliced(to, 0, item);
}

/** A button that changes the list: it saves what was typed along with it. */
function Move({ value, text, label }: { value: string; text: string; label?: string }) {
  return (
    <button type="submit" class="nl-button nl-button--subtle" name="move" value={value} aria-label={label}>
      {text}
    </button>
  );
}
