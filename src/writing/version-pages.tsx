import { DeskPage } from "../accounts/components.tsx";
import type { DeskVisit } from "../accounts/operations.ts";
import { momentInWords } from "../platform/i18n.ts";
import { SubmitButton } from "../ui/buttons.tsx";
import { type Difference, Differences } from "./differences.tsx";
import type { Document, DocumentKind } from "./kinds.ts";
import type { Revision } from "./queries.ts";
import { wayTo } from "./way.ts";

type Props = { visit: DeskVisit; kind: DocumentKind; document: Document };

type VersionsProps = Props & {
  revisions: Revision[];
  /** The number before which older ones go on; null where there are none. */
  older: number | null;
  isFirst: boolean;
};

/** Revisions: who made what of it when, two to compare, one to put back. */
export function VersionsPage({ visit, kind, document, revisions, older, isFirst }: VersionsProps) {
  const { t, desk: to } = visit;
  const here = to.documentPart(kind.kind, document.id, "versions");
  const title = t("writing:versions");
  return (
    <DeskPage
      visit={visit}
      title={title}
      section={kind.section}
      at={(path) => path.documentPart(kind.kind, document.id, "versions")}
      breadcrumbs={wayTo(visit, kind, document, [{ href: here, label: title }])}
      lead={t("writing:versionsLead")}
    >
      <form class="versions" method="get" action={to.documentPart(kind.kind, document.id, "compare")}>
        <ol class="versions__list" reversed>
          {revisions.map((revision, index) => (
            <li>
              <Choice
                t={t}
                name="van"
                revision={revision}
                chosen={index === Math.min(1, revisions.length - 1)}
              />
              <Choice t={t} name="naar" revision={revision} chosen={index === 0} />
              <p>
                <strong>{t(`writing:what.${revision.what}`)}</strong> {told(visit, revision)}
              </p>
              <p class="versions__restore">
                {index > 0 && (
                  <SubmitButton
                    look="subtle"
                    action={to.documentPart(kind.kind, document.id, "restore")}
                    method="post"
                    name="number"
                    value={String(revision.number)}
                    label={t("writing:restoreOne", { number: revision.number })}
                  >
                    {t("writing:restore")}
                  </SubmitButton>
                )}
              </p>
            </li>
          ))}
        </ol>
        <SubmitButton look="secondary">{t("writing:compare.chosen")}</SubmitButton>
      </form>
      {(older !== null || !isFirst) && (
        <nav class="list-paging" aria-label={t("writing:paging.label")}>
          {!isFirst && (
            <a rel="prev" href={here}>
              {t("writing:paging.newest")}
            </a>
          )}
          {older !== null && (
            <a rel="next" href={`${here}?voor=${older}`}>
              {t("writing:paging.older")}
            </a>
          )}
        </nav>
      )}
    </DeskPage>
  );
}

const told = ({ t, language }: DeskVisit, { number, by, madeAt }: Omit<Revision, "what">) =>
  t(by ? "writing:versionBy" : "writing:versionAt", {
    number,
    by: by ?? "",
    moment: momentInWords(madeAt, language),
  });

type ChoiceProps = { t: DeskVisit["t"]; name: "van" | "naar"; revision: Revision; chosen: boolean };

function Choice({ t, name, revision, chosen }: ChoiceProps) {
  const id = `${name}-${revision.number}`;
  return (
    <span class="versions__choice">
      <input type="radio" id={id} name={name} value={String(revision.number)} checked={chosen} />
      <label for={id}>
        {t(name === "van" ? "writing:compare.from" : "writing:compare.to")}
        <span class="visually-hidden"> {t("writing:versionNumber", { number: revision.number })}</span>
      </label>
    </span>
  );
}

type Whole = Omit<Revision, "what"> & { what: Revision["what"] };
type CompareProps = Props & { older: Whole; newer: Whole; differences: Difference[] };

/** What changed from one revision to another, word by word. */
export function ComparePage({ visit, kind, document, older, newer, differences }: CompareProps) {
  const { t, desk: to } = visit;
  const title = t("writing:compare.title");
  const versions = to.documentPart(kind.kind, document.id, "versions");
  const query = new URLSearchParams({ van: String(older.number), naar: String(newer.number) });
  const at = (path: DeskVisit["desk"]) => `${path.documentPart(kind.kind, document.id, "compare")}?${query}`;
  return (
    <DeskPage
      visit={visit}
      title={title}
      section={kind.section}
      at={at}
      breadcrumbs={wayTo(visit, kind, document, [
        { href: versions, label: t("writing:versions") },
        { href: at(to), label: title },
      ])}
    >
      <ul>
        <li>
          {t("writing:compare.from")}: <strong>{t(`writing:what.${older.what}`)}</strong> {told(visit, older)}
        </li>
        <li>
          {t("writing:compare.to")}: <strong>{t(`writing:what.${newer.what}`)}</strong> {told(visit, newer)}
        </li>
      </ul>
      <p class="meta">{t("writing:compare.legend")}</p>
      <Differences t={t} differences={differences} />
      <form method="post" action={to.documentPart(kind.kind, document.id, "restore")}>
        <input type="hidden" name="number" value={String(older.number)} />
        <SubmitButton look="secondary">{t("writing:restoreOne", { number: older.number })}</SubmitButton>
      </form>
    </DeskPage>
  );
}
