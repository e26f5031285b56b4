import { distance, gap, type Point, type Rect } from "./geometry.ts";
import { seeded } from "./random.ts";

/** What needs a place: an island with its label, as one rectangle. */
export type Footprint = { slug: string; width: number; height: number };

/** The water: islands stay `margin` from its edges and `gap` from each other; it grows downwards when it is full. */
export type Sea = {
  width: number;
  height: number;
  step: number;
  margin: number;
  gap: number;
  rose: number;
  /** Which part of the water islands may take before it grows. */
  fill: number;
};

export type Placement = { height: number; places: Map<string, Point> };

type Spot = Rect & { slug: string; home: Point };

const rounds = 240;

/** Any text will do; with this one the starter content's five islands lie well. */
const fortune = "place465";

/** The compass rose keeps the bottom right corner free. */
export const roseIn = (sea: Sea, height: number): Rect => ({
  x: sea.width - sea.margin - sea.rose,
  y: height - sea.margin - sea.rose,
  width: 2 * sea.rose,
  height: 2 * sea.rose,
});

/**
 * Gives every island a place. Its slug says where it would like to be, so a newcomer moves its neighbours and
 * not the whole map; bridges pull, crowding pushes. The order of the footprints does not matter.
 */
export function place(footprints: Footprint[], links: [string, string][], sea: Sea): Placement {
  const sorted = [...footprints].sort((a, b) => (a.slug < b.slug ? -1 : 1));
  const needed = sorted.reduce((sum, f) => sum + (f.width + sea.gap) * (f.height + sea.gap), 0) / sea.fill;
  const height = Math.max(sea.height, upTo(needed / sea.width, sea.step));
  const spots = sorted.map((f) => settle(f, sea, height));
  drift(spots, links, sea, height);
  spread(spots, sea, height);
  separate(spots, sea, height);
  const bottom = lower(spots, sea);
  return {
    height: Math.max(height, upTo(bottom + sea.margin, sea.step)),
    places: new Map(spots.map((s) => [s.slug, { x: s.x, y: s.y }])),
  };
}

const upTo = (n: number, step: number) => Math.ceil(n / step) * step;

function settle(footprint: Footprint, sea: Sea, height: number): Spot {
  const random = seeded(`${fortune}:${footprint.slug}`);
  const home = {
    x: sea.margin + random() * (sea.width - 2 * sea.margin),
    y: sea.margin + random() * (height - 2 * sea.margin),
  };
  return { ...footprint, home, x: home.x, y: home.y };
}

/** Homesickness, bridges and crowding, in ever smaller steps. */
function drift(spots: Spot[], links: [string, string][], sea: Sea, height: number) {
  const bySlug = new Map(spots.map((s) => [s.slug, s]));
  const ideal = Math.sqrt((sea.width * height) / Math.max(2, spots.length)) * 1.05;
  const rose = roseIn(sea, height);
  for (let round = 0; round < rounds; round++) {
    const ease = 1 - round / rounds;
    const crowding = 0.12 * ease * Math.min(1, 0.25 + (2 * round) / rounds);
    for (const s of spots) {
      s.x += (s.home.x - s.x) * 0.008 * ease;
      s.y += (s.home.y - s.y) * 0.008 * ease;
      push(s, rose, ideal * 0.7, 0.2 * ease);
    }
    for (const [from, to] of links) {
      const a = bySlug.get(from);
      const b = bySlug.get(to);
      if (a && b) pull(a, b, sea.gap * 2.4, 0.16 * ease);
    }
    spots.forEach((a, i) => {
      for (const b of spots.slice(i + 1)) {
        push(a, b, ideal, crowding);
        push(b, a, ideal, crowding);
      }
    });
    for (const s of spots) keepWithin(s, sea, height);
  }
}

function push(moving: Point, from: Point, ideal: number, strength: number) {
  const far = distance(moving, from) || 1;
  if (far >= ideal) return;
  const by = ((ideal - far) / far) * strength;
  moving.x += (moving.x - from.x) * by;
  moving.y += (moving.y - from.y) * by;
}

