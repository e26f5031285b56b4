import type { Localized } from "../../platform/localized.ts";
import { fieldId } from "../../ui/fields.tsx";
import { Checkbox } from "../../ui/forms.tsx";
import { pictureAt, pictureWidths } from "../../ui/pictures.ts";
import { localized } from "../content.ts";
import { line } from "./text.tsx";
import { asField, type Field, idOf, type Piece, type Surroundings } from "./types.ts";

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
    input: (value, at, around) => {
      const { t, images } = around;
      const own = value.path && !images.some(({ path }) => path === value.path);
      const shown = own ? [{ path: value.path, name: value.path }, ...images] : images;
      return (
        <fieldset class="image-field" data-image-field data-upload={around.uploadHref}>
          <legend>
            {t(options.label)} {t("ui:optional")}
          </legend>
          {options.description && <p class="bilingual__help">{t(options.description)}</p>}
          <ul class="image-field__choices" data-image-choices>
            <li>
              <Choice at={at} number={0} path="" chosen={!value.path} label={t("writing:image.none")} />
            </li>
            {shown.map((one, index) => (
              <li>
                <Choice
                  at={at}
                  number={index + 1}
                  path={one.path}
                  chosen={value.path === one.path}
                  label={one.name}
                />
              </li>
            ))}
          </ul>
          <p>
            <button type="submit" class="nl-button nl-button--subtle" name="then" value="images">
              {t("writing:image.more")}
            </button>
          </p>
          {described && alt.input(value.alt, `${at}.alt`, around)}
          {described && <Decorative at={at} value={value} around={around} />}
        </fieldset>
      );
    },
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

type ChoiceProps = { at: string; number: number; path: string; chosen: boolean; label: string };

function Choice({ at, number, path, chosen, label }: ChoiceProps) {
  const id = fieldId(idOf(number === 0 ? `${at}.path` : `${at}.path.${number}`));
  const uploaded = path && pictureAt(`/media/${path}`);
  const source = uploaded
    ? `/media/${uploaded.id}/${pictureWidths(uploaded.width)[0]}.jpg`
    : `/media/${path}`;
  return (
    <>
      <input type="radio" id={id} name={`${at}.path`} value={path} checked={chosen} />
      <label for={id}>
        {path && <img src={source} alt="" loading="lazy" decoding="async" />}
        <span>{label}</span>
      </label>
    </>
  );
}
