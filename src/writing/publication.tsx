import { may } from "../accounts/operations.ts";
import { dateInWords, momentInWords } from "../platform/i18n.ts";
import { SubmitButton } from "../ui/forms.tsx";
import { sameTexts } from "./content.ts";
import type { EditPageProps } from "./edit-page.tsx";

/** What becomes of the text: whether it is out, what else can be done, who wrote last. */
export function Publication(props: EditPageProps) {
  const { visit, kind, document, mayPublish, share } = props;
  const { t, language, desk: to } = visit;
  const at = (part: "versions" | "schedule" | "withdraw" | "remove" | "unschedule") =>
    to.documentPart(kind.kind, document.id, part);
  const withdrawal = kind.actions.withdraw ?? kind.actions.publish;
  const mayWithdraw = may(visit.person.roles, withdrawal, document.initiativeId);
  return (
    <aside class="writing-side" aria-labelledby="uitgave">
      {/* What goes out from its own page says there what became of it. */}
      <h2 id="uitgave">{t(kind.onward ? kind.name : "writing:side.title")}</h2>
      {!kind.onward && <State {...props} />}
      <p class="meta">
        {t(document.changedByName ? "writing:side.changedBy" : "writing:side.changed", {
          name: document.changedByName ?? "",
          moment: momentInWords(document.changedAt, language),
        })}
      </p>
      <ul class="writing-side__links">
        <li>
          <a href={at("versions")}>{t("writing:versions")}</a>
        </li>
        {kind.canSchedule && mayPublish && (
          <li>
            <SubmitInForm value="schedule">
              {t(document.publishAt ? "writing:reschedule" : "writing:schedule")}
            </SubmitInForm>
          </li>
        )}
        {(document.publishAt || document.publishFailedAt) && mayPublish && (
          <li>
            <form method="post" action={at("unschedule")}>
              <SubmitButton look="subtle">
                {t(document.publishAt ? "writing:unschedule" : "writing:forgetFailure")}
              </SubmitButton>
            </form>
          </li>
        )}
        {document.published && kind.remove && mayWithdraw && (
          <li>
            <a href={at("withdraw")}>{t("writing:withdraw.link")}</a>
          </li>
        )}
        {kind.creatable && !document.publishedAt && (
          <li>
            <a href={at("remove")}>{t("writing:remove.link")}</a>
          </li>
        )}
      </ul>
      {!kind.onward && (
        <>
          <h3 id="deel">{t("writing:side.share")}</h3>
          <p class="writing-side__share">
            {t("writing:side.shareText")}{" "}
            <a href={visit.here.origin + share.path}>{t("writing:side.shareLink")}</a>
          </p>
          <p>{t("writing:side.shareUntil", { date: dateInWords(share.until, language) })}</p>
          <SubmitInForm value="share">{t("writing:side.shareAgain")}</SubmitInForm>
        </>
      )}
    </aside>
  );
}

/** A button of the form that stands outside of it: what was typed is saved first. */
function SubmitInForm({ value, children }: { value: string; children: string }) {
  return (
    <button type="submit" form="tekst" name="then" value={value} class="nl-button nl-button--subtle">
      {children}
    </button>
  );
}

function State({ visit, kind, document }: EditPageProps) {
  const { t, language } = visit;
  const words = (moment: Date) => momentInWords(moment, language);
  // Settings and the parts of an island have no day of their own that they came out on.
  const dated = kind.creatable || kind.canSchedule;
  return (
    <div class="writing-side__state">
      {document.publishFailedAt && (
        <p class="notice notice--error">
          {t("writing:state.failed", { moment: words(document.publishFailedAt) })}
        </p>
      )}
      {document.publishAt && (
        <p>
          <strong>{t("writing:state.scheduled")}</strong>{" "}
          {t("writing:state.scheduledAt", { moment: words(document.publishAt) })}
        </p>
      )}
      {document.published && (
        <p>
          <strong>{t("writing:state.out")}</strong>{" "}
          {dated && document.publishedAt && t("writing:state.since", { moment: words(document.publishedAt) })}
        </p>
      )}
      {document.published && !sameTexts(kind, document.published, document.content) && (
        <p>{t("writing:state.changed")}</p>
      )}
      {!document.published && (
        <p>
          <strong>{t(document.withdrawnAt ? "writing:state.withdrawn" : "writing:state.draft")}</strong>{" "}
          {t(document.withdrawnAt ? "writing:state.withdrawnText" : "writing:state.draftText")}
        </p>
      )}
    </div>
  );
}
