import { paths } from "../paths.ts";
import { dateInWords } from "../platform/i18n.ts";
import type { Visit } from "../visit.tsx";
import { ManifestoPage, VersionList } from "./components.tsx";
import type { Manifesto, ManifestoVersion } from "./queries.ts";

type VersionPageProps = { visit: Visit; manifesto: Manifesto; versions: ManifestoVersion[] };

/** One version of the manifesto, as it was signed. */
export function VersionPage({ visit, manifesto, versions }: VersionPageProps) {
  const { t, language } = visit;
  const next = versions.find(({ version }) => version > manifesto.version);
  return (
    <ManifestoPage
      visit={visit}
      manifesto={manifesto}
      label={t("manifesto:versionShort", { version: manifesto.version })}
      at={(language) => paths(language).manifestoVersion(String(manifesto.version))}
      notice={
        <p class="notice">
          {next
            ? t("manifesto:until", { date: dateInWords(next.published_at, language) })
            : t("manifesto:inForce")}{" "}
          <a href={paths(language).manifesto}>{t("manifesto:toCurrent")}</a>
        </p>
      }
    >
      <VersionList visit={visit} versions={versions} shown={manifesto.version} />
    </ManifestoPage>
  );
}
