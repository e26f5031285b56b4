import { sampled } from "./bridges.ts";
import type { Chart } from "./chart.ts";
import { distance, moved, outside, type Point } from "./geometry.ts";
import { between, seeded } from "./random.ts";

/** A depth in metres at a point, as a chart prints it. */
export type Sounding = Point & { metres: number };

const openWater = (chart: Chart) => {
  const coasts = chart.islands.flatMap((i) => moved(i.coast.shore, i.middle).filter((_, n) => n % 3 === 0));
  const routes = chart.routes.flatMap((r) => sampled(r, 24));
  const edge = chart.format.frame;
  return (p: Point) => ({
    coast: Math.min(...coasts.map((c) => distance(c, p)), 4000),
    taken: Math.min(
      ...chart.islands.map((i) => outside(p, i.area)),
      ...routes.map((r) => distance(r, p)),
      distance(chart.rose, p) - chart.rose.width / 2,
      p.x - edge,
      chart.width - edge - p.x,
      p.y - edge,
      chart.height - edge - p.y,
    ),
  });
};

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
      const { coast, taken } = water(p);
      const depth = (coast / step) * 8 * between(random, 0.85, 1.15);
      if (ship && distance(ship, p) < step * 0.7) continue;
      if (taken > step * 0.17) found.push({ ...p, metres: Math.max(1, Math.round(depth)) });
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
      const room = water({ x, y }).taken;
      if (!best || room > best.room) best = { at: { x, y }, room };
    }
  }
  return best && best.room > step * 0.9 ? best.at : undefined;
}
