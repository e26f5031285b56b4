import { DeskPage } from "../accounts/components.tsx";
import type { DeskVisit } from "../accounts/operations.ts";
import { type Place, placeText } from "../platform/keyset.ts";
import { type Localized, pick } from "../platform/localized.ts";
import { Ago } from "../ui/ago.tsx";
import { SubmitButton, TextField } from "../ui/forms.tsx";
import { Select } from "../ui/select.tsx";
import { States } from "../ui/states.tsx";
import { type TipLine, type TipState, tipStates } from "./desk-queries.ts";

/** What of the list was asked for, as its address says it; empty: not narrowed. */
export type Asked = { who: "" | "me"; initiative: string; q: string };

type TipsPageProps = {
  visit: DeskVisit;
  state: TipState;
  asked: Asked;
  /** To which initiatives one can narrow the list. */
  islands: { id: string; name: Localized }[];
  /** Whether tips to the movement itself are among them. */
  all: boolean;
  rows: TipLine[];
  next: Place | null;
};

const queryOf = (asked: Record<string, string>) =>
  new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== "")).toString();

/** What came in, oldest first as long as it is open. */
export function TipsPage(props: TipsPageProps) {
  const { visit, state, asked, rows, next } = props;
  const { t, language, desk } = visit;
  const list = desk.section("tips");
  const narrowed = Object.values(asked).some((value) => value !== "");
  const options = tipStates.map((one) => ({
    label: t(`work:tips.state.${one}`),
    href: `${list}?${queryOf({ state: one, ...asked })}`,
    chosen: one === state,
  }));
  return (
    <DeskPage visit={visit} section="tips" title={t("work:tips.title")} lead={t("work:tips.lead")}>
      <States label={t("work:tips.filter")} options={options} />
      <Filter {...props} />
      {rows.length === 0 && <p>{t(narrowed ? "work:tips.nothing" : `work:tips.none.${state}`)}</p>}
      <ul class="desk-cards">
        {rows.map((tip) => (
          <li>
            <h2 class="desk-cards__title">
              <a href={desk.one("tips", tip.id)}>{t(`work:tips.kind.${tip.kind}`, { name: tip.name })}</a>
            </h2>
            <p class="meta">
              {tip.initiative ? pick(tip.initiative, language).text : t("work:ofMovement")},{" "}
              <Ago at={tip.at} visit={visit} />
            </p>
            <p dir="auto">{tip.beginning}</p>
            {(tip.assignee ?? tip.assigneeEmail) && (
              <p class="meta">{t("work:tips.assignee", { name: tip.assignee ?? tip.assigneeEmail })}</p>
            )}
            {tip.failed && <p class="meta">{t("work:tips.failed")}</p>}
          </li>
        ))}
      </ul>
      {next && (
        <p>
          <a href={`${list}?${queryOf({ state, ...asked, after: placeText(next) })}`}>{t("work:more")}</a>
        </p>
      )}
    </DeskPage>
  );
}

/** Narrows the list: who is to take it up, to whom it was sent, words in it. */
function Filter({ visit, state, asked, islands, all }: TipsPageProps) {
  const { t, language, desk } = visit;
  const field = { t, idPrefix: "tips", optional: true };
  const everything = { value: "", label: t("work:tips.all") };
  return (
    <form class="form desk-filter" method="get" action={desk.section("tips")}>
      <input type="hidden" name="state" value={state} />
      <Select
        {...field}
        name="who"
        label={t("work:tips.who")}
        value={asked.who}
        options={[everything, { value: "me", label: t("work:tips.me") }]}
      />
      {islands.length + (all ? 1 : 0) > 1 && (
        <Select
          {...field}
          name="initiative"
          label={t("work:tips.to")}
          value={asked.initiative}
          options={[
            everything,
            ...(all ? [{ value: "movement", label: t("work:ofMovement") }] : []),
            ...islands.map(({ id, name }) => ({ value: id, label: pick(name, language).text })),
          ]}
        />
      )}
      <TextField {...field} type="search" name="q" label={t("work:tips.words")} value={asked.q} />
      <SubmitButton look="secondary">{t("work:tips.search")}</SubmitButton>
    </form>
  );
}
