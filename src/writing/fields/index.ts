export { choice, choices, email, url } from "./choice.tsx";
export { colour } from "./colour.tsx";
export { date, dayOf, type TypedDay, typedDay } from "./date.tsx";
export { type ImageContent, image, imageColumns } from "./image.tsx";
export { group, list } from "./list.tsx";
export { pick } from "./pick.tsx";
export { pickSome } from "./pick-some.tsx";
export { slug } from "./slug.tsx";
export { line, lines, markdown } from "./text.tsx";
export { tick } from "./tick.tsx";
export type {
  Field,
  Pickable,
  Piece,
  Problem,
  Stage,
  Surroundings,
  Typed,
} from "./types.ts";
