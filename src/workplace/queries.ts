import { type DeskVisit, whereMay } from "../accounts/operations.ts";
import { countOpenTips, listTips } from "../contact/queries.ts";
import type { DeskSection } from "../desk-paths.ts";
import { listWaitingDigests } from "../digests/queries.ts";
import { countOpenOffers, listOpenOffers } from "../participation/queries.ts";
import { pick } from "../platform/localized.ts";
import { countOpenProposals, listProposals } from "../proposals/queries.ts";
import { countWaitingMotivations, listWaitingMotivations } from "../signatures/queries.ts";
import { listNotGoneOut } from "../writing/operations.ts";

/** One thing that waits: what it is, of what, and since when. */
export type WaitingItem = { title: string; of: string | null; href: string; since: Date };
export type WaitingGroup = {
  /** For ids on the page. */
  name: string;
  title: string;
  /** Where all of it is. */
  href: string;
  count: number;
  items: WaitingItem[];
};

const inSection = ({ t, desk }: DeskVisit, section: DeskSection) => ({
  name: section,
  title: t(`desk:nav.${section}`),
  href: desk.section(section),
});

const shown = 5;

/** What waits for whoever is at work, per kind, oldest first; kinds of which nothing waits are left out. */
export async function listWaiting(visit: DeskVisit): Promise<WaitingGroup[]> {
  const groups = await Promise.all(
    [ownTips, tips, offers, motivations, proposals, editions, updates, pages].map((group) => group(visit)),
  );
  return groups
    .filter(({ count }) => count > 0)
    .sort((a, b) => (a.items[0]?.since.getTime() ?? 0) - (b.items[0]?.since.getTime() ?? 0));
}

const tips = (visit: DeskVisit) => tipsOf(visit, false);
/** What somebody of the team asked this one to take up. */
const ownTips = (visit: DeskVisit) => tipsOf(visit, true);

async function tipsOf(visit: DeskVisit, own: boolean): Promise<WaitingGroup> {
  const { ctx, person, t, language, desk } = visit;
  const places = whereMay(person.roles, "tips.handle");
  const assignedTo = own ? person.id : null;
  const [count, { rows }] = await Promise.all([
    countOpenTips(ctx, places, assignedTo),
    listTips(ctx, { places, state: "open", assignedTo }),
  ]);
  const items = rows.slice(0, shown).map((tip) => ({
    title: t(`work:tips.kind.${tip.kind}`, { name: tip.name }),
    of: tip.initiative ? pick(tip.initiative, language).text : t("work:ofMovement"),
    href: desk.one("tips", tip.id),
    since: tip.at,
  }));
  const list = desk.section("tips");
  return own
    ? { name: "own-tips", title: t("work:home.own"), href: `${list}?who=me`, count, items }
    : { ...inSection(visit, "tips"), count, items };
}

async function offers(visit: DeskVisit): Promise<WaitingGroup> {
  const { ctx, person, t, language, desk } = visit;
  const places = whereMay(person.roles, "offers.answer");
  const [count, { rows }] = await Promise.all([countOpenOffers(ctx, places), listOpenOffers(ctx, places)]);
  const items = rows.slice(0, shown).map((offer) => ({
    title: t("work:offers.of", { name: offer.name }),
    of: pick(offer.initiative, language).text,
    href: desk.one("offers", offer.id),
    since: offer.at,
  }));
  return { ...inSection(visit, "offers"), count, items };
}

async function motivations(visit: DeskVisit): Promise<WaitingGroup> {
  const { ctx, person, desk } = visit;
  const section = inSection(visit, "motivations");
  if (whereMay(person.roles, "motivations.decide") !== "all") return { ...section, count: 0, items: [] };
  const [count, { rows }] = await Promise.all([countWaitingMotivations(ctx), listWaitingMotivations(ctx)]);
  const items = rows.slice(0, shown).map(({ name, at }) => ({
    ...{ title: name, of: null, href: desk.section("motivations"), since: at },
  }));
  return { ...section, count, items };
}

async function proposals(visit: DeskVisit): Promise<WaitingGroup> {
  const { ctx, person, desk } = visit;
  const section = inSection(visit, "proposals");
  if (whereMay(person.roles, "proposals.decide") !== "all") return { ...section, count: 0, items: [] };
  const [count, { rows }] = await Promise.all([
    countOpenProposals(ctx),
    listProposals(ctx, { state: "open", after: null }),
  ]);
  const items = rows.slice(0, shown).map(({ id, name, proposer, at }) => ({
    ...{ title: name, of: proposer, href: desk.one("proposals", id), since: at },
  }));
  return { ...section, count, items };
}

/** Drafts that the program made: whoever may send them says yes, or not. */
async function editions(visit: DeskVisit): Promise<WaitingGroup> {
  const { ctx, person, language, desk } = visit;
  const waiting = await listWaitingDigests(ctx, whereMay(person.roles, "newsletters.send"));
  const items = waiting.slice(0, shown).map(({ id, title, newsletter, since }) => ({
    title: pick(title, language).text,
    of: pick(newsletter, language).text,
    href: desk.one("editions", id),
    since,
  }));
  return { ...inSection(visit, "newsletters"), count: waiting.length, items };
}

/** Texts that should have gone out by themselves: whoever may publish them sees to it. */
async function notGoneOut(
  { ctx, t, language, desk }: DeskVisit,
  kind: "update" | "page",
  places: "all" | string[],
): Promise<Pick<WaitingGroup, "title" | "count" | "items">> {
  const waiting = await listNotGoneOut(ctx, kind, places);
  const items = waiting.slice(0, shown).map(({ id, title, initiative, at }) => ({
    title: (title && pick(title, language).text) || t("writing:untitled"),
    of: initiative ? pick(initiative, language).text : t("work:ofMovement"),
    href: desk.document(kind, id),
    since: at,
  }));
  return { title: t("work:home.notGoneOut"), count: waiting.length, items };
}

const updates = async (visit: DeskVisit): Promise<WaitingGroup> => ({
  ...{ name: "updates", href: `${visit.desk.section("updates")}?stand=failed` },
  ...(await notGoneOut(visit, "update", whereMay(visit.person.roles, "updates.publish"))),
});

const pages = async (visit: DeskVisit): Promise<WaitingGroup> => ({
  ...{ name: "pages", href: visit.desk.section("texts") },
  ...(await notGoneOut(visit, "page", whereMay(visit.person.roles, "movement.publish"))),
});
