import { DeskPage } from "../accounts/components.tsx";
import type { DeskVisit } from "../accounts/operations.ts";
import { type Place, placeText } from "../platform/keyset.ts";
import { Ago } from "../ui/ago.tsx";
import { States } from "../ui/states.tsx";
import { type ProposalLine, type ProposalState, proposalStates } from "./queries.ts";

type ProposalsPageProps = {
  visit: DeskVisit;
  state: ProposalState;
  rows: ProposalLine[];
  next: Place | null;
};

/** What was proposed: what waits for a decision, for its proposer, or was decided. */
export function ProposalsPage({ visit, state, rows, next }: ProposalsPageProps) {
  const { t, desk } = visit;
  const list = desk.section("proposals");
  const options = proposalStates.map((one) => ({
    label: t(`proposals:desk.list.${one}`),
    href: `${list}?state=${one}`,
    chosen: one === state,
  }));
  return (
    <DeskPage
      visit={visit}
      section="proposals"
      title={t("proposals:desk.title")}
      lead={t("proposals:desk.lead")}
    >
      <States label={t("proposals:desk.filter")} options={options} />
      {rows.length === 0 && <p>{t(`proposals:desk.none.${state}`)}</p>}
      <ul class="desk-cards">
        {rows.map(({ id, name, kind, tagline, proposer, at, decision }) => (
          <li>
            <h2 class="desk-cards__title">
              <a href={desk.one("proposals", id)}>{name}</a>
            </h2>
            <p class="meta">
              {t("proposals:desk.line", { kind: t(`proposals:kind.${kind}`), name: proposer })}
            </p>
            <p class="meta">
              {decision && state === "decided" && `${t(`proposals:desk.state.${decision}`)}, `}
              <Ago at={at} visit={visit} />
            </p>
            <p dir="auto">{tagline}</p>
          </li>
        ))}
      </ul>
      {next && (
        <p>
          <a href={`${list}?state=${state}&after=${placeText(next)}`}>{t("work:more")}</a>
        </p>
      )}
    </DeskPage>
  );
}