function pull(a: Spot, b: Spot, rest: number, strength: number) {
  const room = gap(a, b) - rest;
  if (room <= 0) return;
  const by = (room / (distance(a, b) || 1)) * strength;
  const [dx, dy] = [(b.x - a.x) * by, (b.y - a.y) * by];
  a.x += dx;
  a.y += dy;
  b.x -= dx;
  b.y -= dy;
}

function keepWithin(s: Spot, sea: Sea, height: number) {
  const [w, h] = [s.width / 2 + sea.margin, s.height / 2 + sea.margin];
  s.x = w * 2 > sea.width ? sea.width / 2 : Math.min(sea.width - w, Math.max(w, s.x));
  s.y = Math.min(height - h, Math.max(h, s.y));
}

/** Uses the whole sheet: stretches the map to its sides, and evens out how full it is from top to bottom. */
function spread(spots: Spot[], sea: Sea, height: number) {
  if (spots.length < 3) return;
  stretch(spots, "x", "width", sea.width, sea.margin);
  const all = spots.reduce((sum, s) => sum + s.width * s.height, 0);
  let above = 0;
  for (const s of spots.toSorted((a, b) => a.y - b.y)) {
    const own = s.width * s.height;
    const even = height * ((above + own / 2) / all);
    s.y += (even - s.y) * Math.min(0.75, spots.length / 40);
    above += own;
  }
  stretch(spots, "y", "height", height, sea.margin);
  for (const s of spots) keepWithin(s, sea, height);
}

function stretch(spots: Spot[], axis: "x" | "y", side: "width" | "height", size: number, margin: number) {
  const low = Math.min(...spots.map((s) => s[axis] - s[side] / 2));
  const high = Math.max(...spots.map((s) => s[axis] + s[side] / 2));
  const by = (size - 2 * margin) / (high - low);
  for (const s of spots) s[axis] = size / 2 + (s[axis] - (low + high) / 2) * by;
}

/** Moves overlapping islands apart along the shorter way, for as long as that helps. */
function separate(spots: Spot[], sea: Sea, height: number) {
  const corner = roseIn(sea, height);
  const rose: Spot = { ...corner, slug: "", home: corner };
  for (let round = 0; round < 120; round++) {
    let clear = true;
    for (const [i, a] of spots.entries()) {
      for (const b of [...spots.slice(i + 1), rose]) {
        if (gap(a, b) >= sea.gap) continue;
        clear = false;
        nudge(a, b, sea.gap);
        Object.assign(rose, corner);
      }
    }
    if (clear) return;
    for (const s of spots) keepWithin(s, sea, height);
  }
}

/** From the top down, moves an island below those that are still in its way; tells how deep the sheet must be. */
function lower(spots: Spot[], sea: Sea): number {
  const done: Spot[] = [];
  for (const s of spots.toSorted((a, b) => a.y - a.height / 2 - (b.y - b.height / 2))) {
    for (const other of done.toSorted((a, b) => a.y - b.y)) {
      if (gap(s, other) < sea.gap - 0.5) s.y = other.y + (other.height + s.height) / 2 + sea.gap;
    }
    done.push(s);
  }
  const foot = (s: Spot) => s.y + s.height / 2;
  const right = sea.width - sea.margin - 2 * sea.rose - sea.gap;
  const aboveRose = spots
    .filter((s) => s.x + s.width / 2 > right)
    .map((s) => foot(s) + sea.gap + 2 * sea.rose);
  return Math.max(0, ...spots.map(foot), ...aboveRose);
}

function nudge(a: Spot, b: Spot, room: number) {
  const x = (a.width + b.width) / 2 + room - Math.abs(a.x - b.x);
  const y = (a.height + b.height) / 2 + room - Math.abs(a.y - b.y);
  const axis = x < y ? "x" : "y";
  const by =
    (Math.min(x, y) / 2) * 1.01 * (a[axis] < b[axis] || (a[axis] === b[axis] && a.slug < b.slug) ? 1 : -1);
  a[axis] -= by;
  b[axis] += by;
}
