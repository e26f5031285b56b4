import type { Role } from "./table.ts";

/** Where a role may do something: everywhere, on its own initiative, or nowhere. */
type Where = "all" | "own" | "-";

/**
 * Who may what: the whole of it. The columns are the movement's owner, editor and moderator, and an initiative's lead
 * and editor. "own" is the initiative of the role.
 */
// biome-ignore format: a table, to be read as one
const matrix = {
  //                       owner  editor moder. lead   island-editor
  "workplace.open":       ["all", "all", "all", "own", "own"],
  "account.manage":       ["all", "all", "all", "own", "own"],

  "movement.edit":        ["all", "all", "-",   "-",   "-"],
  "movement.publish":     ["all", "all", "-",   "-",   "-"],
  "manifesto.publish":    ["all", "-",   "-",   "-",   "-"],
  "islands.create":       ["all", "all", "-",   "-",   "-"],
  "island.edit":          ["all", "all", "-",   "own", "own"],
  "island.publish":       ["all", "all", "-",   "own", "own"],
  "island.withdraw":      ["all", "all", "-",   "own", "-"],
  "island.address":       ["all", "-",   "-",   "own", "-"],
  "island.contact":       ["all", "all", "-",   "own", "-"],
  "updates.write":        ["all", "all", "-",   "own", "own"],
  "updates.publish":      ["all", "all", "-",   "own", "own"],
  "images.use":           ["all", "all", "-",   "own", "own"],

  "newsletters.write":    ["all", "all", "-",   "own", "own"],
  "newsletters.send":     ["all", "all", "-",   "own", "-"],
  "suppressions.see":     ["all", "-",   "all", "-",   "-"],
  "suppressions.open":    ["all", "-",   "all", "-",   "-"],

  "tips.handle":          ["all", "all", "all", "own", "own"],
  "offers.answer":        ["all", "-",   "all", "own", "-"],
  "motivations.decide":   ["all", "-",   "all", "-",   "-"],
  "proposals.decide":     ["all", "-",   "all", "-",   "-"],

  "signatures.list":      ["all", "-",   "all", "-",   "-"],
  "signatures.export":    ["all", "-",   "-",   "-",   "-"],
  "subscribers.list":     ["all", "-",   "-",   "own", "-"],
  "subscribers.export":   ["all", "-",   "-",   "own", "-"],
  "offers.list":          ["all", "-",   "all", "own", "-"],
  "offers.export":        ["all", "-",   "-",   "own", "-"],
  "people.list":          ["all", "-",   "-",   "-",   "-"],
  "people.export":        ["all", "-",   "-",   "-",   "-"],
  "subscribers.import":   ["all", "-",   "-",   "own", "-"],
  "signatures.import":    ["all", "-",   "-",   "-",   "-"],
  "initiatives.import":   ["all", "-",   "-",   "-",   "-"],

  "movement.team":        ["all", "-",   "-",   "-",   "-"],
  "island.team":          ["all", "-",   "-",   "own", "-"],
  "audit.see":            ["all", "-",   "-",   "own", "-"],
  "figures.see":          ["all", "all", "all", "own", "own"],
} as const satisfies Record<string, readonly [Where, Where, Where, Where, Where]>;

export type Action = keyof typeof matrix;
export const actions = Object.keys(matrix) as Action[];

const columns: Record<Role, 0 | 1 | 2 | 3 | 4> = {
  owner: 0,
  editor: 1,
  moderator: 2,
  lead: 3,
  "island-editor": 4,
};

/** A team: that of an initiative, or of the movement (null). */
export type TeamOf = string | null;

/** The roles that can be given in a team, the first first. */
export const rolesIn = (team: TeamOf): readonly [Role, ...Role[]] =>
  team === null ? ["owner", "editor", "moderator"] : ["lead", "island-editor"];

/** A role that somebody has, and of which initiative (null: of the movement). */
export type HeldRole = { role: Role; initiativeId: string | null };

/** Where these roles may do something: everywhere, or on these initiatives (none: nowhere). */
export function whereMay(held: readonly HeldRole[], action: Action): "all" | string[] {
  const places = held.map(({ role, initiativeId }) => ({
    where: matrix[action][columns[role]],
    initiativeId,
  }));
  if (places.some(({ where }) => where === "all")) return "all";
  return places.flatMap(({ where, initiativeId }) => (where === "own" && initiativeId ? [initiativeId] : []));
}

/** Whether these roles may do something for an initiative, or for the movement itself (null). */
export function may(held: readonly HeldRole[], action: Action, initiativeId: string | null): boolean {
  const where = whereMay(held, action);
  return where === "all" || (initiativeId !== null && where.includes(initiativeId));
}
