export type Point = { x: number; y: number };

/** A rectangle by its middle. */
export type Rect = { x: number; y: number; width: number; height: number };

/** Math.sqrt, since Math.hypot is several times slower and this is asked very often. */
export const distance = (a: Point, b: Point) => Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2);

export const moved = (points: Point[], by: Point): Point[] =>
  points.map((p) => ({ x: p.x + by.x, y: p.y + by.y }));

/** How much room is left between two rectangles; negative when they overlap. */
export const gap = (a: Rect, b: Rect) =>
  Math.max(Math.abs(a.x - b.x) - (a.width + b.width) / 2, Math.abs(a.y - b.y) - (a.height + b.height) / 2);

/** How far a point lies outside a rectangle; 0 within it. */
export function outside(p: Point, r: Rect): number {
  const x = Math.max(0, Math.abs(p.x - r.x) - r.width / 2);
  const y = Math.max(0, Math.abs(p.y - r.y) - r.height / 2);
  return Math.sqrt(x * x + y * y);
}

export function bounds(points: Point[]): Rect {
  const xs = points.map((p) => p.x);
  const ys = points.map((p) => p.y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  return { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top };
}

/** Shoelace formula. */
export function area(polygon: Point[]): number {
  let twice = 0;
  polygon.forEach((p, i) => {
    const q = polygon[(i + 1) % polygon.length]!;
    twice += p.x * q.y - q.x * p.y;
  });
  return Math.abs(twice) / 2;
}

export function contains(polygon: Point[], p: Point): boolean {
  let inside = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const a = polygon[i]!;
    const b = polygon[j]!;
    if (a.y > p.y !== b.y > p.y && p.x < ((b.x - a.x) * (p.y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}
