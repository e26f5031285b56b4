export { tomorrowAtNine, wallTimeAt } from "./amsterdam.ts";
export { localized, localizedOrNull } from "./content.ts";
export * from "./fields/index.ts";
export { leaveSlug, takeSlug } from "./former-slugs.ts";
export {
  type Applied,
  type Document,
  type DocumentKind,
  DocumentKinds,
  defineDocument,
} from "./kinds.ts";
export { asTyped, chosenMoment, typedMoment } from "./moment.ts";
export { tellWhoMay } from "./orphaned.ts";
export { isUuid } from "./queries.ts";
export { beginDocument, saveDocument } from "./saving.ts";
export { listNotGoneOut } from "./scheduling.ts";
