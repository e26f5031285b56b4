export { type Choosable, choice, choices, email, url, yes } from "./choice.tsx";
export { colour } from "./colour.tsx";
export { date, dayOf, type TypedDay, typedDay } from "./date.tsx";
export { type ImageContent, image, imageColumns } from "./image.tsx";
export { group, list } from "./list.tsx";
export { pick } from "./pick.tsx";
export { pickSome } from "./pick-some.tsx";
export { slug } from "./slug.tsx";
export { line, lines, markdown } from "./text.tsx";
export {
  asField,
  type Field,
  type Pickable,
  type Piece,
  type Problem,
  type Stage,
  type Surroundings,
  type Typed,
} from "./types.ts";
