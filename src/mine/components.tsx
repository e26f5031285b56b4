export { type Section, sectionsOf } from "./facts.ts";
