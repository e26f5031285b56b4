import type { Point } from "./geometry.ts";

const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

/** A number as short as SVG allows: "-.5" rather than "-0.50". */
export const short = (n: number) =>
  String(Math.round(n * 10) / 10)
    .replace(/^(-?)0\./, "$1.")
    .replace(/^-0$/, "0");

const joined = (numbers: number[]) =>
  numbers.map(short).reduce((line, n) => line + (line && !n.startsWith("-") ? " " : "") + n, "");

/** Writes relative quadratic curves; keeps the pen where the reader's pen is, so rounding never adds up. */
function pen(start: Point) {
  const round = (n: number) => Math.round(n * 10) / 10;
  let at = { x: round(start.x), y: round(start.y) };
  let d = `M${joined([at.x, at.y])}`;
  return {
    curve(control: Point, to: Point) {
      const [dx, dy] = [round(to.x - at.x), round(to.y - at.y)];
      d += `q${joined([control.x - at.x, control.y - at.y, dx, dy])}`;
      at = { x: at.x + dx, y: at.y + dy };
    },
    done: (close: boolean) => d + (close ? "z" : ""),
  };
}

/** A closed line that bends smoothly along the points, through the middle of each pair of neighbours. */
export function closedPath(points: Point[]): string {
  const next = (i: number) => points[(i + 1) % points.length]!;
  const p = pen(middle(points.at(-1)!, points[0]!));
  points.forEach((point, i) => {
    p.curve(point, middle(point, next(i)));
  });
  return p.done(true);
}

/** An open line that does the same between its two ends. */
export function openPath(points: Point[]): string {
  const p = pen(points[0]!);
  const last = points.length - 1;
  for (let i = 1; i < last; i++) {
    p.curve(points[i]!, i === last - 1 ? points[last]! : middle(points[i]!, points[i + 1]!));
  }
  return p.done(false);
}

/** A closed line of straight pieces, for what is too small to see the corners of. */
export function polygonPath(points: Point[]): string {
  const [first, ...rest] = points.map((p) => joined([p.x, p.y]));
  return `M${first}L${rest.join(" ")}z`;
}
