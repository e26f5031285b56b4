import { paths } from "../paths.ts";
import type { FieldErrors } from "../platform/fields.ts";
import type { Language } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import {
  Checkbox,
  ErrorSummary,
  Form,
  Honeypot,
  RadioGroup,
  SubmitButton,
  TextArea,
  TextField,
} from "../ui/forms.tsx";
import { Markdown } from "../ui/markdown.tsx";
import { Text } from "../ui/text.tsx";
import { canonicalIsland, islandPaths, type Visit, VisitPage } from "../visit.tsx";
import type { Addressee } from "./queries.ts";
import { tipKinds } from "./table.ts";

type ContactPageProps = {
  visit: Visit;
  addressee: Addressee;
  errors?: FieldErrors;
  typed?: Record<string, string>;
};

/** Send a tip to an island or to the movement. */
export function ContactPage(props: ContactPageProps) {
  const { visit, addressee, errors = [] } = props;
  const { t, language, here } = visit;
  const { slug, host } = addressee;
  const at = (language: Language) =>
    slug === null ? paths(language).contact : islandPaths(here, slug, language).contact;
  const canonical = (language: Language) => {
    if (slug === null) return here.movementOrigin + paths(language).contact;
    const home = canonicalIsland(here, { slug, host }, language);
    return home.origin + home.paths.contact;
  };
  const name = pick(addressee.name, language).text;
  const title = t("contact:titleOf", { name });
  const home = slug === null ? visit.paths.home : islandPaths(here, slug, language).home;
  return (
    <VisitPage
      visit={visit}
      at={at}
      canonical={canonical}
      title={title}
      description={t("contact:description", { name })}
      errorCount={errors.length}
      breadcrumbs={[{ href: home, label: name }, { label: t("contact:title") }]}
    >
      <div class="page-title">
        <h1>{addressee.heading ? <Text value={addressee.heading} language={language} /> : title}</h1>
        {addressee.text ? (
          <Invitation text={addressee.text} language={language} />
        ) : (
          <p class="lead">{t("contact:lead")}</p>
        )}
      </div>
      <div class="section section--tight">
        <div class="panel panel--sand">
          <h2 id="contact-heading">{t("contact:formHeading")}</h2>
          <p>{t("contact:intro")}</p>
          <ErrorSummary
            t={t}
            idPrefix="contact"
            errors={errors.map((error) => ({ ...error, message: t(error.message) }))}
          />
          <TipForm {...props} action={at(language)} />
        </div>
      </div>
    </VisitPage>
  );
}

function Invitation({ text, language }: { text: NonNullable<Addressee["text"]>; language: Language }) {
  const picked = pick(text, language);
  return (
    <div class="lead" lang={picked.language}>
      <Markdown text={picked.text} />
    </div>
  );
}

function TipForm({ visit, errors = [], typed = {}, action }: ContactPageProps & { action: string }) {
  const { t, paths } = visit;
  const field = (name: string) => {
    const error = errors.find((one) => one.name === name);
    return { t, idPrefix: "contact", name, value: typed[name], error: error && t(error.message) };
  };
  const options = tipKinds.map((kind) => ({ value: kind, label: t(`contact:kind.${kind}`) }));
  return (
    <Form action={action} labelledBy="contact-heading">
      <RadioGroup {...field("kind")} label={t("contact:kind.label")} options={options} />
      <TextArea
        {...field("text")}
        label={t("contact:text.label")}
        description={t("contact:text.why")}
        rows={8}
      />
      <TextField
        {...field("name")}
        label={t("forms:name.label")}
        description={t("contact:name.why")}
        autocomplete="name"
      />
      <TextField
        {...field("email")}
        type="email"
        label={t("forms:email.label")}
        description={t("contact:emailWhy")}
        autocomplete="email"
      />
      <TextField
        {...field("organisation")}
        optional
        label={t("contact:organisation.label")}
        autocomplete="organization"
      />
      <TextField
        {...field("place")}
        optional
        label={t("contact:place.label")}
        description={t("contact:place.why")}
      />
      <TextField
        {...field("link")}
        optional
        type="url"
        label={t("contact:link.label")}
        description={t("contact:link.why")}
      />
      <Checkbox
        t={t}
        idPrefix="contact"
        name="subscribe"
        optional
        label={t("contact:subscribe")}
        checked={typed.subscribe === "yes"}
      />
      <p>
        <a href={paths.privacy}>{t("forms:privacyLink")}</a>
      </p>
      <Honeypot t={t} idPrefix="contact" />
      <SubmitButton>{t("contact:send")}</SubmitButton>
    </Form>
  );
}
