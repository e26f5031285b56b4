import { DeskPage } from "../accounts/components.tsx";
import type { DeskVisit } from "../accounts/operations.ts";
import type { FieldErrors } from "../platform/fields.ts";
import { pick } from "../platform/localized.ts";
import { FileField } from "../ui/file-field.tsx";
import { ErrorSummary, Form, SubmitButton } from "../ui/forms.tsx";
import { Picture } from "../ui/picture.tsx";
import { Text } from "../ui/text.tsx";
import type { Place } from "./desk-queries.ts";
import { BackToText, type TextToGoOnWith } from "./image-page.tsx";
import { imagePath, type MediaImage } from "./queries.ts";

type PlacesPageProps = { visit: DeskVisit; places: Place[]; withMovement: boolean };

/** Whose images: a choice for who works on more than one island. */
export function PlacesPage({ visit, places, withMovement }: PlacesPageProps) {
  const { t, language, desk } = visit;
  return (
    <DeskPage visit={visit} section="images" title={t("media:title")} lead={t("media:placesLead")}>
      <ul class="desk-cards">
        {withMovement && (
          <li>
            <h2 class="media-place">
              <a href={desk.one("images", "-")}>{t("media:ofMovement")}</a>
            </h2>
          </li>
        )}
        {places.map((place) => (
          <li>
            <h2 class="media-place">
              <a href={desk.one("images", place.id)}>
                <Text value={place.name} language={language} />
              </a>
            </h2>
          </li>
        ))}
      </ul>
    </DeskPage>
  );
}

/** The name of a library, and the way to it. */
const libraryName = (visit: DeskVisit, place: Place | null): string =>
  place ? visit.t("media:of", { name: pick(place.name, visit.language).text }) : visit.t("media:ofMovement");

type LibraryPageProps = {
  visit: DeskVisit;
  /** Null: the movement. */
  place: Place | null;
  images: MediaImage[];
  /** After which image the next page begins. */
  next: string | null;
  errors: FieldErrors;
  removed: boolean;
  text: TextToGoOnWith | null;
};

/** The images of an initiative or of the movement, newest first, with the form that adds one. */
export function LibraryPage({ visit, place, images, next, errors, removed, text }: LibraryPageProps) {
  const { t, desk } = visit;
  const id = place?.id ?? "-";
  const told = errors.map(({ name, message }) => ({ name, message: t(message) }));
  return (
    <DeskPage
      visit={visit}
      section="images"
      at={(to) => to.one("images", id)}
      title={libraryName(visit, place)}
      headingId="images-heading"
      errorCount={errors.length}
      announce={removed ? t("media:removed") : undefined}
    >
      <ErrorSummary t={t} errors={told} />
      <BackToText visit={visit} text={text} />
      <section class="desk-section" aria-labelledby="add-heading">
        <h2 id="add-heading">{t("media:add.heading")}</h2>
        <Form
          action={desk.part("images", id, "upload") + (text?.query ?? "")}
          encType="multipart/form-data"
          labelledBy="add-heading"
        >
          <FileField
            t={t}
            name="file"
            label={t("media:add.label")}
            description={t("media:add.description")}
            accept="image/jpeg,image/png,image/webp,image/avif,image/gif"
            error={told[0]?.message}
          />
          <SubmitButton>{t("media:add.button")}</SubmitButton>
        </Form>
      </section>
      <section class="desk-section" aria-labelledby="all-heading">
        <h2 id="all-heading">{t("media:all")}</h2>
        {images.length === 0 && <p>{t("media:none")}</p>}
        <ul class="media-list">
          {images.map((image) => (
            <li>
              <Thumbnail visit={visit} image={image} query={text?.query ?? ""} />
            </li>
          ))}
        </ul>
        {next && (
          <p>
            <a class="nl-link" href={`${desk.one("images", id)}?after=${next}${text?.and ?? ""}`}>
              {t("media:older")}
            </a>
          </p>
        )}
      </section>
    </DeskPage>
  );
}

/** The link says what the image is: its words, or its file's name; the picture itself adds nothing to that. */
function Thumbnail({ visit, image, query }: { visit: DeskVisit; image: MediaImage; query: string }) {
  const { t, language, desk } = visit;
  const focal = { x: image.focalX, y: image.focalY };
  return (
    <a class="media-card" href={desk.part("images", image.id, "alt") + query}>
      <Picture
        src={`/media/${imagePath(image)}`}
        alt=""
        use="thumbnail"
        focal={focal}
        class="media-card__picture"
      />
      <span class="media-card__name">
        {image.alt ? <Text value={image.alt} language={language} /> : `${image.name}.jpg`}
      </span>
      {!image.alt && (
        <span class="media-card__note">{t(image.decorative ? "media:isDecorative" : "media:noWords")}</span>
      )}
    </a>
  );
}
