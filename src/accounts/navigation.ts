import type { DeskSection } from "../desk-paths.ts";
import { type Action, type HeldRole, whereMay } from "./policy.ts";

/** The menu: sections in groups, each with the action that opens it. */
const groups = [{ name: "write", sections: [["islands", "island.edit"]] }] as const satisfies {
  name: string;
  sections: [DeskSection, Action][];
}[];

/** The parts of the menu that these roles have something to do in. */
export const navigationFor = (held: readonly HeldRole[]) =>
  groups
    .map(({ name, sections }) => ({
      name,
      sections: sections
        .filter(([, action]) => whereMay(held, action).length > 0)
        .map(([section]) => section),
    }))
    .filter(({ sections }) => sections.length > 0);
