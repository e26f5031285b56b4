import type { FocalPoint } from "./queries.ts";

/** The points that one can choose without a script, row by row. */
export const focalPlaces = {
  "top-left": { x: 0.15, y: 0.15 },
  top: { x: 0.5, y: 0.15 },
  "top-right": { x: 0.85, y: 0.15 },
  left: { x: 0.15, y: 0.5 },
  middle: { x: 0.5, y: 0.5 },
  right: { x: 0.85, y: 0.5 },
  "bottom-left": { x: 0.15, y: 0.85 },
  bottom: { x: 0.5, y: 0.85 },
  "bottom-right": { x: 0.85, y: 0.85 },
} as const satisfies Record<string, FocalPoint>;
export type FocalPlace = keyof typeof focalPlaces;
export const focalNames = Object.keys(focalPlaces) as FocalPlace[];

/** The place at a point, or null for a point of one's own. */
export const placeAt = ({ x, y }: FocalPoint): FocalPlace | null =>
  focalNames.find((name) => {
    const place = focalPlaces[name];
    return Math.abs(place.x - x) < 0.005 && Math.abs(place.y - y) < 0.005;
  }) ?? null;
