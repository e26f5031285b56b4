import { signAnchor } from "../manifesto/components.tsx";
import type { Manifesto } from "../manifesto/queries.ts";
import type { AskingInitiative } from "../participation/queries.ts";
import { paths, technical } from "../paths.ts";
import type { FieldErrors } from "../platform/fields.ts";
import { pick } from "../platform/localized.ts";
import {
  Checkbox,
  CheckboxGroup,
  ErrorSummary,
  Form,
  Honeypot,
  RadioGroup,
  SubmitButton,
  TextArea,
  TextField,
} from "../ui/forms.tsx";
import { Text } from "../ui/text.tsx";
import type { Visit } from "../visit.tsx";
import { mostPrinciples, motivationLength } from "./policy.ts";
import { joinField, principleField } from "./sign-fields.ts";
import { appearances } from "./table.ts";

export type SignFormProps = {
  visit: Visit;
  manifesto: Manifesto;
  /** The initiatives that one can offer to work along with. */
  asking: AskingInitiative[];
  /** The code of the invitation that brought the visitor here. */
  invitedBy?: string | undefined;
  errors?: FieldErrors | undefined;
  typed?: Record<string, string> | undefined;
};

/** The form to sign, below the manifesto. */
export function SignForm({ visit, manifesto, asking, invitedBy, errors = [], typed = {} }: SignFormProps) {
  const { t, language } = visit;
  const field = (name: string) => {
    const found = errors.find((error) => error.name === name);
    return { t, idPrefix: "sign", name, value: typed[name], error: found && t(found.message) };
  };
  return (
    <section class="section section--sand" aria-labelledby={signAnchor}>
      <h2 class="section__heading" id={signAnchor}>
        {t("signing:heading")}
      </h2>
      <p class="lead">{t("signing:lead")}</p>
      <p>{t("signing:intro")}</p>
      <ErrorSummary
        t={t}
        idPrefix="sign"
        errors={errors.map(({ name, message }) => ({ name, message: t(message) }))}
      />
      <Form action={paths(language).sign} labelledBy={signAnchor}>
        <input type="hidden" name="version" value={typed.version ?? manifesto.version} />
        {invitedBy && <input type="hidden" name="invited-by" value={invitedBy} />}
        <TextField
          {...field("name")}
          autocomplete="name"
          label={t("forms:name.label")}
          description={t("signing:nameWhy")}
        />
        <TextField
          {...field("email")}
          type="email"
          autocomplete="email"
          label={t("forms:email.label")}
          description={t("signing:emailWhy")}
        />
        <TextField
          {...field("role")}
          autocomplete="organization-title"
          optional
          label={t("signing:role.label")}
          description={t("signing:role.why")}
        />
        <TextField
          {...field("organisation")}
          autocomplete="organization"
          optional
          label={t("signing:organisation.label")}
          description={t("signing:organisation.why")}
          suggestions={`${technical.organisations}?q=`}
        />
        <TextField
          {...field("place")}
          autocomplete="address-level2"
          optional
          label={t("signing:place.label")}
          description={t("signing:place.why")}
        />
        <RadioGroup
          {...field("appearance")}
          label={t("signing:appearance.label")}
          description={t("signing:appearance.why")}
          options={appearances.map((value) => ({
            value,
            label: t(`signing:appearance.${value}.label`),
            description: t(`signing:appearance.${value}.why`),
          }))}
        />
        <CheckboxGroup
          {...field("principles")}
          optional
          label={t("signing:principles.label", { most: mostPrinciples })}
          description={t("signing:principles.why")}
          options={manifesto.principles.map(({ slug, verb }) => ({
            name: principleField(slug),
            label: pick(verb, language).text,
            checked: typed[principleField(slug)] === "yes",
          }))}
        />
        <TextArea
          {...field("motivation")}
          optional
          rows={4}
          label={t("signing:motivation.label")}
          description={t("signing:motivation.why")}
          counter={{
            most: motivationLength,
            left: t("signing:motivation.left"),
            over: t("signing:motivation.over"),
          }}
        />
        <Checkbox
          {...field("newsletter")}
          value="yes"
          optional
          label={t("signing:newsletter")}
          checked={typed.newsletter === "yes"}
        />
        {asking.length > 0 && (
          <>
            <CheckboxGroup
              {...field("joins")}
              optional
              label={t("signing:joins.label")}
              description={t("signing:joins.why")}
              options={asking.map(({ slug, name, tagline }) => ({
                name: joinField(slug),
                label: pick(name, language).text,
                description: <Text value={tagline} language={language} />,
                checked: typed[joinField(slug)] === "yes",
              }))}
            />
            <TextArea
              {...field("offer")}
              optional
              rows={4}
              label={t("signing:offer.label")}
              description={t("signing:offer.why")}
            />
          </>
        )}
        <Honeypot t={t} idPrefix="sign" />
        <p>
          {t("signing:privacy")} <a href={paths(language).privacy}>{t("forms:privacyLink")}</a>
        </p>
        <SubmitButton>{t("signing:button")}</SubmitButton>
      </Form>
    </section>
  );
}
