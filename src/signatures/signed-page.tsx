import type { Child } from "hono/jsx";
import { paths } from "../paths.ts";
import type { Language } from "../platform/i18n.ts";
import { SubmitButton } from "../ui/buttons.tsx";
import { Checkbox, Form } from "../ui/forms.tsx";
import { Icon } from "../ui/icons.tsx";
import { type Visit, VisitPage } from "../visit.tsx";
import type { Signature } from "./queries.ts";

type InviteProps = { visit: Visit; token: string; signature: Signature };
type SignedPageProps = InviteProps & {
  /** The way from a signature to work with people. */
  children: Child;
};

/** After confirming: thanks, what one could do next, and the signer's own invitation for a colleague. */
export function SignedPage({ visit, token, signature, children }: SignedPageProps) {
  const { t, language } = visit;
  const to = paths(language);
  const { appearance, motivation_state } = signature;
  return (
    <VisitPage
      visit={visit}
      at={(language) => paths(language).signed(token)}
      title={t("signing:signed.title")}
      scripts={["browser/copy.ts"]}
      noindex
    >
      <div class="page-title">
        <h1>{t("signing:signed.title")}</h1>
        <p class="lead">{t(`signing:stands.${appearance}`)}</p>
        {motivation_state === "waiting" && <p>{t("signing:signed.motivation")}</p>}
        <ul class="share-links">
          {appearance !== "counted" && (
            <li>
              <a href={to.signatories}>{t("signing:signed.signatories")}</a>
            </li>
          )}
          <li>
            <a href={to.mine}>{t("signing:signed.mine")}</a>
          </li>
        </ul>
      </div>
      {children}
      <InviteColleague visit={visit} token={token} signature={signature} />
    </VisitPage>
  );
}

const linkedIn = (url: string) =>
  `https://www.linkedin.com/sharing/share-offsite/?url=${encodeURIComponent(url)}`;

/** The personal link, ready-made texts around it, and whether it says who invites. */
function InviteColleague({ visit, token, signature }: InviteProps) {
  const { t, language, here } = visit;
  const to = paths(language);
  const link = here.movementOrigin + to.invitation(signature.invite_code);
  const subject = t("signing:invite.mailSubject");
  const body = t("signing:invite.mailBody", { link });
  const copy = { "data-copy": t("signing:invite.copy"), "data-copied": t("signing:invite.copied") };
  return (
    <section class="section section--sand" aria-labelledby="invite">
      <h2 class="section__heading" id="invite">
        {t("signing:invite.heading")}
      </h2>
      <div class="prose">
        <p>{t("signing:invite.why")}</p>
        <Ready id="invite-link" label={t("signing:invite.link")} text={link} rows={2} copy={copy} />
        <Ready
          id="invite-short"
          label={t("signing:invite.short")}
          text={t("signing:invite.shortText", { link })}
          rows={4}
          copy={copy}
        />
        <Ready id="invite-mail" label={t("signing:invite.mail")} text={body} rows={9} copy={copy} />
        <ul class="share-links">
          <li>
            <a href={`mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`}>
              <Icon name="mail" /> {t("signing:invite.byMail")}
            </a>
          </li>
          <li>
            <a href={linkedIn(link)} rel="noopener">
              <Icon name="linkedin" /> {t("signing:invite.byLinkedIn")}
            </a>
          </li>
        </ul>
        <Form action={to.signed(token)} labelledBy="invite">
          <Checkbox
            t={t}
            idPrefix="invite"
            name="shows-name"
            optional
            label={t("signing:invite.showsName", { name: signature.name })}
            description={t("signing:invite.showsNameWhy")}
            checked={signature.invite_shows_name}
          />
          <SubmitButton look="secondary">{t("signing:invite.save")}</SubmitButton>
        </Form>
      </div>
    </section>
  );
}

type ReadyProps = {
  id: string;
  label: string;
  text: string;
  rows: number;
  /** For the browser code that puts a button beside it. */
  copy: { "data-copy": string; "data-copied": string };
};

/** A text to take along. */
const Ready = ({ id, label, text, rows, copy }: ReadyProps) => (
  <div class="utrecht-form-field field">
    <label class="utrecht-form-label" for={id}>
      {label}
    </label>
    <textarea class="utrecht-textarea utrecht-textarea--html-textarea" id={id} rows={rows} readonly {...copy}>
      {text}
    </textarea>
  </div>
);

/** The link after confirming does not lead to a signature (any more). */
export function NotSignedPage({ visit, token }: { visit: Visit; token: string }) {
  const { t } = visit;
  const at = (language: Language) => paths(language).signed(token);
  return (
    <VisitPage visit={visit} at={at} title={t("signing:notSigned.title")} noindex>
      <div class="page-title">
        <h1>{t("signing:notSigned.title")}</h1>
        <p class="lead">{t("signing:notSigned.text")}</p>
        <p>
          <a href={paths(visit.language).manifesto}>{t("signing:notSigned.manifesto")}</a>
        </p>
      </div>
    </VisitPage>
  );
}
