import { DeskPage } from "../accounts/components.tsx";
import type { DeskVisit } from "../accounts/operations.ts";
import type { MailboxTrouble } from "../bounces/queries.ts";
import { dateInWords, formatNumber } from "../platform/i18n.ts";
import type { Hold } from "../suppressions/queries.ts";
import { Ago } from "../ui/ago.tsx";
import type { WaitingGroup } from "./queries.ts";

type HomePageProps = {
  visit: DeskVisit;
  groups: WaitingGroup[];
  /** Since when nobody reads what comes back by mail, for who answers for that. */
  unread: MailboxTrouble | null;
  /** Why newsletters do not leave, as a code, and which providers get none, for the same. */
  fault: string | null;
  holds: Hold[];
};

/** What waits for whoever is at work, the kind with the oldest first. */
export function HomePage({ visit, groups, unread, fault, holds }: HomePageProps) {
  const { t, language, desk } = visit;
  return (
    <DeskPage visit={visit} section="home" title={t("work:home.title")} lead={t("work:home.lead")}>
      {unread && (
        <p class="notice">
          {t("work:home.mailboxUnread", { date: dateInWords(unread.since, language) })}
          {unread.code && ` ${t("work:home.mailboxCode", { code: unread.code })}`}
        </p>
      )}
      {fault && <p class="notice">{t("work:home.mailFault", { code: fault })}</p>}
      {holds.map(({ provider }) => (
        <p class="notice">
          {t("suppressions:held.title", { provider })}.{" "}
          <a href={desk.section("suppressions")}>{t("suppressions:held.link")}</a>
        </p>
      ))}
      {groups.length === 0 && <p>{t("work:home.none")}</p>}
      {groups.map((group) => (
        <Group visit={visit} group={group} />
      ))}
    </DeskPage>
  );
}

function Group({ visit, group }: { visit: DeskVisit; group: WaitingGroup }) {
  const { t, language } = visit;
  const { name, title, href, count, items } = group;
  return (
    <section class="desk-section" aria-labelledby={`waiting-${name}`}>
      <h2 id={`waiting-${name}`}>{title}</h2>
      <ul class="desk-waiting">
        {items.map(({ title, of, href, since }) => (
          <li>
            <a href={href}>{title}</a>
            {of && <span class="meta">{of}</span>}
            <span class="desk-waiting__age">
              <Ago at={since} visit={visit} />
            </span>
          </li>
        ))}
      </ul>
      <p>
        <a href={href}>{t("work:home.moreOf", { number: formatNumber(count, language) })}</a>
      </p>
    </section>
  );
}
