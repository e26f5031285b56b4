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
export { publishDocument, restoreRevision, withdrawDocument } from "./publishing.ts";
export { isUuid } from "./queries.ts";
export { beginDocument, openDocument, saveDocument } from "./saving.ts";
