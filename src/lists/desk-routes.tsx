import { z } from "zod";
import { DeskRoutes, type DeskVisit, whereMay } from "../accounts/operations.ts";
import type { ActKinds } from "../confirmations/operations.ts";
import { sectionsOf } from "../mine/components.tsx";
import { getEverything } from "../mine/queries.ts";
import { readableAddress } from "../platform/email-address.ts";
import { readFields } from "../protection/operations.ts";
import type { VisitContext } from "../visit.tsx";
import { readAsked } from "./asked.ts";
import type { DeskList } from "./definition.ts";
import { PersonPage, SignerPage, SubscriberPage } from "./detail-pages.tsx";
import { exportList } from "./export.ts";
import { ListPage } from "./list-page.tsx";
import { offers } from "./offers.ts";
import { endSubscription, removalReasons, removeSigner } from "./operations.ts";
import { getPage, type Listed, type ListPageRows } from "./paging.ts";
import { people } from "./people.ts";
import { aboutSomebody } from "./person-words.ts";
import { getPersonsEmail, getSignerAtWork, getSubscriber, placeOfSubscription } from "./queries.ts";
import { signatures } from "./signatures.ts";
import { subscribers } from "./subscribers.ts";
import { getTotal } from "./total.ts";

const idOf = (c: VisitContext) => c.req.param("id") ?? "";
const isId = (c: VisitContext) => z.uuid().safeParse(idOf(c)).success;
const ofSubscription = async (c: VisitContext) =>
  isId(c) ? placeOfSubscription(c.var.visit.ctx, idOf(c)) : undefined;

/** Lists of people, with what one can do with one of them. `kinds`: the acts that can wait for a mail. */
export function listsDesk(kinds: ActKinds): DeskRoutes {
  const routes = new DeskRoutes();
  addList(routes, subscribers, ["ended", "already-ended"]);
  addList(routes, signatures, ["removed"]);
  addList(routes, offers, []);
  addList(routes, people, []);
  return routes
    .get(
      (to) => to.one("subscribers", ":id"),
      "subscribers.list",
      ofSubscription,
      async (c, visit) => {
        const one = await getSubscriber(visit.ctx, idOf(c));
        return one ? c.html(<SubscriberPage visit={visit} one={one} />) : c.notFound();
      },
    )
    .post(
      (to) => to.part("subscribers", ":id", "stop"),
      "subscribers.list",
      ofSubscription,
      async (c, visit) => {
        const by = { personId: visit.person.id, initiativeId: visit.initiativeId };
        const done = await endSubscription(visit.ctx, idOf(c), by);
        if (done === "not-found") return c.notFound();
        return c.redirect(`${visit.desk.section("subscribers")}?done=${done}`, 303);
      },
    )
    .get(
      (to) => to.one("signatures", ":id"),
      "signatures.list",
      "movement",
      (c, visit) => showSigner(c, visit),
    )
    .post((to) => to.part("signatures", ":id", "remove"), "signatures.list", "movement", removeOne)
    .get(
      (to) => to.one("people", ":id"),
      "people.list",
      "movement",
      (c, visit) => showPerson(c, visit, kinds),
    );
}

/** A list's page and its export. `news`: what its detail pages send back with. */
function addList<Row extends Listed>(routes: DeskRoutes, list: DeskList<Row>, news: string[]): void {
  routes
    .get(
      (to) => to.section(list.section),
      list.list,
      "anywhere",
      (c, visit) => showList(c, visit, list, news),
    )
    .download(
      (to) => to.all(list.section, "export"),
      list.export,
      "anywhere",
      async (c, visit) => exportList(visit, list, await readAsked(c, visit, list, "export")),
    );
}

async function showList<Row extends Listed>(
  c: VisitContext,
  visit: DeskVisit,
  list: DeskList<Row>,
  news: string[],
) {
  const asked = await readAsked(c, visit, list, "list");
  const { where, search, place } = asked;
  const page: ListPageRows<Row> = where
    ? await getPage<Row>(visit.ctx, list.listing, { where, search, place })
    : { rows: [], older: null, newer: null };
  const total = where && !search ? await getTotal(visit.ctx, list.listing, where) : null;
  const mayExport = whereMay(visit.person.roles, list.export).length > 0;
  const done = news.find((one) => one === c.req.query("done"));
  const announce = done && visit.t(`lists:done.${done}`);
  return c.html(<ListPage {...{ visit, list, asked, page, total, mayExport, announce }} />);
}

async function showSigner(c: VisitContext, visit: DeskVisit, error?: string) {
  const one = isId(c) ? await getSignerAtWork(visit.ctx, idOf(c)) : undefined;
  if (!one) return c.notFound();
  return c.html(<SignerPage {...{ visit, one, error }} />, error ? 422 : 200);
}

async function removeOne(c: VisitContext, visit: DeskVisit) {
  const fields = await readFields(c);
  const reason = removalReasons.find((one) => one === fields.reason);
  if (!reason) return showSigner(c, visit, "lists:remove.missing");
  const done = isId(c) ? await removeSigner(visit.ctx, idOf(c), reason, visit.person.id) : "not-found";
  if (done === "not-found") return c.notFound();
  return c.redirect(`${visit.desk.section("signatures")}?done=${done}`, 303);
}

async function showPerson(c: VisitContext, visit: DeskVisit, kinds: ActKinds) {
  const { ctx, t, language } = visit;
  const id = idOf(c);
  const person = isId(c) ? await getPersonsEmail(ctx, id) : undefined;
  if (!person) return c.notFound();
  const everything = await getEverything(ctx, kinds, { personId: id, email: person.email }, language);
  if (!everything) return c.notFound();
  const sections = sectionsOf(everything, { t: aboutSomebody(t), language, forOthers: true });
  return c.html(
    <PersonPage {...{ visit, id, title: person.name ?? readableAddress(person.email), sections }} />,
  );
}
