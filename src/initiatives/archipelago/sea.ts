import { sampled } from "./bridges.ts";
import type { Chart } from "./chart.ts";
import { distance, moved, outside, type Point } from "./geometry.ts";
import { between, seeded } from "./random.ts";

/** A depth in metres at a point, as a chart prints it. */
export type Sounding = Point & { metres: number };

/** Distance to the nearest of many points. */
function nearest(points: readonly Point[], p: Point, atMost: number): number {
  let least = atMost ** 2;
  for (const { x, y } of points) {
    const square = (x - p.x) ** 2 + (y - p.y) ** 2;
    if (square < least) least = square;
  }
  return Math.sqrt(least);
}

const farAway = 4000;

/** How far a point lies from land, and how far from all that is drawn; asked for thousands of points. */
function openWater(chart: Chart) {
  const coasts = chart.islands.flatMap((i) => moved(i.coast.shore, i.middle).filter((_, n) => n % 3 === 0));
  const routes = chart.routes.flatMap((r) => sampled(r, 24));
  const edge = chart.format.frame;
  return {
    toLand: (p: Point) => nearest(coasts, p, farAway),
    room: (p: Point) => {
      let least = Math.min(
        distance(chart.rose, p) - chart.rose.width / 2,
        p.x - edge,
        chart.width - edge - p.x,
        p.y - edge,
        chart.height - edge - p.y,
      );
      for (const island of chart.islands) least = Math.min(least, outside(p, island.area));
      return least > 0 ? nearest(routes, p, least) : least;
    },
  };
}

/** Depths scattered over the open water; deeper further from land. */
export function soundingsOf(chart: Chart, ship?: Point): Sounding[] {
  const random = seeded("soundings");
  const step = chart.format.soundings;
  const water = openWater(chart);
  const found: Sounding[] = [];
  for (let y = step * 0.7; y < chart.height; y += step * 0.8) {
    for (let x = step * 0.7; x < chart.width; x += step) {
      const p = {
        x: Math.round(x + between(random, -0.3, 0.3) * step),
        y: Math.round(y + between(random, -0.3, 0.3) * step),
      };
      const roughness = between(random, 0.85, 1.15);
      if (ship && distance(ship, p) < step * 0.7) continue;
      if (water.room(p) <= step * 0.17) continue;
      const depth = (water.toLand(p) / step) * 8 * roughness;
      found.push({ ...p, metres: Math.max(1, Math.round(depth)) });
    }
  }
  return found;
}

/** The middle of the emptiest water, for a ship; undefined when there is no room for one. */
export function shipBerth(chart: Chart): Point | undefined {
  const water = openWater(chart);
  const step = chart.format.soundings / 2;
  let best: { at: Point; room: number } | undefined;
  for (let y = step; y < chart.height; y += step) {
    for (let x = step; x < chart.width; x += step) {
      const room = water.room({ x, y });
      if (!best || room > best.room) best = { at: { x, y }, room };
    }
  }
  return best && best.room > step * 0.9 ? best.at : undefined;
}
