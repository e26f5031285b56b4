import { area, distance, type Point } from "./geometry.ts";
import { between, type Random, seeded } from "./random.ts";

/** An island's lines around (0, 0): what the sea meets, rocks before it, and what grows and stands on the land. */
export type Coast = {
  shore: Point[];
  islets: Point[][];
  inland: Point[];
  hill: Point[];
  village: Point;
  trees: Point[];
};

const turn = 2 * Math.PI;
const steps = 80;

/** Island's mean radius as a factor: a quiet island is still an island, a lively one does not push the rest off the map. */
export const growth = (life: number) => 0.66 + 0.12 * Math.log1p(Math.max(0, life));

/** Noise around a circle: `waves` random heights in [-1, 1], joined by cosines. */
function ring(random: Random, waves: number): (angle: number) => number {
  const heights = Array.from({ length: waves }, () => between(random, -1, 1));
  return (angle) => {
    const at = (((angle % turn) + turn) % turn) * (waves / turn);
    const from = Math.floor(at) % waves;
    const blend = (1 - Math.cos((at % 1) * Math.PI)) / 2;
    return heights[from]! * (1 - blend) + heights[(from + 1) % waves]! * blend;
  };
}

/** How far the shore lies from the middle, by angle: layers of ever finer noise, and one bay. */
function shoreline(random: Random): (angle: number) => number {
  const layers = [
    { noise: ring(random, 3), height: 0.2 },
    { noise: ring(random, 6), height: 0.22 },
    { noise: ring(random, 13), height: 0.13 },
    { noise: ring(random, 31), height: 0.1 },
  ];
  const bay = {
    at: between(random, 0, turn),
    depth: between(random, 0.12, 0.42),
    width: between(random, 0.16, 0.3),
  };
  return (angle) => {
    const off = Math.abs(((angle - bay.at + Math.PI + 3 * turn) % turn) - Math.PI) / bay.width;
    const rough = layers.reduce((sum, layer) => sum + layer.height * layer.noise(angle), 1);
    return Math.max(0.42, rough - bay.depth * Math.exp(-off * off));
  };
}

/** The coast of a slug at a given mean radius; the same slug has the same shape on every map. */
export function coastOf(slug: string, radius: number): Coast {
  const random = seeded(`coast:${slug}`);
  const reach = shoreline(random);
  const sway = ring(random, 7);
  const stretch = between(random, 1.08, 1.28);
  const tilt = between(random, -0.5, 0.5);
  const angles = Array.from({ length: steps }, (_, i) => (i / steps) * turn);
  const at = (angle: number, far: number): Point => {
    const bent = angle + 0.14 * sway(angle);
    const [x, y] = [far * Math.cos(bent) * stretch, (far * Math.sin(bent)) / stretch];
    return { x: x * Math.cos(tilt) - y * Math.sin(tilt), y: x * Math.sin(tilt) + y * Math.cos(tilt) };
  };
  const shore = angles.map((a) => at(a, reach(a)));

  // Stay clear of every bay: look at the nearest shore to both sides.
  const sheltered = (a: number) => Math.min(...[-0.35, -0.18, 0, 0.18, 0.35].map((side) => reach(a + side)));
  const coarse = angles.filter((_, i) => i % 3 === 0);
  const inland = coarse.map((a) => at(a, sheltered(a) * 0.8));
  const inner = (a: number, part: number) => at(a, sheltered(a) * part);

  // The village lies where there is most land, the hill across from it, trees wherever there is room between them.
  const side = between(random, -0.6, 0.6);
  const east = side + (sheltered(side) > sheltered(side + Math.PI) ? 0 : Math.PI);
  const village = inner(east, 0.34);
  const top = inner(east + Math.PI, 0.4);
  const rise = 0.27 * sheltered(east + Math.PI);
  const slope = ring(random, 5);
  const hill = blob(top, (b) => ({ x: rise * (1 + 0.2 * slope(b)), y: rise * (0.6 + 0.12 * slope(b)) }), 10);
  const trees = Array.from({ length: 9 }, () =>
    inner(between(random, 0, turn), between(random, 0.35, 0.68)),
  ).filter((t) => distance(t, village) > 0.36 && distance(t, top) > 1.5 * rise);

  const first = between(random, 0, turn);
  const islets = Array.from({ length: Math.floor(between(random, 0, 3)) }, (_, i) => {
    const a = first + i * between(random, 1.5, 4.5);
    const size = between(random, 0.05, 0.11);
    const outermost = Math.max(...[-0.25, -0.12, 0, 0.12, 0.25].map((side) => reach(a + side)));
    const rim = ring(random, 4);
    const middle = at(a, outermost + size + between(random, 0.1, 0.16));
    return blob(middle, (b) => ({ x: size * (1.25 + 0.4 * rim(b)), y: size * (0.85 + 0.3 * rim(b)) }), 11);
  });

  // Every slug gets the same area for the same radius, so that size says life and nothing else.
  const scale = radius * Math.sqrt(Math.PI / area(shore));
  const scaled = (points: Point[]) => points.map((p) => ({ x: p.x * scale, y: p.y * scale }));
  return {
    shore: scaled(shore),
    islets: islets.map(scaled),
    inland: scaled(inland),
    hill: scaled(hill),
    village: scaled([village])[0]!,
    trees: scaled(trees),
  };
}

const blob = (middle: Point, radius: (angle: number) => Point, count: number): Point[] =>
  Array.from({ length: count }, (_, i) => (i / count) * turn).map((angle) => {
    const r = radius(angle);
    return { x: middle.x + Math.cos(angle) * r.x, y: middle.y + Math.sin(angle) * r.y };
  });
