import { paths } from "../paths.ts";
import type { FieldErrors } from "../platform/fields.ts";
import type { Language } from "../platform/i18n.ts";
import { type Localized, pick } from "../platform/localized.ts";
import { Checkbox, ErrorSummary, Form, Honeypot, SubmitButton, TextField } from "../ui/forms.tsx";
import { canonicalIsland, islandPaths, type Visit } from "../visit.tsx";
import type { Newsletter } from "./queries.ts";

/** A newsletter as its form shows it. */
export type NewsletterInvitation = { name: Localized; description: Localized };

/** Where a newsletter stands, as seen by this visit: whose it is, its paths here, and its canonical ones. */
export function newsletterPlace(visit: Visit, newsletter: Pick<Newsletter, "slug" | "host" | "initiative">) {
  const { here, language } = visit;
  const { slug, host, initiative } = newsletter;
  const own = (language: Language) => (slug === null ? paths(language) : islandPaths(here, slug, language));
  const movement = (language: Language) => ({ origin: here.movementOrigin, paths: paths(language) });
  return {
    owner: initiative ? pick(initiative, language).text : here.frame(language).name,
    home: slug === null ? visit.paths.home : own(language).home,
    own,
    canonical: (language: Language) =>
      slug === null ? movement(language) : canonicalIsland(here, { slug, host }, language),
  };
}

type SubscribeFormProps = {
  visit: Visit;
  newsletter: NewsletterInvitation;
  /** The newsletter's path as seen from here: where the form is sent to. */
  action: string;
  /** The level of the heading on this page. */
  level?: 1 | 2 | 3;
  errors?: FieldErrors;
  typed?: Record<string, string>;
};

/** The form to subscribe, for any page. A mistake is shown on the newsletter's own page. */
export function SubscribeForm(props: SubscribeFormProps) {
  const { visit, newsletter, action, level = 2, errors = [], typed = {} } = props;
  const { t, language, paths } = visit;
  const Heading = `h${level}` as "h2";
  const field = { t, idPrefix: "subscribe" };
  const errorOf = (name: string) => {
    const found = errors.find((error) => error.name === name);
    return found && t(found.message);
  };
  const name = pick(newsletter.name, language);
  const description = pick(newsletter.description, language);
  return (
    <div class="subscribe">
      <Heading id="subscribe-heading" lang={name.language}>
        {name.text}
      </Heading>
      <p class="lead" lang={description.language}>
        {description.text}
      </p>
      <p>{t("newsletters:intro")}</p>
      <ErrorSummary
        t={t}
        idPrefix="subscribe"
        errors={errors.map(({ name, message }) => ({ name, message: t(message) }))}
      />
      <Form action={action} labelledBy="subscribe-heading">
        <TextField
          {...field}
          name="email"
          type="email"
          autocomplete="email"
          label={t("forms:email.label")}
          description={t("newsletters:emailWhy")}
          value={typed.email}
          error={errorOf("email")}
        />
        <TextField
          {...field}
          name="name"
          autocomplete="name"
          optional
          label={t("forms:name.label")}
          description={t("newsletters:nameWhy")}
          value={typed.name}
          error={errorOf("name")}
        />
        <Checkbox
          {...field}
          name="consent"
          label={t("newsletters:consent")}
          checked={typed.consent === "yes"}
          error={errorOf("consent")}
        >
          <a href={paths.privacy}>{t("forms:privacyLink")}</a>
        </Checkbox>
        <Honeypot {...field} />
        <SubmitButton>{t("newsletters:subscribe")}</SubmitButton>
      </Form>
    </div>
  );
}
