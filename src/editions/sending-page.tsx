import { DeskPage } from "../accounts/components.tsx";
import { type DeskVisit, may } from "../accounts/operations.ts";
import type { Progress } from "../deliveries/queries.ts";
import { formatNumber, momentInWords, timeOfDay } from "../platform/i18n.ts";
import type { Hold } from "../suppressions/queries.ts";
import { ButtonLink, SubmitButton } from "../ui/buttons.tsx";
import { LiveFigures } from "./live-figures.tsx";
import type { EditionChange } from "./operations.ts";
import type { Edition } from "./queries.ts";
import { titleOf, wayToEdition } from "./way.ts";

type Props = {
  visit: DeskVisit;
  edition: Edition;
  progress: Progress;
  /** Providers that get nothing for now. */
  holds: Hold[];
  maySend: boolean;
  announce: string | undefined;
};

/** Within this many milliseconds of its beginning, the seconds count back. */
const nearby = 120_000;

/** An edition that was sent or is about to be: how it stands, and what can still be done. */
export function SendingPage(props: Props) {
  const { visit, edition, progress, announce } = props;
  const { t, desk, ctx } = visit;
  const waits = progress.state === "scheduled";
  const left = progress.sendAt ? progress.sendAt.getTime() - ctx.now().getTime() : 0;
  // What begins tomorrow needs no open line.
  const isLive = progress.finishedAt === null && (!waits || left < nearby);
  return (
    <DeskPage
      visit={visit}
      section="newsletters"
      title={titleOf(visit, edition)}
      at={(to) => to.one("editions", edition.id)}
      breadcrumbs={wayToEdition(visit, edition)}
      announce={announce}
      scripts={isLive ? ["browser/editions.ts"] : []}
      actions={
        <ButtonLink look="secondary" href={desk.part("editions", edition.id, "preview")}>
          {t("editions:preview.link")}
        </ButtonLink>
      }
    >
      <div
        data-edition={isLive ? desk.part("editions", edition.id, "progress") : undefined}
        data-state={progress.state}
      >
        {waits ? (
          <>
            <Waits {...props} left={left} />
            <Steps {...props} />
          </>
        ) : (
          <LiveFigures visit={visit} edition={edition} progress={progress}>
            <Holds {...props} />
            <Steps {...props} />
          </LiveFigures>
        )}
      </div>
    </DeskPage>
  );
}

/** Providers that get nothing for now, and why; with the way to release them for who may. */
function Holds({ visit, holds }: Props) {
  const { t, language, desk, person } = visit;
  const number = (count: number) => formatNumber(count, language);
  const mayOpen = may(person.roles, "suppressions.open", null);
  return (
    <>
      {holds.map(({ provider, hard, answered }) => (
        <p class="notice desk-section">
          {t("suppressions:held.title", { provider })}.{" "}
          {t("suppressions:held.text", { provider, hard: number(hard), answered: number(answered) })}{" "}
          {mayOpen && <a href={desk.section("suppressions")}>{t("suppressions:held.link")}</a>}
        </p>
      ))}
    </>
  );
}

/** Before the first mail: when it begins, and the way back. */
function Waits({ visit, edition, progress, left }: Props & { left: number }) {
  const { t, language, desk } = visit;
  const at = progress.sendAt ?? edition.created_at;
  const seconds = Math.max(0, Math.ceil(left / 1000));
  return (
    <section class="desk-section edition-waits" aria-labelledby="wacht">
      <h2 id="wacht">{t(left < nearby ? "editions:waits.soon" : "editions:waits.planned")}</h2>
      {left < nearby ? (
        <>
          <p
            class="edition-countdown"
            role="timer"
            data-seconds={seconds}
            data-begins={t("editions:waits.begins")}
          >
            {seconds > 0 ? t("editions:waits.seconds", { count: seconds }) : t("editions:waits.begins")}
          </p>
          <p data-without-script>
            {t("editions:waits.reload", { time: timeOfDay(at, language) })}{" "}
            <a href={desk.one("editions", edition.id)}>{t("editions:waits.reloadLink")}</a>
          </p>
        </>
      ) : (
        <p class="edition-moment">{momentInWords(at, language)}</p>
      )}
      <p>{t("editions:waits.frozen")}</p>
    </section>
  );
}

/** What can be done now; what cannot be taken back asks once more. */
function Steps({ visit, edition, progress, maySend }: Props) {
  const { t, language } = visit;
  const { state, counts, forgotten } = progress;
  if (!maySend || state === "cancelled") return null;
  const runs = state === "freezing" || state === "sending";
  const step = { visit, edition };
  return (
    <div class="desk-bar edition-steps">
      {state === "scheduled" && (
        <Step {...step} what="undo" look="primary">
          {t("editions:step.undo")}
        </Step>
      )}
      {runs && (
        <Step {...step} what="stop" look="primary">
          {t("editions:step.stop")}
        </Step>
      )}
      {state === "stopped" && !forgotten && (
        <Step {...step} what="goOn" look="primary">
          {t("editions:step.goOn")}
        </Step>
      )}
      {state === "sent" && !forgotten && counts.refused > 0 && (
        <Step {...step} what="resend" look="secondary">
          {t("editions:step.resend", {
            count: counts.refused,
            number: formatNumber(counts.refused, language),
          })}
        </Step>
      )}
      {state === "sent" && !forgotten && counts.unanswered > 0 && (
        <details class="edition-details">
          <summary>{t("editions:step.repeatAsk")}</summary>
          <p>{t("editions:step.repeatText")}</p>
          <Step {...step} what="repeat" look="secondary">
            {t("editions:step.repeat", {
              count: counts.unanswered,
              number: formatNumber(counts.unanswered, language),
            })}
          </Step>
        </details>
      )}
      {(runs || state === "stopped" || state === "scheduled") && (
        <details class="edition-details">
          <summary>{t("editions:step.cancelAsk")}</summary>
          <p>{t(state === "scheduled" ? "editions:step.cancelPlanned" : "editions:step.cancelText")}</p>
          <Step {...step} what="cancel" look="secondary">
            {t("editions:step.cancel")}
          </Step>
        </details>
      )}
    </div>
  );
}

type StepProps = {
  visit: DeskVisit;
  edition: Edition;
  what: EditionChange;
  look: "primary" | "secondary";
  children: string;
};

const Step = ({ visit, edition, what, look, children }: StepProps) => (
  <form method="post" action={visit.desk.part("editions", edition.id, what)}>
    <SubmitButton look={look}>{children}</SubmitButton>
  </form>
);
