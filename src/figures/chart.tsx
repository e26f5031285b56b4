import type { DeskVisit } from "../accounts/operations.ts";
import { formatNumber, type Language, monthInWords } from "../platform/i18n.ts";
import type { Series } from "./queries.ts";

type ChartProps = {
  visit: DeskVisit;
  title: string;
  /** What the numbers do not say by themselves. */
  note?: string | undefined;
  id: string;
  series: Series;
};

const width = 520;
const height = 160;
const gap = 6;

/**
 * A number per month: bars drawn on the server, and the same as a table, so that nothing is lost to who doesn't see the
 * bars (WCAG 1.1.1).
 */
export function MonthChart({ visit, title, note, id, series }: ChartProps) {
  const { t, language } = visit;
  const most = Math.max(1, ...series.map(({ count }) => count));
  const step = width / series.length;
  const last = series.at(-1);
  return (
    <figure class="figure-chart" aria-labelledby={id}>
      <figcaption id={id}>
        <h2>{title}</h2>
        {last && (
          <p>
            <strong class="figure-chart__now">{formatNumber(last.count, language)}</strong>{" "}
            {t("figures:inMonth", { month: monthInWords(last.month, language) })}
          </p>
        )}
        {note && <p>{note}</p>}
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height + 24}`} aria-hidden="true" focusable="false">
        <line class="figure-chart__rule" x1="0" x2={width} y1={height} y2={height} />
        {series.map(({ count, month }, index) => {
          const size = count === 0 ? 0 : Math.max(2, Math.round((count / most) * (height - 20)));
          return (
            <>
              <rect
                class="figure-chart__bar"
                x={index * step + gap / 2}
                y={height - size}
                width={step - gap}
                height={size}
              />
              <text
                class="figure-chart__month"
                x={index * step + step / 2}
                y={height + 17}
                text-anchor="middle"
              >
                {initial(month, language)}
              </text>
            </>
          );
        })}
        <text class="figure-chart__most" x="0" y="12">
          {formatNumber(most, language)}
        </text>
      </svg>
      <details>
        <summary>{t("figures:asTable")}</summary>
        <div class="desk-table table-scroll" tabindex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t("figures:month")}</th>
                <th scope="col">{t("figures:number")}</th>
              </tr>
            </thead>
            <tbody>
              {series.map(({ month, count }) => (
                <tr>
                  <th scope="row">{monthInWords(month, language)}</th>
                  <td>{formatNumber(count, language)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

/** The first letter of a month. */
const initial = (month: string, language: Language) => monthInWords(month, language).charAt(0).toUpperCase();
