import type { Principle } from "../manifesto/table.ts";
import { formatNumber } from "../platform/i18n.ts";
import { Text } from "../ui/text.tsx";
import type { Visit } from "../visit.tsx";
import type { Choice } from "./count.ts";
import { wallPath } from "./wall-address.ts";

type ChoicesChartProps = { visit: Visit; principles: Principle[]; choices: Choice[]; chosen: string | null };

/**
 * How often each principle was chosen: a table whose bars repeat its numbers, so that nothing is lost to who doesn't see
 * them (WCAG 1.1.1). The longest bar is the most chosen principle.
 */
export function ChoicesChart({ visit, principles, choices, chosen }: ChoicesChartProps) {
  const { t, language } = visit;
  const counts = new Map(choices.map(({ principle, count }) => [principle, count]));
  const rows = principles
    .map((principle) => ({ ...principle, count: counts.get(principle.slug) ?? 0 }))
    .sort((one, other) => other.count - one.count);
  const most = Math.max(1, ...rows.map(({ count }) => count));
  return (
    <table class="tally">
      <caption class="tally__caption">{t("wall:chart.caption")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("wall:chart.principle")}</th>
          <th scope="col" class="tally__count">
            {t("wall:chart.count")}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ slug, verb, count }) => (
          <tr>
            <th scope="row">
              <a
                href={wallPath(language, { principle: slug })}
                aria-current={slug === chosen ? "true" : undefined}
              >
                <Text value={verb} language={language} />
              </a>
              <Bar share={count / most} />
            </th>
            <td class="tally__count">{formatNumber(count, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A scale bar, as on a chart. */
function Bar({ share }: { share: number }) {
  const width = `${Math.round(share * 1000) / 10}%`;
  return (
    <svg class="tally__bar" width="100%" height="9" aria-hidden="true" focusable="false">
      <line class="tally__rule" x1="0" x2="100%" y1="4.5" y2="4.5" />
      <rect class="tally__full" y="0.5" width={width} height="8" />
      <line class="tally__zebra" x1="0" x2={width} y1="4.5" y2="4.5" />
    </svg>
  );
}
