import { DeskPage } from "../accounts/components.tsx";
import type { DeskVisit } from "../accounts/operations.ts";
import { momentInWords } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import { ButtonLink, SubmitButton } from "../ui/buttons.tsx";
import { Field, fieldId } from "../ui/fields.tsx";
import { TextField } from "../ui/forms.tsx";
import { type ListedUpdate, type listPlaces, type UpdateState, updateStates } from "./desk-queries.ts";

type Place = Awaited<ReturnType<typeof listPlaces>>[number];
type Chosen = { island: string | null; state: UpdateState | null; search: string };
type Props = {
  visit: DeskVisit;
  updates: ListedUpdate[];
  places: Place[];
  chosen: Chosen;
  next: string | null;
  removed: boolean;
};

/** All updates that somebody may write on, with ways to find one and to begin one. */
export function UpdatesAtWork({ visit, updates, places, chosen, next, removed }: Props) {
  const { t, language } = visit;
  const found = chosen.search !== "" || chosen.state !== null || chosen.island !== null;
  return (
    <DeskPage
      visit={visit}
      title={t("updates:desk.title")}
      section="updates"
      announce={removed ? t("updates:desk.removed") : undefined}
    >
      <NewUpdate visit={visit} places={places} island={chosen.island} />
      <Filters visit={visit} places={places} chosen={chosen} />
      {updates.length === 0 ? (
        <p>{t(found ? "updates:desk.nothingFound" : "updates:desk.nothing")}</p>
      ) : (
        <ul class="writing-rows">
          {updates.map((update) => (
            <li>
              <Row visit={visit} update={update} withIsland={places.length > 1} />
            </li>
          ))}
        </ul>
      )}
      {next && (
        <p class="section__more">
          <ButtonLink href={`?${new URLSearchParams({ ...queryOf(chosen), na: next })}`} look="secondary">
            {t("updates:desk.more")}
          </ButtonLink>
        </p>
      )}
      <p class="meta">{t("updates:desk.order", { moment: momentInWords(visit.ctx.now(), language) })}</p>
    </DeskPage>
  );
}

const queryOf = ({ island, state, search }: Chosen): Record<string, string> => ({
  ...(island && { initiatief: island }),
  ...(state && { stand: state }),
  ...(search && { zoek: search }),
});

function Row({ visit, update, withIsland }: { visit: DeskVisit; update: ListedUpdate; withIsland: boolean }) {
  const { t, language, desk: to } = visit;
  const { state, moment } = update;
  const title = pick(update.title, language).text || t("writing:untitled");
  const dated = state === "out" || state === "scheduled" || state === "failed";
  const at = moment && dated ? momentInWords(moment, language) : null;
  return (
    <>
      <h2>
        <a href={to.documentOf("update", update.key)}>{title}</a>
      </h2>
      <p class="meta">
        <span class={`writing-state writing-state--${state}`}>{t(`updates:state.${state}`)}</span>
        {at && ` ${at}`}
        {update.unpublished && state === "out" && ` · ${t("updates:state.changed")}`}
        {withIsland && ` · ${pick(update.islandName, language).text}`}
        {` · ${t("updates:desk.changed", { moment: momentInWords(update.changedAt, language) })}`}
      </p>
    </>
  );
}

/** One button for each initiative that somebody writes for; a choice where there are many. */
function NewUpdate({ visit, places, island }: { visit: DeskVisit; places: Place[]; island: string | null }) {
  const { t, language, desk: to } = visit;
  const chosen = places.filter(({ id }) => island === null || id === island);
  const button = (place: Place) => (
    <form method="post" action={to.newDocument("update", place.id)}>
      <SubmitButton look={chosen.length === 1 ? "primary" : "subtle"}>
        {chosen.length === 1 ? t("updates:desk.new") : pick(place.name, language).text}
      </SubmitButton>
    </form>
  );
  if (chosen.length === 1) return <div class="desk-bar">{chosen.map(button)}</div>;
  return (
    <details class="writing-new">
      <summary class="nl-button nl-button--primary">{t("updates:desk.newFor")}</summary>
      <div class="desk-bar">{chosen.map(button)}</div>
    </details>
  );
}

function Filters({ visit, places, chosen }: { visit: DeskVisit; places: Place[]; chosen: Chosen }) {
  const { t, language, desk: to } = visit;
  return (
    <search>
      <form class="writing-filters" method="get" action={to.section("updates")}>
        <TextField
          t={t}
          name="zoek"
          type="search"
          label={t("updates:desk.search")}
          value={chosen.search}
          optional
        />
        <Select t={t} name="stand" label={t("updates:desk.state")} value={chosen.state ?? ""}>
          <option value="">{t("updates:desk.everyState")}</option>
          {updateStates.map((state) => (
            <option value={state} selected={state === chosen.state}>
              {t(`updates:state.${state}`)}
            </option>
          ))}
        </Select>
        {places.length > 1 && (
          <Select t={t} name="initiatief" label={t("updates:desk.island")} value={chosen.island ?? ""}>
            <option value="">{t("updates:desk.everyIsland")}</option>
            {places.map(({ id, name }) => (
              <option value={id} selected={id === chosen.island}>
                {pick(name, language).text}
              </option>
            ))}
          </Select>
        )}
        <SubmitButton look="secondary">{t("updates:desk.find")}</SubmitButton>
      </form>
    </search>
  );
}

type SelectProps = {
  t: DeskVisit["t"];
  name: string;
  label: string;
  value: string;
  children: unknown;
};

function Select({ t, name, label, children }: SelectProps) {
  return (
    <Field t={t} name={name} label={label}>
      <select class="utrecht-select utrecht-select--html-select" id={fieldId(name)} name={name}>
        {children}
      </select>
    </Field>
  );
}
