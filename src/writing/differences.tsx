import type { Translate } from "../platform/i18n.ts";
import { changesBetween } from "./changes.ts";
import { piecesOf } from "./content.ts";
import type { DocumentKind } from "./kinds.ts";
import type { Content } from "./table.ts";

/** A text as it was and as it is. */
export type Difference = { name: string; label: string[]; before: string; after: string };

/** The texts that differ between two contents. */
export function differencesBetween(kind: DocumentKind, before: Content, after: Content): Difference[] {
  const old = new Map(piecesOf(kind, before).map((piece) => [piece.name, piece]));
  const now = new Map(piecesOf(kind, after).map((piece) => [piece.name, piece]));
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name) => {
    const piece = now.get(name) ?? old.get(name);
    const [one, other] = [old.get(name)?.text ?? "", now.get(name)?.text ?? ""];
    return piece && one !== other ? [{ name, label: piece.label, before: one, after: other }] : [];
  });
}

/** What a text is called: "Titel, Nederlands". */
export const labelOf = (t: Translate, label: string[]): string => label.map((key) => t(key)).join(", ");

/** Comparing costs the product of words and changes (Myers, 1986), so that a page of it gets so many milliseconds in all. */
const timeForWords = 50;

/** Two texts in one, word by word: what is gone struck out, what is new underlined. Long texts stay readable. */
function MarkedWords({ before, after, until }: { before: string; after: string; until: number }) {
  const changes = changesBetween(before, after, until);
  // Too different to tell word by word in time: the one after the other.
  if (!changes)
    return (
      <div class="marked-words">
        {before && <del>{before}</del>} {after && <ins>{after}</ins>}
      </div>
    );
  return (
    <div class="marked-words">
      {changes.map(({ value, added, removed }) =>
        added ? <ins>{value}</ins> : removed ? <del>{value}</del> : value,
      )}
    </div>
  );
}

/** Every text that differs, under its name. */
export function Differences({ t, differences }: { t: Translate; differences: Difference[] }) {
  if (differences.length === 0) return <p>{t("writing:compare.same")}</p>;
  const until = Date.now() + timeForWords;
  return (
    <dl class="differences">
      {differences.map(({ name, label, before, after }) => (
        <div data-difference={name}>
          <dt>{labelOf(t, label)}</dt>
          <dd>
            <MarkedWords {...{ before, after, until }} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
