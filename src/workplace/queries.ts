import { type DeskVisit, whereMay } from "../accounts/operations.ts";
import { countOpenTips, listTips } from "../contact/queries.ts";
import type { DeskSection } from "../desk-paths.ts";
import { listWaitingDigests } from "../digests/queries.ts";
import { countOpenOffers, listOpenOffers } from "../participation/queries.ts";
import { pick } from "../platform/localized.ts";
import { countOpenProposals, listProposals } from "../proposals/queries.ts";
import { countWaitingMotivations, listWaitingMotivations } from "../signatures/queries.ts";

/** One thing that waits: what it is, of what, and since when. */
export type WaitingItem = { title: string; of: string | null; href: string; since: Date };
export type WaitingGroup = { section: DeskSection; count: number; items: WaitingItem[] };

const shown = 5;

/** What waits for whoever is at work, per kind, oldest first; kinds of which nothing waits are left out. */
export async function listWaiting(visit: DeskVisit): Promise<WaitingGroup[]> {
  const groups = await Promise.all(
    [tips, offers, motivations, proposals, editions].map((group) => group(visit)),
  );
  return groups
    .filter(({ count }) => count > 0)
    .sort((a, b) => (a.items[0]?.since.getTime() ?? 0) - (b.items[0]?.since.getTime() ?? 0));
}

async function tips({ ctx, person, t, language, desk }: DeskVisit): Promise<WaitingGroup> {
  const places = whereMay(person.roles, "tips.handle");
  const [{ count }, { tips }] = await Promise.all([
    countOpenTips(ctx, places),
    listTips(ctx, { places, state: "open", after: null }),
  ]);
  const items = tips.slice(0, shown).map((tip) => ({
    title: t(`work:tips.kind.${tip.kind}`, { name: tip.name }),
    of: tip.initiative ? pick(tip.initiative, language).text : t("work:ofMovement"),
    href: desk.one("tips", tip.id),
    since: tip.at,
  }));
  return { section: "tips", count, items };
}

async function offers({ ctx, person, t, language, desk }: DeskVisit): Promise<WaitingGroup> {
  const places = whereMay(person.roles, "offers.answer");
  const [count, offers] = await Promise.all([countOpenOffers(ctx, places), listOpenOffers(ctx, places)]);
  const items = offers.slice(0, shown).map((offer) => ({
    title: t("work:offers.of", { name: offer.name }),
    of: pick(offer.initiative, language).text,
    href: desk.one("offers", offer.id),
    since: offer.at,
  }));
  return { section: "offers", count, items };
}

async function motivations({ ctx, person, desk }: DeskVisit): Promise<WaitingGroup> {
  const section = "motivations";
  if (whereMay(person.roles, "motivations.decide") !== "all") return { section, count: 0, items: [] };
  const [count, waiting] = await Promise.all([countWaitingMotivations(ctx), listWaitingMotivations(ctx)]);
  const items = waiting.slice(0, shown).map(({ name, confirmed_at }) => ({
    ...{ title: name, of: null, href: desk.section(section), since: confirmed_at },
  }));
  return { section, count, items };
}

async function proposals({ ctx, person, desk }: DeskVisit): Promise<WaitingGroup> {
  const section = "proposals";
  if (whereMay(person.roles, "proposals.decide") !== "all") return { section, count: 0, items: [] };
  const [count, { rows }] = await Promise.all([
    countOpenProposals(ctx),
    listProposals(ctx, { state: "open", after: null }),
  ]);
  const items = rows.slice(0, shown).map(({ id, name, proposer, at }) => ({
    ...{ title: name, of: proposer, href: desk.one(section, id), since: at },
  }));
  return { section, count, items };
}

/** Drafts that the program made: whoever may send them says yes, or not. */
async function editions({ ctx, person, language, desk }: DeskVisit): Promise<WaitingGroup> {
  const waiting = await listWaitingDigests(ctx, whereMay(person.roles, "newsletters.send"));
  const items = waiting.slice(0, shown).map(({ id, title, newsletter, since }) => ({
    title: pick(title, language).text,
    of: pick(newsletter, language).text,
    href: desk.one("editions", id),
    since,
  }));
  return { section: "newsletters", count: waiting.length, items };
}
