import { readFields } from "../protection/operations.ts";
import { wholeContent } from "./content.ts";
import { differencesBetween } from "./differences.tsx";
import { restoreRevision } from "./publishing.ts";
import { getRevision, listRevisions } from "./queries.ts";
import { ComparePage, VersionsPage } from "./version-pages.tsx";
import type { Working } from "./working.tsx";

const numberIn = (text: string | undefined): number | null =>
  /^[1-9]\d{0,8}$/.test(text ?? "") ? Number(text) : null;

/** Revisions on one page. */
const onePage = 50;

/** The revisions, newest first. A page of older ones begins with the newest of all, to compare them with. */
export async function showVersions({ c, visit, kind, document }: Working): Promise<Response> {
  const before = numberIn(c.req.query("voor"));
  const [found, [newest]] = await Promise.all([
    listRevisions(visit.ctx, document.id, { before, most: onePage + 1 }),
    listRevisions(visit.ctx, document.id, { most: 1 }),
  ]);
  const shown = found.slice(0, onePage);
  const isFirst = shown[0]?.number === newest?.number;
  const revisions = isFirst || !newest ? shown : [newest, ...shown];
  const older = found.length > onePage ? shown.at(-1)!.number : null;
  return c.html(<VersionsPage {...{ visit, kind, document, revisions, older, isFirst }} />);
}

/** Two revisions beside each other; the older one first, whichever was asked for first. */
export async function compareVersions({ c, visit, kind, document }: Working): Promise<Response> {
  const numbers = [numberIn(c.req.query("van")), numberIn(c.req.query("naar"))];
  const [older, newer] = await Promise.all(
    numbers
      .filter((number) => number !== null)
      .sort((one, other) => one - other)
      .map((number) => getRevision(visit.ctx, document.id, number)),
  );
  if (!older || !newer) return c.notFound();
  const differences = differencesBetween(
    kind,
    wholeContent(kind, older.content),
    wholeContent(kind, newer.content),
  );
  return c.html(<ComparePage {...{ visit, kind, document, older, newer, differences }} />);
}

export async function restore({ c, visit, kind, document }: Working): Promise<Response> {
  const { ctx, person, desk: to } = visit;
  const number = numberIn((await readFields(c)).number);
  const who = { id: document.id, personId: person.id };
  const outcome = number ? await restoreRevision(ctx, kind, { ...who, number }) : "not-found";
  if (outcome === "not-found") return c.notFound();
  return c.redirect(`${to.document(kind.kind, document.id)}?done=restored`, 303);
}
