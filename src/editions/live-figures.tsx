import type { Child } from "hono/jsx";
import type { DeskVisit } from "../accounts/operations.ts";
import type { Progress } from "../deliveries/queries.ts";
import { formatNumber, momentInWords, timeOfDay } from "../platform/i18n.ts";
import type { Edition } from "./queries.ts";

type Props = {
  visit: DeskVisit;
  edition: Edition;
  progress: Progress;
  /** What can be done now. */
  children?: Child;
};

/** In the order that a mail goes through them, and what ends well before what doesn't. */
const order = [
  ...(["sent", "waiting", "sending", "retry", "uncertain"] as const),
  ...(["unanswered", "refused", "bounced", "skipped"] as const),
] as const;

/** How sending stands: every recipient in one of the sums, speed and what is left, and what came of it. */
export function LiveFigures({ visit, edition, progress, children }: Props) {
  const { t, language } = visit;
  const { state, audience, counts } = progress;
  const number = (count: number) => formatNumber(count, language);
  const done = counts.sent + counts.bounced;
  return (
    <section class="desk-section" aria-labelledby="stand">
      <h2 id="stand">{t(`editions:sending.title.${state}`)}</h2>
      <p class="edition-now">
        <span data-done data-words={t("editions:sending.done", { done: "#", audience: "@" })}>
          {t("editions:sending.done", { done: number(done), audience: number(audience) })}
        </span>
      </p>
      <p class="visually-hidden" role="status" data-announce></p>
      <Held {...{ visit, progress }} />
      {progress.finishedAt === null && <Pace {...{ visit, progress }} />}
      {children}
      <Sums {...{ visit, progress }} />
      <Outcome {...{ visit, edition, progress }} />
    </section>
  );
}

/** Why nothing moves: the mail server is in trouble, and sending waits for it; or it refuses us, which somebody mends. */
function Held({ visit: { t, language }, progress }: Omit<Props, "edition">) {
  const { heldUntil, refusal, fault, finishedAt } = progress;
  const words = (time: string) => t("editions:sending.held", { time });
  const refused = (code: string) => t("editions:sending.refusal", { code });
  const unreachable = (code: string) => t("editions:sending.fault", { code });
  return (
    <>
      <p
        class="notice"
        data-held
        data-words={words("#")}
        hidden={!heldUntil || refusal !== null || fault !== null || finishedAt !== null}
      >
        {words(heldUntil ? timeOfDay(heldUntil, language) : "")}
      </p>
      <p class="notice" data-refusal data-words={refused("#")} hidden={refusal === null}>
        {refused(refusal ?? "")}
      </p>
      <p class="notice" data-fault data-words={unreachable("#")} hidden={fault === null}>
        {unreachable(fault ?? "")}
      </p>
    </>
  );
}

/** Mails a minute, and how long it takes at that pace. */
function Pace({ visit: { t, language }, progress: { speed, secondsLeft } }: Omit<Props, "edition">) {
  const minutes = secondsLeft === null ? 0 : Math.ceil(secondsLeft / 60);
  const words = {
    none: t("editions:sending.leftUnknown"),
    short: t("editions:sending.leftShort"),
    minutes: t("editions:sending.left", { minutes: "#" }),
  };
  const left = secondsLeft === null ? words.none : minutes <= 1 ? words.short : words.minutes;
  return (
    <dl class="figure-list edition-pace">
      <div>
        <dt>{t("editions:sending.speed")}</dt>
        <dd data-speed>{formatNumber(Math.round(speed * 60), language)}</dd>
      </div>
      <div>
        <dt>{t("editions:sending.timeLeft")}</dt>
        <dd data-left data-none={words.none} data-short={words.short} data-minutes={words.minutes}>
          {left.replace("#", formatNumber(minutes, language))}
        </dd>
      </div>
    </dl>
  );
}

/** All sums that are not nothing, as a table; each with a bar beside it, which says nothing that the number doesn't. */
function Sums({ visit: { t, language }, progress }: Omit<Props, "edition">) {
  const { counts, audience } = progress;
  return (
    <section class="desk-table table-scroll edition-sums" tabindex={0} aria-label={t("editions:sums.title")}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("editions:sums.state")}</th>
            <th scope="col" class="edition-sums__number">
              {t("editions:sums.number")}
            </th>
            <td class="edition-sums__share"></td>
          </tr>
        </thead>
        <tbody>
          {order.map((state) => (
            <tr hidden={counts[state] === 0 && state !== "sent"}>
              <th scope="row">
                {t(`editions:sums.${state}`)}
                <span class="meta">{t(`editions:sums.help.${state}`)}</span>
              </th>
              <td class="edition-sums__number" data-figure={state}>
                {formatNumber(counts[state], language)}
              </td>
              <td class="edition-sums__share">
                <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                  <rect
                    class={`edition-bar-${state}`}
                    data-bar={state}
                    width={shareOf(counts[state], audience)}
                    height="10"
                  />
                </svg>
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("editions:sums.audience")}</th>
            <td class="edition-sums__number" data-figure="audience">
              {formatNumber(audience, language)}
            </td>
            <td class="edition-sums__share"></td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

/** In hundredths; what is there at all can be seen. */
const shareOf = (count: number, all: number): string =>
  count === 0 ? "0" : Math.max(0.6, (count / Math.max(1, all)) * 100).toFixed(1);

/** What came of it, without anybody being watched: no pixel, no link per person. */
function Outcome({ visit: { t, language }, edition, progress }: Props) {
  const { doubts, unsubscribed, startedAt, finishedAt } = progress;
  return (
    <>
      <dl class="figure-list edition-outcome">
        <div>
          <dt>{t("editions:outcome.unsubscribed")}</dt>
          <dd data-figure="unsubscribed">{formatNumber(unsubscribed, language)}</dd>
        </div>
        <div>
          <dt>{t("editions:outcome.visits")}</dt>
          <dd>{formatNumber(edition.visits, language)}</dd>
        </div>
        <div>
          <dt>{t("editions:outcome.doubts")}</dt>
          <dd data-figure="doubts">{formatNumber(doubts, language)}</dd>
        </div>
      </dl>
      <p class="meta">
        {startedAt && t("editions:outcome.started", { moment: momentInWords(startedAt, language) })}{" "}
        {finishedAt && t("editions:outcome.finished", { moment: momentInWords(finishedAt, language) })}
      </p>
      <p class="meta">{t("editions:outcome.explained")}</p>
    </>
  );
}
