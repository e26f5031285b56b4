import { type Bridge, type Route, routesBetween } from "./bridges.ts";
import { type Coast, coastOf, growth } from "./coast.ts";
import { bounds, moved, type Point, type Rect } from "./geometry.ts";
import { type Label, labelFor } from "./label.ts";
import { place, roseIn, type Sea } from "./layout.ts";

/** An initiative on the map. `life` is what happens there: updates + people, ≥ 0. */
export type Island = { slug: string; name: string; href: string; life: number };

/** Measures of a drawing, in its own units. */
export type Format = {
  name: "wide" | "compact";
  sea: Sea;
  frame: number;
  fontSize: number;
  /** Mean radius of an island that has some life, on a map with a handful of islands. */
  radius: number;
  /** Distance from the coast of each depth line, nearest first. */
  depths: number[];
  /** Roughly, between two soundings. */
  soundings: number;
};

export const wide: Format = {
  name: "wide",
  sea: { width: 1200, height: 720, step: 40, margin: 72, gap: 44, rose: 76, fill: 0.56 },
  frame: 30,
  fontSize: 25,
  radius: 106,
  depths: [13, 31, 56, 90],
  soundings: 92,
};

/** One unit is one pixel on a screen of 360 pixels. */
export const compact: Format = {
  name: "compact",
  sea: { width: 360, height: 560, step: 20, margin: 24, gap: 18, rose: 34, fill: 0.6 },
  frame: 12,
  fontSize: 15.5,
  radius: 46,
  depths: [6, 14, 25, 40],
  soundings: 54,
};

export type ChartedIsland = Island & {
  coast: Coast;
  radius: number;
  middle: Point;
  label: Label & Rect;
  /** Island and label together: what one points at. */
  area: Rect;
};

export type Chart = {
  format: Format;
  width: number;
  height: number;
  islands: ChartedIsland[];
  routes: Route[];
  rose: Rect;
};

/** Works out where everything lies; drawing it is map.tsx. */
export function chartOf(islands: readonly Island[], bridges: readonly Bridge[], format: Format): Chart {
  const { sea } = format;
  const crowd = Math.min(1.25, Math.max(0.6, (7 / Math.max(1, islands.length)) ** 0.26));
  const sketches = islands.map((island) => sketch(island, format, format.radius * crowd));
  const links = bridges.map((b): [string, string] => [b.from, b.to]);
  const { height, places } = place(sketches, links, sea);

  const charted = sketches.map((s): ChartedIsland => {
    const at = places.get(s.slug)!;
    const neighbours = links.flatMap(([a, b]) => (a === s.slug ? [b] : b === s.slug ? [a] : []));
    const rise = neighbours.reduce((sum, n) => sum + ((places.get(n)?.y ?? at.y) - at.y), 0);
    const labelAbove = rise > s.height * 0.6 * neighbours.length && neighbours.length > 0;
    const free = s.label.height + s.space;
    const middle = {
      x: at.x - s.land.x,
      y: at.y - s.land.y + (labelAbove ? free / 2 : -free / 2),
    };
    const labelY = at.y + ((s.height - s.label.height) / 2) * (labelAbove ? -1 : 1);
    return {
      ...s.island,
      coast: s.coast,
      radius: s.radius,
      middle,
      label: { ...s.label, x: at.x, y: labelY },
      area: { x: at.x, y: at.y, width: s.width, height: s.height },
    };
  });

  const landmarks = charted.map((i) => {
    const shore = moved(i.coast.shore, i.middle);
    const rocks = i.coast.islets.map((islet) => bounds(moved(islet, i.middle)));
    return { slug: i.slug, shore, rocks, land: bounds(shore), label: i.label };
  });
  const rim = 2 * format.frame + sea.gap;
  const water = { x: sea.width / 2, y: height / 2, width: sea.width - rim, height: height - rim };
  return {
    format,
    width: sea.width,
    height,
    islands: charted,
    routes: routesBetween(bridges, landmarks, water, sea.gap / 2),
    rose: roseIn(sea, height),
  };
}

function sketch(island: Island, format: Format, usual: number) {
  const radius = usual * growth(island.life);
  const coast = coastOf(island.slug, radius);
  const land = bounds([...coast.shore, ...coast.islets.flat()]);
  const label = labelFor(island.name, format.fontSize, Math.max(7.5, land.width / format.fontSize));
  const space = format.fontSize * 0.3;
  return {
    slug: island.slug,
    island,
    coast,
    radius,
    land,
    label,
    space,
    width: Math.max(land.width, label.width),
    height: land.height + space + label.height,
  };
}
