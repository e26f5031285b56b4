import { area, type Point } from "./geometry.ts";
import { between, type Random, seeded } from "./random.ts";

/** An island's lines around (0, 0): what the sea meets, the green heart, a hill, rocks off the coast, a village. */
export type Coast = { shore: Point[]; inland: Point[]; hill: Point[]; islets: Point[][]; village: Point };

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
    const off = Math.abs(((angle - bay.at + Math.PI + turn) % turn) - Math.PI) / bay.width;
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
  const inland = coarse.map((a) => at(a, sheltered(a) * 0.78));
  const height = between(random, 0, turn);
  const top = at(height, sheltered(height) * 0.42);
  const slope = ring(random, 5);
  const hill = blob(top, (b) => ({ x: 0.21 + 0.05 * slope(b), y: 0.12 + 0.03 * slope(b) }), 10);
  const village = at(height + Math.PI, sheltered(height + Math.PI) * 0.3);

  const islets = Array.from({ length: Math.floor(between(random, 0, 3)) }, () => {
    const a = between(random, 0, turn);
    const size = between(random, 0.06, 0.12);
    const middle = at(a, reach(a) + size + between(random, 0.1, 0.2));
    const rim = ring(random, 4);
    return blob(middle, (b) => ({ x: size * (1.25 + 0.4 * rim(b)), y: size * (0.85 + 0.3 * rim(b)) }), 11);
  });

  // Every slug gets the same area for the same radius, so that size says life and nothing else.
  const scale = radius * Math.sqrt(Math.PI / area(shore));
  const scaled = (points: Point[]) => points.map((p) => ({ x: p.x * scale, y: p.y * scale }));
  return {
    shore: scaled(shore),
    inland: scaled(inland),
    hill: scaled(hill),
    islets: islets.map(scaled),
    village: scaled([village])[0]!,
  };
}

const blob = (middle: Point, radius: (angle: number) => Point, count: number): Point[] =>
  Array.from({ length: count }, (_, i) => (i / count) * turn).map((angle) => {
    const r = radius(angle);
    return { x: middle.x + Math.cos(angle) * r.x, y: middle.y + Math.sin(angle) * r.y };
  });
