import { DeskPage } from "../accounts/components.tsx";
import { DeskRoutes, type DeskVisit, may } from "../accounts/operations.ts";
import { momentInWords } from "../platform/i18n.ts";
import { titleOf, wholeContent } from "./content.ts";
import type { Document, DocumentKind, DocumentKinds } from "./kinds.ts";
import { findDocument } from "./queries.ts";

type Listed = { kind: DocumentKind; key: string; title: string | null; document: Document | undefined };

/** The movement's own texts: its settings, its pages, the manifesto. */
export const textsDesk = (kinds: DocumentKinds) =>
  new DeskRoutes().get(
    (to) => to.section("texts"),
    "movement.edit",
    "movement",
    async (c, visit) => c.html(<TextsPage visit={visit} listed={await listTexts(kinds, visit)} />),
  );

async function listTexts(kinds: DocumentKinds, { ctx, person, language }: DeskVisit): Promise<Listed[]> {
  const listed: Listed[] = [];
  for (const kind of kinds.list) {
    if (kind.section !== "texts" || !kind.keys || !may(person.roles, kind.actions.edit, null)) continue;
    for (const key of await kind.keys(ctx)) {
      const document = await findDocument(ctx, kind.kind, key);
      const content = document?.content ?? (await kind.read(ctx, key))?.content;
      const title = content ? titleOf(kind, wholeContent(kind, content), language) : null;
      listed.push({ kind, key, title, document });
    }
  }
  return listed;
}

function TextsPage({ visit, listed }: { visit: DeskVisit; listed: Listed[] }) {
  const { t, language, desk: to } = visit;
  return (
    <DeskPage visit={visit} title={t("desk:nav.texts")} section="texts" lead={t("writing:textsLead")}>
      <ul class="desk-cards">
        {listed.map(({ kind, key, title, document }) => (
          <li>
            <h2 class="desk-cards__title">
              <a href={to.documentOf(kind.kind, key)}>{title ?? t("writing:untitled")}</a>
            </h2>
            <p class="meta">
              {t(kind.name)}
              {document &&
                ` · ${t("writing:side.changed", { moment: momentInWords(document.changedAt, language) })}`}
            </p>
          </li>
        ))}
      </ul>
    </DeskPage>
  );
}
