import { bounds, contains, distance, gap, outside, type Point, type Rect } from "./geometry.ts";

export type Reason = "part-of" | "support" | "people" | "theme";
export type Bridge = { from: string; to: string; reason: Reason };

/** What a sea route sails between and around. */
export type Landmark = { slug: string; shore: Point[]; rocks: Point[]; land: Rect; label: Rect };

/** A quadratic curve from coast to coast. */
export type Route = Bridge & { start: Point; bend: Point; end: Point };

const strength: Record<Reason, number> = { "part-of": 4, support: 3, people: 2, theme: 1 };
const pairOf = (b: Bridge) => [b.from, b.to].sort().join("\n");

/** One bridge for each pair of islands, with the strongest reason there is; none from an island to itself. */
export function strongestBridges(bridges: readonly Bridge[]): Bridge[] {
  const best = new Map<string, Bridge>();
  for (const bridge of bridges) {
    const known = best.get(pairOf(bridge));
    if (bridge.from === bridge.to || (known && strength[known.reason] >= strength[bridge.reason])) continue;
    best.set(pairOf(bridge), bridge);
  }
  return [...best.values()].sort((a, b) => strength[b.reason] - strength[a.reason]);
}

function pointOn(route: Pick<Route, "start" | "bend" | "end">, t: number): Point {
  const mix = (a: number, b: number, c: number) => (1 - t) ** 2 * a + 2 * (1 - t) * t * b + t ** 2 * c;
  return {
    x: mix(route.start.x, route.bend.x, route.end.x),
    y: mix(route.start.y, route.bend.y, route.end.y),
  };
}

export const sampled = (route: Pick<Route, "start" | "bend" | "end">, count: number): Point[] =>
  Array.from({ length: count + 1 }, (_, i) => pointOn(route, i / count));

const bends = [0.12, -0.12, 0.26, -0.26, 0.42, -0.42];
const harbours = [0, 0.55, -0.55, 1.1, -1.1, 1.7, -1.7];

/**
 * Draws a route for every bridge between known islands, within `water`; the strongest first, later ones
 * avoid them.
 */
export function routesBetween(
  bridges: readonly Bridge[],
  landmarks: Landmark[],
  water: Rect,
  clearance: number,
): Route[] {
  const bySlug = new Map(landmarks.map((l) => [l.slug, l]));
  const routes: Route[] = [];
  const wakes: Wake[] = [];
  for (const bridge of strongestBridges(bridges)) {
    const from = bySlug.get(bridge.from);
    const to = bySlug.get(bridge.to);
    if (!from || !to) continue;
    const tried = candidates(bridge, from, to, clearance);
    const around = bounds(tried.flatMap((r) => [r.start, r.bend, r.end]));
    const near = (r: Rect) => gap(r, around) < clearance;
    const obstacles = landmarks.filter((l) => l !== from && l !== to && (near(l.land) || near(l.label)));
    const sailed = wakes.filter((wake) => near(wake.around));
    let best: { route: Route; cost: number } | undefined;
    for (const route of tried) {
      const cost = costOf(route, [from, to], obstacles, sailed, water, clearance, best?.cost ?? Infinity);
      if (!best || cost < best.cost) best = { route, cost };
    }
    if (!best) continue;
    routes.push(best.route);
    const points = sampled(best.route, 12);
    wakes.push({ points, around: bounds(points) });
  }
  return routes;
}

/** Where an earlier route sails. */
type Wake = { points: Point[]; around: Rect };

function candidates(bridge: Bridge, from: Landmark, to: Landmark, clearance: number): Route[] {
  const bearing = Math.atan2(to.land.y - from.land.y, to.land.x - from.land.x);
  const leave = harbours.map((turn) => harbour(from, bearing + turn, clearance));
  const arrive = harbours.map((turn) => harbour(to, bearing + Math.PI + turn, clearance));
  return leave.flatMap((start) =>
    arrive.flatMap((end) =>
      bends.map((bow) => ({
        ...bridge,
        start,
        end,
        bend: {
          x: (start.x + end.x) / 2 - (end.y - start.y) * bow,
          y: (start.y + end.y) / 2 + (end.x - start.x) * bow,
        },
      })),
    ),
  );
}

/** The point just off the coast that lies in a direction. */
function harbour(island: Landmark, bearing: number, clearance: number): Point {
  const along = { x: Math.cos(bearing), y: Math.sin(bearing) };
  let best = { at: island.shore[0]!, cosine: -2 };
  for (const p of island.shore) {
    const [dx, dy] = [p.x - island.land.x, p.y - island.land.y];
    const cosine = (dx * along.x + dy * along.y) / (Math.hypot(dx, dy) || 1);
    if (cosine > best.cosine) best = { at: p, cosine };
  }
  return { x: best.at.x + along.x * clearance * 0.6, y: best.at.y + along.y * clearance * 0.6 };
}

/** Length, and a price for sailing over land, over names, off the map and across other routes; `enough` is too much. */
function costOf(
  route: Route,
  ends: Landmark[],
  obstacles: Landmark[],
  sailed: Wake[],
  water: Rect,
  clearance: number,
  enough: number,
): number {
  if (distance(route.start, route.end) > enough) return enough; // it is longer still
  const points = sampled(route, 20);
  const apart = clearance * 0.8;
  let cost = 0;
  for (const [i, p] of points.entries()) {
    if (i > 0) cost += distance(p, points[i - 1]!);
    if (outside(p, water) > 0) cost += clearance * 20;
    for (const l of obstacles) {
      if (outside(p, l.label) < clearance * 0.7 || outside(p, l.land) < clearance) cost += clearance * 14;
    }
    for (const l of ends) {
      if (outside(p, l.label) < clearance * 0.7) cost += clearance * 14;
      if (l.rocks.some((rock) => distance(p, rock) < clearance)) cost += clearance * 4;
      if (outside(p, l.land) === 0 && contains(l.shore, p)) cost += clearance * 8;
    }
    for (const wake of sailed) {
      if (outside(p, wake.around) < apart && wake.points.some((q) => distance(p, q) < apart))
        cost += clearance * 2;
    }
    if (cost > enough) break;
  }
  return cost;
}
