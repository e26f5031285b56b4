import { DeskPage } from "../accounts/components.tsx";
import type { DeskVisit } from "../accounts/operations.ts";
import type { FieldErrors } from "../platform/fields.ts";
import { dateInWords } from "../platform/i18n.ts";
import { ButtonLink } from "../ui/buttons.tsx";
import { ErrorSummary, Form, RadioGroup, SubmitButton, TextArea } from "../ui/forms.tsx";
import { Picture } from "../ui/picture.tsx";
import { focalNames } from "./focal.ts";
import { imagePath, type MediaImage, type Use } from "./queries.ts";

/** A text that somebody is writing, and adds images for. */
export type TextToGoOnWith = { href: string; query: string; and: string };

/** The way back to the text that an image is for. */
export function BackToText({ visit, text }: { visit: DeskVisit; text: TextToGoOnWith | null }) {
  return text ? (
    <p>
      <ButtonLink href={text.href} look="secondary">
        {visit.t("media:backToText")}
      </ButtonLink>
    </p>
  ) : null;
}

type ImagePageProps = {
  visit: DeskVisit;
  image: MediaImage;
  /** As typed, or as it is kept. */
  fields: Record<string, string>;
  errors: FieldErrors;
  /** Where it still stands, after somebody wanted to remove it. */
  uses: Use[] | undefined;
  /** What was just done. */
  just: "added" | "saved" | undefined;
  text: TextToGoOnWith | null;
};

/** One image: what it shows in words, what has to stay in view, how to use it, and removing it. */
export function ImagePage(props: ImagePageProps) {
  const { visit, image, errors, uses, just, text } = props;
  const { t, language, desk } = visit;
  const told = errors.map(({ name, message }) => ({ name, message: t(message) }));
  const library = desk.one("images", image.initiativeId ?? "-");
  const title = t("media:image", { name: image.name });
  return (
    <DeskPage
      visit={visit}
      section="images"
      at={(to) => to.part("images", image.id, "alt")}
      title={title}
      breadcrumbs={[
        { label: t("media:title"), href: library + (text?.query ?? "") },
        { label: title, href: desk.part("images", image.id, "alt") },
      ]}
      errorCount={errors.length}
      announce={just && t(`media:just.${just}`)}
      scripts={["browser/focal-point.ts"]}
    >
      <ErrorSummary t={t} errors={told} />
      <BackToText visit={visit} text={text} />
      {uses && <InUse visit={visit} uses={uses} />}
      <p class="meta">
        {t("media:facts", {
          ...{ width: image.width, height: image.height },
          date: dateInWords(image.addedAt, language),
        })}
      </p>
      <DescribeForm {...props} errors={told} />
      <section class="desk-section" aria-labelledby="use-heading">
        <h2 id="use-heading">{t("media:inText.heading")}</h2>
        <p>{t("media:inText.text")}</p>
        <pre class="media-code">
          <code>{`![${image.alt?.nl ?? ""}](/media/${imagePath(image)})`}</code>
        </pre>
      </section>
      <section class="desk-section" aria-labelledby="remove-heading">
        <h2 id="remove-heading">{t("media:remove.heading")}</h2>
        <p>{t("media:remove.text")}</p>
        <Form action={desk.part("images", image.id, "remove")} labelledBy="remove-heading">
          <SubmitButton look="secondary">{t("media:remove.button")}</SubmitButton>
        </Form>
      </section>
    </DeskPage>
  );
}

function DescribeForm({ visit, image, fields, errors, text }: ImagePageProps) {
  const { t, desk } = visit;
  const errorOf = (name: string) => errors.find((error) => error.name === name)?.message;
  const focal = { x: Number(fields.focal_x) || 0, y: Number(fields.focal_y) || 0 };
  return (
    <Form action={desk.part("images", image.id, "alt") + (text?.query ?? "")}>
      <div class="media-focal" data-focal>
        <Picture src={`/media/${imagePath(image)}`} alt={t("media:focal.alt")} use="text" eager />
      </div>
      <RadioGroup
        t={t}
        name="meaning"
        label={t("media:meaning.label")}
        description={t("media:meaning.description")}
        error={errorOf("meaning")}
        value={fields.meaning}
        options={[
          { value: "words", label: t("media:meaning.words") },
          {
            value: "decorative",
            label: t("media:meaning.decorative"),
            description: t("media:meaning.decorativeHelp"),
          },
        ]}
      />
      <TextArea
        t={t}
        name="alt_nl"
        label={t("media:alt.label")}
        description={t("media:alt.description")}
        error={errorOf("alt_nl")}
        value={fields.alt_nl}
        rows={2}
      />
      <TextArea
        t={t}
        name="alt_en"
        label={t("media:alt.english")}
        error={errorOf("alt_en")}
        value={fields.alt_en}
        rows={2}
        optional
      />
      <div class="media-places">
        <RadioGroup
          t={t}
          name="focal"
          label={t("media:focal.label")}
          description={t("media:focal.description")}
          value={fields.focal}
          options={[
            ...focalNames.map((name) => ({ value: name, label: t(`media:focal.place.${name}`) })),
            { value: "own", label: t("media:focal.own") },
          ]}
        />
        <input type="hidden" name="focal_x" value={String(focal.x)} />
        <input type="hidden" name="focal_y" value={String(focal.y)} />
      </div>
      <SubmitButton>{t("media:save")}</SubmitButton>
    </Form>
  );
}

/** Why it cannot go yet: the texts that still show it. */
function InUse({ visit: { t }, uses }: { visit: DeskVisit; uses: Use[] }) {
  return (
    <div class="notice notice--error" role="alert">
      <p>{t("media:remove.inUse")}</p>
      <ul>
        {uses.map(({ kind, title }) => (
          <li>
            {t(`media:use.${kind}`)}
            {title && `: ${title}`}
          </li>
        ))}
      </ul>
    </div>
  );
}
