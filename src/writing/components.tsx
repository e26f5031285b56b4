export { MomentFields, type TypedMoment } from "./moment-fields.tsx";
