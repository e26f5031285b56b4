import type { DeskSection } from "../desk-paths.ts";
import { type Action, type HeldRole, whereMay } from "./policy.ts";

/** The menu: sections in groups, each with the action that opens it. */
const groups = [
  {
    name: "write",
    sections: [
      ["islands", "island.edit"],
      ["updates", "updates.write"],
      ["texts", "movement.edit"],
      ["images", "images.use"],
      ["newsletters", "newsletters.write"],
    ],
  },
  {
    name: "answer",
    sections: [
      ["tips", "tips.handle"],
      ["offers", "offers.answer"],
      ["motivations", "motivations.decide"],
      ["proposals", "proposals.decide"],
    ],
  },
  {
    name: "lists",
    sections: [
      ["signatures", "signatures.list"],
      ["subscribers", "subscribers.list"],
      ["allOffers", "offers.list"],
      ["people", "people.list"],
      ["imports", "subscribers.import"],
      ["suppressions", "suppressions.see"],
    ],
  },
  {
    name: "manage",
    sections: [
      ["figures", "figures.see"],
      ["team", "movement.team"],
      ["audit", "audit.see"],
    ],
  },
] as const satisfies { name: string; sections: [DeskSection, Action][] }[];

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
