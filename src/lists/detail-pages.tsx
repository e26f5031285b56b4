import type { Child } from "hono/jsx";
import { DeskPage } from "../accounts/components.tsx";
import { type DeskVisit, may } from "../accounts/operations.ts";
import type { Section } from "../mine/components.tsx";
import { readableAddress } from "../platform/email-address.ts";
import { dateInWords, momentInWords } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import { ErrorSummary, Form, RadioGroup, SubmitButton } from "../ui/forms.tsx";
import { removalReasons } from "./operations.ts";
import type { SignerAtWork, SubscriberAtWork } from "./queries.ts";
import { stateOf } from "./subscribers.ts";

type Fact = [label: string, value: Child | null];

const Facts = ({ facts }: { facts: Fact[] }) => (
  <dl class="desk-facts">
    {facts
      .filter(([, value]) => value !== null && value !== "")
      .map(([label, value]) => (
        <div>
          <dt>{label}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
  </dl>
);

/** The way to everything that is known of somebody, for who may see that. */
const WholePerson = ({ visit, id }: { visit: DeskVisit; id: string }) =>
  may(visit.person.roles, "people.list", null) ? (
    <p>
      <a href={visit.desk.one("people", id)}>{visit.t("lists:person.all")}</a>
    </p>
  ) : null;

/** One subscription with the proof of consent, and how to end it. */
export function SubscriberPage({ visit, one }: { visit: DeskVisit; one: SubscriberAtWork }) {
  const { t, language, desk } = visit;
  return (
    <DeskPage
      visit={visit}
      section="subscribers"
      title={readableAddress(one.email)}
      at={(to) => to.one("subscribers", one.id)}
      breadcrumbs={[
        { href: desk.section("subscribers"), label: t("lists:subscribers.title") },
        { label: readableAddress(one.email) },
      ]}
    >
      <Facts
        facts={[
          [t("lists:filter.newsletter"), pick(one.newsletter, language).text],
          [t("lists:column.name"), one.name],
          [t("lists:column.state"), t(`lists:subscription.${stateOf(one)}`)],
          [t("lists:column.language"), t(`ui:languageName.${one.language}`)],
          [t("lists:column.since"), momentInWords(one.since, language)],
          [t("lists:column.ended"), one.ended_at && momentInWords(one.ended_at, language)],
        ]}
      />
      <WholePerson visit={visit} id={one.person_id} />
      <section class="desk-section" aria-labelledby="proof-heading">
        <h2 id="proof-heading">{t("lists:proof.heading")}</h2>
        {one.consents.length === 0 && <p>{t("lists:proof.none")}</p>}
        {one.consents.map((consent) => (
          <Facts
            facts={[
              [t("lists:proof.text"), consent.text],
              [t("lists:proof.form"), consent.form_url],
              consent.stated
                ? [t("lists:proof.stated"), dateInWords(consent.given_at, language)]
                : [t("lists:proof.given"), momentInWords(consent.given_at, language)],
              [
                t(consent.text_version === "import" ? "lists:proof.imported" : "lists:proof.confirmed"),
                momentInWords(consent.confirmed_at, language),
              ],
            ]}
          />
        ))}
      </section>
      {!one.ended_at && (
        <section class="desk-section" aria-labelledby="end-heading">
          <h2 id="end-heading">{t("lists:end.heading")}</h2>
          <p>{t("lists:end.text")}</p>
          <Form action={desk.part("subscribers", one.id, "stop")} labelledBy="end-heading">
            <SubmitButton>{t("lists:end.button")}</SubmitButton>
          </Form>
        </section>
      )}
    </DeskPage>
  );
}

type SignerPageProps = { visit: DeskVisit; one: SignerAtWork; error: string | undefined };

/** One signature, and how to remove it. */
export function SignerPage({ visit, one, error }: SignerPageProps) {
  const { t, language, desk } = visit;
  const message = error && t(error);
  return (
    <DeskPage
      visit={visit}
      section="signatures"
      title={one.name}
      at={(to) => to.one("signatures", one.id)}
      errorCount={message ? 1 : 0}
      breadcrumbs={[
        { href: desk.section("signatures"), label: t("lists:signatures.title") },
        { label: one.name },
      ]}
    >
      <ErrorSummary t={t} idPrefix="remove" errors={message ? [{ name: "reason", message }] : []} />
      <Facts
        facts={[
          [t("lists:column.email"), readableAddress(one.email)],
          [t("lists:column.role"), one.role],
          [t("lists:column.organisation"), one.organisation],
          [t("lists:column.place"), one.place],
          [t("lists:column.appearance"), t(`lists:appearance.${one.appearance}`)],
          [t("lists:column.motivation"), one.motivation],
          [t("lists:column.signed"), momentInWords(one.signed_at, language)],
          [t("lists:column.confirmed"), momentInWords(one.confirmed_at, language)],
        ]}
      />
      <WholePerson visit={visit} id={one.person_id} />
      <section class="desk-section" aria-labelledby="remove-heading">
        <h2 id="remove-heading">{t("lists:remove.heading")}</h2>
        <p>{t("lists:remove.text")}</p>
        <Form action={desk.part("signatures", one.id, "remove")} labelledBy="remove-heading">
          <RadioGroup
            t={t}
            idPrefix="remove"
            name="reason"
            label={t("lists:remove.reason")}
            error={message}
            options={removalReasons.map((value) => ({ value, label: t(`lists:remove.${value}`) }))}
          />
          <SubmitButton>{t("lists:remove.button")}</SubmitButton>
        </Form>
      </section>
    </DeskPage>
  );
}

type PersonPageProps = { visit: DeskVisit; id: string; title: string; sections: Section[] };

/** Everything that is known of somebody: the same as they see themselves, in words about them. */
export function PersonPage({ visit, id, title, sections }: PersonPageProps) {
  const { t, language, desk } = visit;
  const value = (value: string | Date) => (value instanceof Date ? momentInWords(value, language) : value);
  return (
    <DeskPage
      visit={visit}
      section="people"
      title={title}
      at={(to) => to.one("people", id)}
      lead={t("lists:person.lead")}
      breadcrumbs={[{ href: desk.section("people"), label: t("lists:people.title") }, { label: title }]}
    >
      {sections.map(({ name, items }) => (
        <section class="desk-section" aria-labelledby={`of-${name}`}>
          <h2 id={`of-${name}`}>{t(`lists:person.section.${name}`)}</h2>
          {items.map((item) => (
            <>
              {(items.length > 1 || item.title !== t(`lists:person.section.${name}`)) && (
                <h3>{item.title}</h3>
              )}
              <Facts facts={item.facts.map((fact): Fact => [fact.what, value(fact.value)])} />
            </>
          ))}
        </section>
      ))}
    </DeskPage>
  );
}
