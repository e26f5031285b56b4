import { paths } from "../paths.ts";
import { readableAddress } from "../platform/email-address.ts";
import { momentInWords, timeOfDay } from "../platform/i18n.ts";
import { SubmitButton } from "../ui/buttons.tsx";
import { type Visit, VisitPage } from "../visit.tsx";
import type { Fact, Item, Section, SectionName } from "./facts.ts";
import type { Notice } from "./notices.ts";
import { NoticeLine } from "./open-pages.tsx";
import type { Visitor } from "./opening.ts";
import { EndOffer, EndSubscription, EraseProfile, RemoveWaiting } from "./parts.tsx";
import type { Everything } from "./queries.ts";
import { SignatureChoices } from "./signature-part.tsx";

type MinePageProps = {
  visit: Visit;
  visitor: Visitor;
  everything: Everything;
  sections: Section[];
  notice: Notice | null;
};

/** Everything that is kept about whoever visits, and what they can do about it. */
export function MinePage({ visit, visitor, everything, sections, notice }: MinePageProps) {
  const { t, language } = visit;
  const to = paths(language);
  return (
    <VisitPage
      visit={visit}
      at={(language) => paths(language).mine}
      title={t("mine:title")}
      announce={notice ? t(`mine:notice.${notice}`) : undefined}
      scripts={["browser/copy.ts"]}
      noindex
    >
      <div class="page-title">
        <h1>{t("mine:title")}</h1>
        <p class="lead">{t("mine:own.lead")}</p>
        <NoticeLine visit={visit} notice={notice} />
        <div class="mine-visit">
          <p class="meta">
            {t("mine:own.until", {
              email: readableAddress(visitor.email),
              time: timeOfDay(visitor.until, language),
            })}
          </p>
          <form method="post" action={to.minePart("close")}>
            <SubmitButton look="secondary">{t("mine:own.close")}</SubmitButton>
          </form>
        </div>
      </div>
      <div class="section section--tight">
        <div class="mine">
          <Contents visit={visit} sections={sections} />
          <div>
            {sections.map((section) => (
              <SectionPart visit={visit} section={section} everything={everything} />
            ))}
          </div>
          <WaysOut visit={visit} />
        </div>
      </div>
    </VisitPage>
  );
}

/** Of what one can only look at, the page shows so many of a kind; the files hold all. */
const mostShown = 30;
/** Kinds with a button for each. */
const ending: SectionName[] = ["subscriptions", "offers", "waiting"];

type SectionPartProps = { visit: Visit; section: Section; everything: Everything };

function SectionPart({ visit, section, everything }: SectionPartProps) {
  const { t } = visit;
  const { name, items } = section;
  const shown = ending.includes(name) ? items : items.slice(0, mostShown);
  const single = items.length === 1 && items[0]!.title === t(`mine:section.${name}`);
  return (
    <section class="kept" aria-labelledby={`mine-${name}`}>
      <h2 id={`mine-${name}`}>{t(`mine:section.${name}`)}</h2>
      <p>{t(`mine:about.${name}`)}</p>
      {shown.map((item) => (
        <div class="kept__item">
          {!single && <h3>{item.title}</h3>}
          <Facts visit={visit} item={item} />
          {name === "subscriptions" && <EndSubscription visit={visit} item={item} everything={everything} />}
          {name === "offers" && <EndOffer visit={visit} item={item} everything={everything} />}
          {name === "waiting" && <RemoveWaiting visit={visit} item={item} />}
        </div>
      ))}
      {items.length > shown.length && <p>{t("mine:own.rest", { count: items.length - shown.length })}</p>}
      {name === "signature" && everything.signature && (
        <SignatureChoices visit={visit} signature={everything.signature} />
      )}
      {name === "profile" && <EraseProfile visit={visit} />}
    </section>
  );
}

/** What is kept of one thing; what few want to know is folded away, and still there. */
function Facts({ visit, item }: { visit: Visit; item: Item }) {
  const asides = item.facts.filter(({ aside }) => aside);
  return (
    <>
      <FactList visit={visit} facts={item.facts.filter(({ aside }) => !aside)} />
      {asides.length > 0 && (
        <details class="facts-aside">
          <summary>
            {visit.t("mine:own.more")}
            <span class="visually-hidden"> ({item.title})</span>
          </summary>
          <FactList visit={visit} facts={asides} />
        </details>
      )}
    </>
  );
}

/** Word by word as it is stored, with line breaks. */
const FactList = ({ visit, facts }: { visit: Visit; facts: Fact[] }) => (
  <dl class="facts">
    {facts.map(({ what, value }) => (
      <div>
        <dt>{what}</dt>
        {value instanceof Date ? (
          <dd>
            <time datetime={value.toISOString()}>{momentInWords(value, visit.language)}</time>
          </dd>
        ) : (
          <dd dir="auto">{value}</dd>
        )}
      </div>
    ))}
  </dl>
);

/** The way to each part. */
function Contents({ visit, sections }: { visit: Visit; sections: Section[] }) {
  const { t } = visit;
  return (
    <nav class="panel" aria-labelledby="mine-contents">
      <h2 id="mine-contents">{t("mine:own.contents")}</h2>
      <ul>
        {sections.map(({ name, items }) => (
          <li>
            <a href={`#mine-${name}`}>{t(`mine:section.${name}`)}</a>
            {items.length > 1 && ` (${items.length})`}
          </li>
        ))}
        <li>
          <a href="#mine-take-along">{t("mine:own.takeAlong")}</a>
        </li>
        <li>
          <a href="#mine-erase">{t("mine:own.erase")}</a>
        </li>
      </ul>
    </nav>
  );
}

/** What one can take along, and the end of it all. */
function WaysOut({ visit }: { visit: Visit }) {
  const { t, language } = visit;
  const to = paths(language);
  return (
    <div class="mine__out">
      <section class="panel" aria-labelledby="mine-take-along">
        <h2 id="mine-take-along">{t("mine:own.takeAlong")}</h2>
        <p>{t("mine:own.takeAlongWhy")}</p>
        <ul>
          <li>
            <a href={to.minePart("csv")}>{t("mine:own.csv")}</a>
          </li>
          <li>
            <a href={to.minePart("json")}>{t("mine:own.json")}</a>
          </li>
        </ul>
      </section>
      <section class="panel" aria-labelledby="mine-erase">
        <h2 id="mine-erase">{t("mine:own.erase")}</h2>
        <p>{t("mine:own.eraseWhy")}</p>
        <p>
          <a href={to.minePart("erase")}>{t("mine:own.eraseLink")}</a>
        </p>
      </section>
    </div>
  );
}
