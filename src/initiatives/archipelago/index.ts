export type { Bridge } from "./bridges.ts";
export type { Island } from "./chart.ts";
export { Archipelago, ArchipelagoMap } from "./map.tsx";
