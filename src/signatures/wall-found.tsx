import type { Manifesto } from "../manifesto/queries.ts";
import { paths } from "../paths.ts";
import { formatNumber } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import { ButtonLink } from "../ui/buttons.tsx";
import type { Visit } from "../visit.tsx";
import { SignatureList } from "./components.tsx";
import { wallPath } from "./wall-address.ts";
import { mostCounted } from "./wall-finds.ts";
import type { WallFilter, WallPage } from "./wall-queries.ts";

type FoundProps = { visit: Visit; manifesto: Manifesto; filter: WallFilter; wall: WallPage };

/** Who was found, with what was sought instead of a slip, and the ways to older and newer ones. */
export function Found({ visit, manifesto, filter, wall }: FoundProps) {
  const { t, language } = visit;
  const principle = manifesto.principles.find(({ slug }) => slug === filter.principle);
  return (
    <>
      <h2 class="section__heading" id="who">
        {heading()}
      </h2>
      {principle && (
        <p>
          {t("wall:chose", { principle: pick(principle.verb, language).text })}{" "}
          <a href={wallPath(language, { search: filter.search })}>{t("wall:withoutPrinciple")}</a>
        </p>
      )}
      {wall.search?.mended
        .filter(({ as }) => as.length > 0)
        .map(({ typed, as }) => (
          <p class="notice">{t("wall:mended", { typed, as: as.join(", ") })}</p>
        ))}
      {wall.signatures.length > 0 ? (
        <SignatureList signatures={wall.signatures} labelledBy="who" />
      ) : (
        <NothingFound visit={visit} filter={filter} />
      )}
      <Pages visit={visit} filter={filter} wall={wall} />
    </>
  );

  function heading(): string {
    const { search } = filter;
    if (!search) return filter.before === null ? t("wall:newest") : t("wall:earlier");
    const { found } = wall;
    if (found === null) return t("wall:findsEarlier", { search });
    if (found > mostCounted)
      return t("wall:findsMany", { search, most: formatNumber(mostCounted, language) });
    return t("wall:finds", { search, count: found, number: formatNumber(found, language) });
  }
}

function NothingFound({ visit, filter }: { visit: Visit; filter: WallFilter }) {
  const { t, language } = visit;
  const searched = Boolean(filter.search || filter.principle);
  if (!searched) return filter.before === null ? null : <p>{t("wall:end")}</p>;
  return (
    <div class="panel panel--sand">
      <h3>{t("wall:nothing.heading")}</h3>
      <ul>
        <li>{t("wall:nothing.fewer")}</li>
        <li>{t("wall:nothing.part")}</li>
        <li>{t("wall:nothing.unnamed")}</li>
      </ul>
      <p class="actions">
        <ButtonLink href={paths(language).signatories} look="secondary">
          {t("wall:nothing.all")}
        </ButtonLink>
      </p>
    </div>
  );
}

function Pages({ visit, filter, wall }: Omit<FoundProps, "manifesto">) {
  const { t, language } = visit;
  const { older, newer } = wall;
  if (older === null && newer === null) return null;
  const href = (before: number | null) => wallPath(language, { ...filter, before });
  return (
    <nav class="utrecht-pagination pagination" aria-label={t("ui:pagination")}>
      {newer !== null && (
        <a class="utrecht-pagination__relative-link" rel="prev" href={href(newer === "first" ? null : newer)}>
          {t("wall:newer")}
        </a>
      )}
      {older !== null && (
        <a class="utrecht-pagination__relative-link" rel="next" href={href(older)}>
          {t("wall:older")}
        </a>
      )}
    </nav>
  );
}
