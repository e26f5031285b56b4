import type { InitiativeKind } from "../initiatives/table.ts";
import type { Paths } from "../paths.ts";

/** Where on the manifesto's page one signs. */
export const signAnchor = "onderteken";

/** What a visitor can do on this site under a principle: where, and the words for it. */
export type Doing = { href: string; words: `manifesto:doing.${string}` };

const ofKind = (to: Paths, kind: InitiativeKind) =>
  `${to.initiatives}?${to.filters.kind}=${to.filters.kinds[kind]}`;

const doings: Record<string, (to: Paths) => Doing[]> = {
  verbeelden: (to) => [{ href: `${to.home}#archipelago`, words: "manifesto:doing.map" }],
  innoveren: (to) => [{ href: ofKind(to, "initiative"), words: "manifesto:doing.initiatives" }],
  motiveren: (to) => [{ href: `${to.manifesto}#${signAnchor}`, words: "manifesto:doing.sign" }],
  verbinden: (to) => [{ href: ofKind(to, "programme"), words: "manifesto:doing.programmes" }],
  leren: (to) => [{ href: to.updates, words: "manifesto:doing.updates" }],
  netwerken: (to) => [{ href: ofKind(to, "network"), words: "manifesto:doing.networks" }],
  cocreeren: (to) => [{ href: to.join, words: "manifesto:doing.join" }],
  delen: (to) => [{ href: to.contact, words: "manifesto:doing.share" }],
  "plezier-maken": (to) => [{ href: to.newsletter, words: "manifesto:doing.newsletter" }],
  uitdagen: (to) => [{ href: to.contact, words: "manifesto:doing.ask" }],
  doorbreken: (to) => [{ href: to.initiatives, words: "manifesto:doing.elsewhere" }],
  ontmoeten: (to) => [{ href: to.signatories, words: "manifesto:doing.people" }],
};

/** What exists on the site for a principle; nothing for one that a later manifesto brings. */
export const doingsOf = (slug: string, to: Paths): Doing[] => doings[slug]?.(to) ?? [];
