import { DeskPage } from "../accounts/components.tsx";
import type { DeskVisit } from "../accounts/operations.ts";
import type { FieldErrors } from "../platform/fields.ts";
import { formatNumber } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import { ButtonLink } from "../ui/buttons.tsx";
import { ErrorSummary, SubmitButton } from "../ui/forms.tsx";
import type { Audience } from "./audience.ts";
import { CheckList, inWords } from "./check-list.tsx";
import { type Finding, stopsIn } from "./checks.ts";
import { languagesOf } from "./letter.ts";
import type { LinkReport } from "./links.ts";
import { seenOf, wholeOf } from "./operations.ts";
import type { Edition } from "./queries.ts";
import type { TypedSegment } from "./segment-form.ts";
import { AudienceSection, type Pickable } from "./segment-section.tsx";
import { titleOf, wayToEdition } from "./way.ts";

export type DraftPageProps = {
  visit: DeskVisit;
  edition: Edition;
  findings: Finding[];
  audience: Audience;
  pickable: Pickable;
  typed: TypedSegment;
  errors: FieldErrors;
  links: LinkReport | null;
  maySend: boolean;
  /** The last test that this person asked for was given up. */
  testFailed: boolean;
  announce: string | undefined;
};

/** An edition before it is sent: what it says, what was looked at, to whom, and when. */
export function DraftPage(props: DraftPageProps) {
  const { visit, edition, findings, errors, links, announce } = props;
  const { t, desk } = visit;
  const messages = errors.map(({ name, message }) => ({ name, message: t(message) }));
  return (
    <DeskPage
      visit={visit}
      section="newsletters"
      title={titleOf(visit, edition)}
      at={(to) => to.one("editions", edition.id)}
      breadcrumbs={wayToEdition(visit, edition)}
      errorCount={messages.length}
      announce={announce}
      actions={
        edition.document_id && (
          <ButtonLink look="secondary" href={desk.document("edition", edition.document_id)}>
            {t("editions:write")}
          </ButtonLink>
        )
      }
    >
      <ErrorSummary t={t} errors={messages} />
      {edition.automatic && <p class="notice">{t("editions:automatic")}</p>}
      <Says {...props} />
      <CheckList visit={visit} edition={edition} findings={findings} links={links} />
      <AudienceSection {...props} messages={messages} />
      <Send {...props} />
      <details class="edition-details">
        <summary>{t("editions:remove.ask")}</summary>
        <p>{t("editions:remove.text")}</p>
        <form method="post" action={desk.part("editions", edition.id, "remove")}>
          <SubmitButton look="secondary">{t("editions:remove.button")}</SubmitButton>
        </form>
      </details>
    </DeskPage>
  );
}

/** Subject and first line in each language, and ways to see the whole. */
function Says({ visit, edition, testFailed }: DraftPageProps) {
  const { t, desk, person } = visit;
  const content = wholeOf(edition);
  const written = languagesOf(content);
  return (
    <section class="desk-section" aria-labelledby="tekst">
      <h2 id="tekst">{t("editions:says.title")}</h2>
      {written.length === 0 && <p>{t("editions:says.nothing")}</p>}
      {written.length > 0 && (
        <dl class="desk-facts">
          {written.map((language) => (
            <div>
              <dt>{t(`writing:language.${language}`)}</dt>
              <dd lang={language}>
                <strong>{content.subject[language]}</strong>
                {content.preheader[language] && `\n${content.preheader[language]}`}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {written.length > 0 && (
        <div class="desk-bar edition-bar">
          <ButtonLink look="secondary" href={desk.part("editions", edition.id, "preview")}>
            {t("editions:preview.link")}
          </ButtonLink>
          <form method="post" action={desk.part("editions", edition.id, "testSend")}>
            <SubmitButton look="secondary">{t("editions:test.button")}</SubmitButton>
          </form>
          <p class="meta">{t("editions:test.to", { email: person.email })}</p>
        </div>
      )}
      {testFailed && <p class="notice">{t("editions:test.failed")}</p>}
    </section>
  );
}

/** Now, or at a moment; or what stands in the way. */
function Send({ visit, edition, findings, audience, maySend }: DraftPageProps) {
  const { t, desk, language } = visit;
  const stops = stopsIn(findings);
  const count = audience.all - audience.suppressed;
  const number = formatNumber(count, language);
  return (
    <section class="desk-section edition-send" aria-labelledby="field-versturen">
      <h2 id="field-versturen" tabindex={-1}>
        {t("editions:send.title")}
      </h2>
      {!maySend && <p>{t("editions:send.notYou")}</p>}
      {maySend && stops.length > 0 && (
        <div class="notice">
          <p>{t("editions:send.stops")}</p>
          <ul>
            {stops.map((stop) => (
              <li>{inWords(visit, stop)}</li>
            ))}
          </ul>
        </div>
      )}
      {maySend && stops.length === 0 && (
        <>
          <p>{t("editions:send.text", { newsletter: pick(edition.newsletter, language).text })}</p>
          <div class="desk-bar edition-bar">
            <form method="post" action={desk.part("editions", edition.id, "send")}>
              <input type="hidden" name="seen" value={seenOf(edition)} />
              <SubmitButton>{t("editions:send.now", { count, number })}</SubmitButton>
            </form>
            <ButtonLink
              look="secondary"
              href={`${desk.part("editions", edition.id, "schedule")}?${new URLSearchParams({ seen: seenOf(edition) })}`}
            >
              {t("editions:send.later")}
            </ButtonLink>
          </div>
        </>
      )}
    </section>
  );
}
