import { isDeepStrictEqual } from "node:util";
import type { Localized } from "../../platform/localized.ts";
import { fieldId } from "../../ui/fields.tsx";
import { Checkbox } from "../../ui/forms.tsx";
import { smallest } from "../../ui/pictures.ts";
import { localized } from "../content.ts";
import { line } from "./text.tsx";
import { asField, type Field, type ImageChoice, idOf, type Piece, type Surroundings } from "./types.ts";

/** An image with what it shows, in words; `path` is below /media, "" for none. */
export type ImageContent = { path: string; alt: Localized; decorative: boolean };

/** What the columns of an image hold. */
export const imageColumns = (image: ImageContent) => ({
  image: image.path || null,
  image_alt: image.path && !image.decorative && image.alt.nl ? localized(image.alt) : null,
});

/** A path below /media, of letters that lead nowhere else. */
const isPath = (path: string) => /^[\w-]+(\/[\w-]+)*\.(?:jpe?g|png|webp|avif|svg)$/i.test(path);

type ImageOptions = {
  label: string;
  description?: string;
  /** False where the words beside it say it all (a name with a portrait): nothing is asked then, nothing is kept. */
  described?: boolean;
};

/** An image with its description. That it needs none is said outright: "decorative" is a choice of its own. */
export const image = (name: string, options: ImageOptions): Field => {
  const described = options.described !== false;
  const alt = line("alt", {
    localized: true,
    label: "writing:image.alt",
    description: "writing:image.altHelp",
    max: 300,
  });
  const none: ImageContent = { path: "", alt: { nl: "", en: "" }, decorative: false };
  const piecesOfWords = (value: ImageContent, at: string): Piece[] => [
    ...alt.pieces(value.alt, `${at}.alt`),
    {
      name: `${at}.decorative`,
      label: ["writing:image.decorative"],
      text: value.decorative ? "yes" : "",
    },
  ];
  return asField<ImageContent>({
    name,
    label: options.label,
    hasImages: true,
    empty: none,
    read: (typed, at) => ({
      path: isPath(typed[`${at}.path`] ?? "") ? (typed[`${at}.path`] ?? "") : "",
      alt: described ? (alt.read(typed, `${at}.alt`) as Localized) : none.alt,
      decorative: described && typed[`${at}.decorative`] === "yes",
    }),
    problems: (value, at, stage) =>
      described
        ? [
            ...alt.problems(value.alt, `${at}.alt`, "saving"),
            ...(stage === "publishing" && value.path && !value.decorative && !value.alt.nl
              ? [{ name: `${at}.alt.nl`, message: "writing:image.altMissing" }]
              : []),
          ]
        : [],
    pieces: (value, at) => [
      { name: `${at}.path`, label: [options.label], text: value.path },
      ...(described ? piecesOfWords(value, at) : []),
    ],
    describe: async (value, before, wordsOf) => {
      const untouched = isDeepStrictEqual([value.alt, value.decorative], [before.alt, before.decorative]);
      if (!described || !value.path || value.path === before.path || !untouched) return value;
      const words = await wordsOf(value.path);
      if (!words || (!words.alt && !words.decorative)) return value;
      return { ...value, alt: { ...none.alt, ...words.alt }, decorative: words.decorative };
    },
    input: (value, at, around) => (
      <fieldset
        class="image-field"
        id={fieldId(idOf(at))}
        tabindex={-1}
        data-image-field
        data-upload={around.uploadHref}
        data-library={around.libraryHref}
      >
        <legend>
          {around.t(options.label)} {around.t("ui:optional")}
        </legend>
        {options.description && <p class="bilingual__help">{around.t(options.description)}</p>}
        <Choices at={at} value={value} around={around} />
        {described && alt.input(value.alt, `${at}.alt`, around)}
        {described && <Decorative at={at} value={value} around={around} />}
      </fieldset>
    ),
  });
};

function Decorative({ at, value, around }: { at: string; value: ImageContent; around: Surroundings }) {
  const name = `${at}.decorative`;
  return (
    <Checkbox
      t={around.t}
      name={name}
      id={fieldId(idOf(name))}
      label={around.t("writing:image.decorative")}
      description={around.t("writing:image.decorativeHelp")}
      checked={value.decorative}
      error={around.error(name)}
      optional
    />
  );
}

/** The images of a page of the library, with ways to others; its buttons save what was typed. */
function Choices({ at, value, around }: { at: string; value: ImageContent; around: Surroundings }) {
  const { t, images } = around;
  const { choices, next, isFirst } = images;
  const own = value.path !== "" && !choices.some(({ path }) => path === value.path);
  const ownWords = { path: value.path, name: nameOf(value.path), alt: null, decorative: false };
  const shown = own ? [ownWords, ...choices] : choices;
  return (
    <>
      <ul class="image-field__choices" data-image-choices>
        <li>
          <Choice at={at} number={0} chosen={!value.path} label={t("writing:image.none")} />
        </li>
        {shown.map((one, index) => (
          <li>
            <Choice
              at={at}
              number={index + 1}
              image={one}
              chosen={value.path === one.path}
              label={one.name}
            />
          </li>
        ))}
      </ul>
      <p class="image-field__more">
        {!isFirst && <Then value={`images::${at}`}>{t("writing:image.newest")}</Then>}
        {next && (
          <Then value={`images:${next}:${at}`} after={next}>
            {t("writing:image.older")}
          </Then>
        )}
        <Then value="images">{t("writing:image.more")}</Then>
      </p>
    </>
  );
}

/** The file's name in a path, as the library calls it: "1600x900-haven.jpg" is "haven". */
const nameOf = (path: string) => path.replace(/^.*\//, "").replace(/^\d+x\d+-(.*)\.jpg$/, "$1");

function Then({ value, after, children }: { value: string; after?: string; children: string }) {
  return (
    <button
      type="submit"
      class="nl-button nl-button--subtle"
      name="then"
      value={value}
      data-images-after={after}
      data-images-library={value === "images" || undefined}
    >
      {children}
    </button>
  );
}

type ChoiceProps = { at: string; number: number; image?: ImageChoice; chosen: boolean; label: string };

function Choice({ at, number, image, chosen, label }: ChoiceProps) {
  const id = fieldId(idOf(number === 0 ? `${at}.path` : `${at}.path.${number}`));
  return (
    <>
      <input
        type="radio"
        id={id}
        name={`${at}.path`}
        value={image?.path ?? ""}
        checked={chosen}
        data-alt-nl={image?.alt?.nl}
        data-alt-en={image?.alt?.en}
        data-decorative={image?.decorative}
      />
      <label for={id}>
        {image && <img src={smallest(`/media/${image.path}`)} alt="" loading="lazy" decoding="async" />}
        <span>{label}</span>
      </label>
    </>
  );
}
