import { initiativeKinds } from "../initiatives/queries.ts";
import { paths, technical } from "../paths.ts";
import type { FieldErrors } from "../platform/fields.ts";
import { pick } from "../platform/localized.ts";
import { ErrorSummary, Form, Honeypot, RadioGroup, SubmitButton, TextArea, TextField } from "../ui/forms.tsx";
import { NotSent } from "../ui/not-sent.tsx";
import { type Visit, VisitPage } from "../visit.tsx";
import type { Proposal, Similar } from "./queries.ts";

type ProposePageProps = {
  visit: Visit;
  errors?: FieldErrors;
  typed?: Record<string, string>;
  similar?: Similar[];
};

/** "Meld je initiatief aan": for anyone. Similar ones are a hint, never a gate. */
export function ProposePage({ visit, errors = [], typed = {}, similar = [] }: ProposePageProps) {
  const { t, language } = visit;
  const to = paths(language);
  const messages = errors.map(({ name, message }) => ({ name, message: t(message) }));
  const field = (name: string) => ({
    ...{ t, idPrefix: "propose", name, value: typed[name] },
    error: messages.find((one) => one.name === name)?.message,
  });
  const kinds = initiativeKinds.map((value) => ({ value, label: t(`proposals:kind.${value}`) }));
  return (
    <VisitPage
      visit={visit}
      at={(language) => paths(language).propose}
      title={t("proposals:title")}
      description={t("proposals:lead")}
      errorCount={errors.length}
      scripts={["browser/similar.ts"]}
      breadcrumbs={[
        { href: to.initiatives, label: t("site:nav.initiatives") },
        { label: t("proposals:title") },
      ]}
    >
      <div class="page-title">
        <h1 id="propose-heading">{t("proposals:title")}</h1>
        <p class="lead">{t("proposals:lead")}</p>
      </div>
      <div class="section section--tight">
        <div class="panel panel--sand">
          <p>{t("proposals:how")}</p>
          <ErrorSummary t={t} idPrefix="propose" errors={messages} />
          <Form action={to.propose} labelledBy="propose-heading">
            <div data-similar={`${technical.similarInitiatives}?language=${language}&q=`}>
              <TextField {...field("name")} label={t("proposals:name.label")} />
            </div>
            <div role="status" data-similar-found={t("proposals:similar")}>
              {similar.length > 0 && (
                <div class="notice">
                  <p>{t("proposals:similar")}</p>
                  <ul>
                    {similar.map(({ slug, name }) => (
                      <li>
                        <a href={to.island(slug).home}>{pick(name, language).text}</a>
                      </li>
                    ))}
                  </ul>
                </div>
              )}
            </div>
            <RadioGroup {...field("kind")} label={t("proposals:kind.label")} options={kinds} />
            <TextField
              {...field("tagline")}
              label={t("proposals:tagline.label")}
              description={t("proposals:tagline.why")}
            />
            <TextArea
              {...field("story")}
              label={t("proposals:story.label")}
              description={t("proposals:story.why")}
              rows={8}
            />
            <TextField
              {...field("website")}
              optional
              type="url"
              label={t("proposals:website.label")}
              description={t("proposals:website.why")}
            />
            <TextField
              {...field("role")}
              label={t("proposals:role.label")}
              description={t("proposals:role.why")}
            />
            <TextField {...field("proposer")} label={t("forms:name.label")} autocomplete="name" />
            <TextField
              {...field("email")}
              type="email"
              label={t("forms:email.label")}
              description={t("proposals:emailWhy")}
              autocomplete="email"
            />
            <p>
              <a href={to.privacy}>{t("forms:privacyLink")}</a>
            </p>
            <Honeypot t={t} idPrefix="propose" />
            <SubmitButton>{t("proposals:send")}</SubmitButton>
          </Form>
        </div>
      </div>
    </VisitPage>
  );
}

type ReplyPageProps = {
  visit: Visit;
  token: string;
  proposal: Proposal;
  error: string | undefined;
  /** What was typed and not taken. */
  typed: string | undefined;
};

/** The proposer's page behind the link in the mail that asks something. */
export function ReplyPage({ visit, token, proposal, error, typed }: ReplyPageProps) {
  const { t, language } = visit;
  const waiting = proposal.decision ? null : proposal.waiting;
  const title = t(waiting ? "proposals:reply.title" : "proposals:reply.doneTitle", { name: proposal.name });
  const message = error && t(error);
  return (
    <VisitPage
      visit={visit}
      at={(language) => paths(language).proposalReply(token)}
      title={title}
      errorCount={waiting && error ? 1 : 0}
      noindex
    >
      <div class="page-title">
        <h1 id="reply-heading">{title}</h1>
      </div>
      <div class="section section--tight prose">
        {waiting ? (
          <>
            <blockquote class="visitor-text" dir="auto">
              {waiting.question}
            </blockquote>
            <ErrorSummary t={t} idPrefix="reply" errors={message ? [{ name: "reply", message }] : []} />
            <Form action={paths(language).proposalReply(token)} labelledBy="reply-heading">
              <input type="hidden" name="question" value={waiting.id} />
              <TextArea
                t={t}
                idPrefix="reply"
                name="reply"
                label={t("proposals:reply.label")}
                value={typed}
                error={message}
              />
              <SubmitButton>{t("proposals:reply.send")}</SubmitButton>
            </Form>
          </>
        ) : (
          <p>{t(proposal.decision ? `proposals:reply.${proposal.decision}` : "proposals:reply.thanks")}</p>
        )}
        {!waiting && typed && <NotSent label={t("proposals:reply.notSent")} text={typed} />}
      </div>
    </VisitPage>
  );
}
