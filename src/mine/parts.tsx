import { paths } from "../paths.ts";
import { Form, SubmitButton } from "../ui/forms.tsx";
import type { Visit } from "../visit.tsx";
import { type Item, offerState } from "./facts.ts";
import type { Everything } from "./queries.ts";

type PartProps = { visit: Visit; item: Item; everything: Everything };

/** Ends a subscription that is active. */
export function EndSubscription({ visit, item, everything }: PartProps) {
  const one = everything.subscriptions.find(({ id }) => id === item.id);
  if (!one || one.ended_at) return null;
  return (
    <PartButton visit={visit} part="subscription" id={item.id} about={item.title}>
      {visit.t("mine:subscription.end")}
    </PartButton>
  );
}

/** Takes an offer back, as long as the team didn't decline it. */
export function EndOffer({ visit, item, everything }: PartProps) {
  const one = everything.offers.find(({ id }) => id === item.id);
  const state = one && offerState(one);
  if (state !== "open" && state !== "accepted") return null;
  return (
    <PartButton visit={visit} part="offer" id={item.id} about={item.title}>
      {visit.t("mine:offer.withdraw")}
    </PartButton>
  );
}

/** Removes what waits for its mail. */
export const RemoveWaiting = ({ visit, item }: { visit: Visit; item: Item }) => (
  <PartButton visit={visit} part="waiting" id={item.id} about={item.title}>
    {visit.t("mine:waiting.remove")}
  </PartButton>
);

/** Erases what was told after signing. */
export const EraseProfile = ({ visit }: { visit: Visit }) => (
  <PartButton visit={visit} part="profile">
    {visit.t("mine:profile.erase")}
  </PartButton>
);

/** The one button of a part. `id`: the row it is about; `about`: read out, so that each button has its own name. */
function PartButton(props: {
  visit: Visit;
  part: "subscription" | "offer" | "profile" | "waiting";
  id?: string | null;
  about?: string;
  children: string;
}) {
  const { visit, part, id, about, children } = props;
  return (
    <Form action={paths(visit.language).minePart(part)}>
      {id && <input type="hidden" name="id" value={id} />}
      <SubmitButton look="secondary">
        {children}
        {about && <span class="visually-hidden"> ({about})</span>}
      </SubmitButton>
    </Form>
  );
}
