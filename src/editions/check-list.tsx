import type { DeskVisit } from "../accounts/operations.ts";
import { formatNumber } from "../platform/i18n.ts";
import { SubmitButton } from "../ui/forms.tsx";
import type { Finding } from "./checks.ts";
import type { LinkReport } from "./links.ts";
import type { Edition } from "./queries.ts";

type Props = { visit: DeskVisit; edition: Edition; findings: Finding[]; links: LinkReport | null };

/** What was looked at: what stands in the way first; what is good out of the way. */
export function CheckList({ visit, edition, findings, links }: Props) {
  const { t, desk } = visit;
  const of = (level: Finding["level"]) => findings.filter((one) => one.level === level);
  const open = [...of("stop"), ...of("warn")];
  const good = of("good");
  return (
    <section class="desk-section" aria-labelledby="nakijken">
      <h2 id="nakijken">{t("editions:checks.title")}</h2>
      {open.length === 0 ? (
        <p class="edition-fine">{t("editions:checks.fine")}</p>
      ) : (
        <ul class="edition-checks">
          {open.map((one) => (
            <Item visit={visit} finding={one} />
          ))}
        </ul>
      )}
      {good.length > 0 && (
        <details class="edition-details">
          <summary>{t("editions:checks.good", { count: good.length })}</summary>
          <ul class="edition-checks">
            {good.map((one) => (
              <Item visit={visit} finding={one} />
            ))}
          </ul>
        </details>
      )}
      {links && <Links visit={visit} links={links} />}
      <form class="edition-bar" method="post" action={desk.part("editions", edition.id, "checkLink")}>
        <SubmitButton look="secondary">{t("editions:links.button")}</SubmitButton>
      </form>
    </section>
  );
}

/** A finding in words, its numbers as the reader writes them. */
export function inWords(
  { t, language }: DeskVisit,
  { text, values = {} }: Pick<Finding, "text" | "values">,
): string {
  const { count } = values;
  const number = typeof count === "number" ? formatNumber(count, language) : "";
  return t(`editions:check.${text}`, { ...values, number });
}

function Item({ visit, finding }: { visit: DeskVisit; finding: Finding }) {
  const { t } = visit;
  const { level, language } = finding;
  return (
    <li class={`edition-check edition-check--${level}`}>
      <strong>{t(`editions:level.${level}`)}</strong>{" "}
      <span>
        {language && `${t(`writing:language.${language}`)}: `}
        {inWords(visit, finding)}
      </span>
    </li>
  );
}

function Links({ visit: { t }, links }: { visit: DeskVisit; links: LinkReport }) {
  const { looked, dead, unknown } = links;
  return (
    <div class="edition-links" id="links" tabindex={-1}>
      {looked === 0 && unknown === 0 && <p>{t("editions:links.none")}</p>}
      {looked > 0 && dead.length === 0 && (
        <p class="edition-fine">{t("editions:links.fine", { count: looked })}</p>
      )}
      {dead.length > 0 && (
        <>
          <p>{t("editions:links.dead", { count: dead.length })}</p>
          <ul class="edition-checks">
            {dead.map(({ url, reason, values }) => (
              <li class="edition-check edition-check--warn">
                <strong>{t("editions:level.warn")}</strong>{" "}
                <span>
                  <a href={url} rel="noreferrer">
                    {url}
                  </a>
                  <br />
                  {t(`links:${reason}`, values ?? {})}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
