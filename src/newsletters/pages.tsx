import { paths } from "../paths.ts";
import type { FieldErrors } from "../platform/fields.ts";
import { pick } from "../platform/localized.ts";
import { SubmitButton } from "../ui/buttons.tsx";
import { islandPaths, type Visit, VisitPage } from "../visit.tsx";
import { newsletterPlace, SubscribeForm } from "./components.tsx";
import type { Newsletter, Subscription } from "./queries.ts";

type NewsletterPageProps = {
  visit: Visit;
  newsletter: Newsletter;
  errors?: FieldErrors;
  typed?: Record<string, string>;
};

/** The form to subscribe by itself: what somebody sees who made a mistake in it. */
export function NewsletterPage({ visit, newsletter, errors = [], typed = {} }: NewsletterPageProps) {
  const { t, language } = visit;
  const { owner, home, own, canonical } = newsletterPlace(visit, newsletter);
  const title = t("newsletters:title", { name: owner });
  return (
    <VisitPage
      visit={visit}
      at={(language) => own(language).newsletter}
      canonical={(language) => canonical(language).origin + canonical(language).paths.newsletter}
      title={title}
      description={t("newsletters:description", { name: owner })}
      errorCount={errors.length}
      breadcrumbs={[{ href: home, label: owner }, { label: t("newsletters:heading") }]}
    >
      <div class="section section--tight">
        <div class="panel panel--sand">
          <SubscribeForm
            visit={visit}
            newsletter={newsletter}
            action={own(language).newsletter}
            level={1}
            errors={errors}
            typed={typed}
          />
        </div>
      </div>
    </VisitPage>
  );
}

type UnsubscribePageProps = { visit: Visit; token: string; subscription: Subscription | undefined };

/** Asks whether to end the subscription, or says that it ended. Nobody has to sign in. */
export function UnsubscribePage({ visit, token, subscription }: UnsubscribePageProps) {
  const { t, language, here } = visit;
  const state = !subscription ? "gone" : subscription.ended_at ? "done" : "open";
  const title = t(
    {
      gone: "newsletters:unsubscribe.goneTitle",
      done: "newsletters:unsubscribe.doneTitle",
      open: "newsletters:unsubscribe.title",
    }[state],
  );
  const newsletter = subscription ? pick(subscription.newsletter, language).text : "";
  const subscribePath = subscription?.slug
    ? islandPaths(here, subscription.slug, language).newsletter
    : visit.paths.newsletter;
  return (
    <VisitPage visit={visit} at={(language) => paths(language).unsubscribe(token)} title={title} noindex>
      <div class="page-title">
        <h1>{title}</h1>
      </div>
      <div class="section section--tight">
        <div class="prose">
          {state === "gone" && (
            <>
              <p>{t("newsletters:unsubscribe.gone")}</p>
              <p>
                <a href={visit.paths.contact}>{t("site:nav.contact")}</a>
              </p>
            </>
          )}
          {state === "done" && (
            <>
              <p>{t("newsletters:unsubscribe.done", { newsletter })}</p>
              <p>
                <a href={subscribePath}>{t("newsletters:unsubscribe.again")}</a>
              </p>
            </>
          )}
          {state === "open" && (
            <>
              <p>{t("newsletters:unsubscribe.question", { newsletter })}</p>
              <form class="form" method="post" action={paths(language).unsubscribe(token)}>
                <SubmitButton>{t("newsletters:unsubscribe.button")}</SubmitButton>
              </form>
            </>
          )}
        </div>
      </div>
    </VisitPage>
  );
}
