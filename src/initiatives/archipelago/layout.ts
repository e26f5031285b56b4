import { distance, gap, type Point, type Rect } from "./geometry.ts";
import { seeded } from "./random.ts";

/** What needs a place: an island with its label, as one rectangle. */
export type Footprint = { slug: string; width: number; height: number };

/** The water: islands stay `margin` from its edges and `gap` from each other; it grows downwards when it is full. */
export type Sea = { width: number; height: number; step: number; margin: number; gap: number; rose: number };

export type Placement = { height: number; places: Map<string, Point> };

type Spot = Rect & { slug: string; home: Point };

const rounds = 240;

/** Any text will do; with this one the starter content's five islands lie well. */
const fortune = "place398";

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
  const needed = sorted.reduce((sum, f) => sum + (f.width + sea.gap) * (f.height + sea.gap), 0) / 0.56;
  let height = Math.max(sea.height, Math.ceil(needed / sea.width / sea.step) * sea.step);
  for (let attempt = 0; attempt < 12; attempt++, height += sea.step) {
    const spots = sorted.map((f) => settle(f, sea, height));
    drift(spots, links, sea, height);
    if (separate(spots, sea, height)) return { height, places: placesOf(spots) };
  }
  return shelves(sorted, sea);
}

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
    for (const s of spots) {
      s.x += (s.home.x - s.x) * 0.02 * ease;
      s.y += (s.home.y - s.y) * 0.02 * ease;
      push(s, rose, ideal * 0.7, 0.2 * ease);
    }
    for (const [from, to] of links) {
      const a = bySlug.get(from);
      const b = bySlug.get(to);
      if (a && b) pull(a, b, sea.gap * 2.4, 0.06 * ease);
    }
    spots.forEach((a, i) => {
      for (const b of spots.slice(i + 1)) {
        push(a, b, ideal, 0.12 * ease);
        push(b, a, ideal, 0.12 * ease);
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

/** Moves overlapping islands apart along the shorter way; true when all are free of each other. */
function separate(spots: Spot[], sea: Sea, height: number): boolean {
  const rose: Spot = { ...roseIn(sea, height), slug: "", home: { x: 0, y: 0 } };
  for (let round = 0; round < 400; round++) {
    let clear = true;
    spots.forEach((a, i) => {
      for (const b of [...spots.slice(i + 1), rose]) {
        if (gap(a, b) >= sea.gap - 0.01) continue;
        clear = false;
        nudge(a, b, sea.gap);
        if (b === rose) Object.assign(rose, roseIn(sea, height));
      }
    });
    if (clear) return true;
    for (const s of spots) keepWithin(s, sea, height);
  }
  return false;
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

/** When the sea is too full for anything better: rows, as on a shelf, with the rose below them. */
function shelves(footprints: Footprint[], sea: Sea): Placement {
  const places = new Map<string, Point>();
  let [x, y, row] = [sea.margin, sea.margin, 0];
  for (const f of footprints) {
    if (x > sea.margin && x + f.width > sea.width - sea.margin)
      [x, y, row] = [sea.margin, y + row + sea.gap, 0];
    places.set(f.slug, { x: x + f.width / 2, y: y + f.height / 2 });
    x += f.width + sea.gap;
    row = Math.max(row, f.height);
  }
  return { height: y + row + 2 * sea.rose + sea.gap + sea.margin, places };
}

const placesOf = (spots: Spot[]) => new Map(spots.map((s) => [s.slug, { x: s.x, y: s.y }]));
