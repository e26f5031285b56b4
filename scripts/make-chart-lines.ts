/**
 * Draws the lines of the sea chart that the stylesheet uses as masks: depth contours, a coast with the
 * water lines along it, and a divider. Run after a change: `node scripts/make-chart-lines.ts`.
 */
import { writeFileSync } from "node:fs";

type Point = [x: number, y: number];
const round = (value: number) => Math.round(value * 10) / 10;

/** A smooth path: quadratic curves through the middles of the segments. */
function smooth(points: Point[], closed: boolean): string {
  const middle = (a: Point, b: Point) => `${round((a[0] + b[0]) / 2)} ${round((a[1] + b[1]) / 2)}`;
  const at = (point: Point) => `${round(point[0])} ${round(point[1])}`;
  const ring = closed ? [...points, points[0]!] : points;
  const curves = ring.slice(1, -1).map((point, index) => `Q${at(point)} ${middle(point, ring[index + 2]!)}`);
  return closed
    ? `M${middle(ring[0]!, ring[1]!)}${curves.join("")}Q${at(ring[0]!)} ${middle(ring[0]!, ring[1]!)}Z`
    : `M${at(ring[0]!)}${curves.join("")}L${at(ring.at(-1)!)}`;
}

/** Two crossings in one corner of a square would make a kink. */
const far = (a: Point, b: Point) => Math.hypot(a[0] - b[0], a[1] - b[1]) > 11;

/** The lines where `depth` passes `threshold`, by marching squares. */
function contour(depth: (x: number, y: number) => number, threshold: number, size: Point, step: number) {
  const next = new Map<string, Point[]>();
  const key = ([x, y]: Point) => `${x.toFixed(3)},${y.toFixed(3)}`;
  const join = (a: Point, b: Point) => {
    for (const [from, to] of [[a, b] as const, [b, a] as const])
      next.set(key(from), [...(next.get(key(from)) ?? []), to]);
  };
  for (let y = -step; y < size[1] + step; y += step)
    for (let x = -step; x < size[0] + step; x += step) {
      const corners: Point[] = [
        [x, y],
        [x + step, y],
        [x + step, y + step],
        [x, y + step],
      ];
      const crossings = corners.flatMap((from, index): Point[] => {
        const to = corners[(index + 1) % 4]!;
        const [a, b] = [depth(...from) - threshold, depth(...to) - threshold];
        if (a < 0 === b < 0) return [];
        const part = a / (a - b);
        return [[from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part]];
      });
      for (let i = 0; i + 1 < crossings.length; i += 2) join(crossings[i]!, crossings[i + 1]!);
    }
  const paths: string[] = [];
  const ends = [...next.entries()].filter(([, to]) => to.length === 1).map(([from]) => from);
  for (const start of [...ends, ...next.keys()]) {
    const line: Point[] = [];
    let here: string | undefined = start;
    while (here && next.has(here)) {
      const neighbours: Point[] = next.get(here)!;
      next.delete(here);
      line.push(here.split(",").map(Number) as Point);
      here = neighbours.map(key).find((candidate) => next.has(candidate));
    }
    const calm = line.filter((point, index) => index === 0 || far(point, line[index - 1]!));
    if (calm.length > 4) paths.push(smooth(calm, !ends.includes(start)));
  }
  return paths.join("");
}

const svg = (width: number, height: number, content: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><title>Sea chart</title>${content}</svg>\n`;
const stroke = (path: string, width: number, opacity = 1) =>
  `<path d="${path}" fill="none" stroke="#000" stroke-width="${width}" stroke-opacity="${opacity}"/>`;
const save = (name: string, text: string) => writeFileSync(`browser/css/${name}.svg`, text);

const hill = (x: number, y: number, cx: number, cy: number, rx: number, ry: number) =>
  Math.exp(-(((x - cx) / rx) ** 2) - ((y - cy) / ry) ** 2);
const seabed = (x: number, y: number) =>
  hill(x, y, 930, 250, 330, 220) +
  0.85 * hill(x, y, 1220, 640, 300, 240) +
  0.55 * hill(x, y, 520, 620, 260, 170) +
  0.4 * hill(x, y, 130, 90, 240, 190) +
  0.05 * Math.sin(x / 61 + Math.sin(y / 47) * 1.6) +
  0.05 * Math.sin(y / 53 + Math.sin(x / 71) * 1.9);

/** Soundings: the depth in metres, scattered as a survey ship would leave them. */
const soundings = Array.from({ length: 13 * 7 }, (_, index) => {
  const [column, row] = [index % 13, Math.floor(index / 13)];
  const x = 55 + column * 108 + Math.sin(index * 12.9) * 34;
  const y = 70 + row * 116 + Math.sin(index * 78.2) * 36;
  return `<text x="${Math.round(x)}" y="${Math.round(y)}">${Math.max(1, Math.round(38 - 36 * seabed(x, y)))}</text>`;
});
save(
  "contours",
  svg(
    1400,
    820,
    [0.12, 0.24, 0.36, 0.48, 0.6, 0.72, 0.84, 0.96]
      .map((threshold, index) =>
        stroke(contour(seabed, threshold, [1400, 820], 20), index % 4 === 0 ? 1.8 : 0.9),
      )
      .join("") +
      `<g font-family="Georgia, serif" font-style="italic" font-size="13" fill-opacity="0.75">${soundings.join("")}</g>`,
  ),
);

/** The compass card of a chart: degrees on two rings and thirty-two points. */
const ray = (degrees: number, from: number, to: number) => {
  const turn = ((degrees - 90) * Math.PI) / 180;
  const at = (radius: number) =>
    `${round(300 + Math.cos(turn) * radius)} ${round(300 + Math.sin(turn) * radius)}`;
  return `M${at(from)}L${at(to)}`;
};
const rays = (count: number, from: number, to: number) =>
  Array.from({ length: count }, (_, index) => ray((index * 360) / count, from, to)).join("");
const ring = (radius: number, width: number) =>
  `<circle cx="300" cy="300" r="${radius}" fill="none" stroke="#000" stroke-width="${width}"/>`;
const star = (turn: number, length: number, half: number, opacity: number) =>
  [0, 90, 180, 270]
    .map((quarter) => {
      const at = `rotate(${turn + quarter} 300 300)`;
      return `<path transform="${at}" d="M300 300V${300 - length}L${300 - half} ${300 - half}Z" fill="#000" fill-opacity="${opacity}"/><path transform="${at}" d="M300 300V${300 - length}L${300 + half} ${300 - half}Z" fill="none" stroke="#000" stroke-opacity="${opacity}"/>`;
    })
    .join("");
save(
  "rose",
  svg(
    600,
    600,
    ring(292, 1.5) +
      ring(262, 1) +
      ring(222, 1) +
      ring(198, 0.8) +
      stroke(rays(180, 276, 292), 0.8) +
      stroke(rays(36, 262, 292), 1.6) +
      stroke(rays(72, 208, 222), 0.8) +
      stroke(rays(16, 198, 222), 1.6) +
      stroke(rays(32, 60, 198), 0.5, 0.5) +
      star(45, 150, 22, 0.5) +
      star(0, 250, 30, 0.9),
  ),
);

/** A coast that repeats every 1440 units; fewer `octaves` give the calmer lines further out. */
const width = 1440;
const coast = (octaves: number, seed: number) => (x: number) => {
  let height = 0;
  for (let k = 1; k <= octaves; k++) {
    const wave = (Math.PI * 2 * x * (k * 2 - 1)) / width;
    height += Math.sin(wave + seed * k * k) / k ** 0.95;
  }
  return height;
};
const line = (height: (x: number) => number, step = 8): Point[] =>
  Array.from({ length: width / step + 1 }, (_, index) => [index * step, height(index * step)]);

for (const [edge, seed] of [
  ["top", 1.7],
  ["bottom", 4.1],
] as const) {
  const up = edge === "top" ? 1 : -1;
  const base = edge === "top" ? 46 : 18;
  const shore = line((x) => base + coast(18, seed)(x) * 4.6);
  const close = edge === "top" ? "V64H0Z" : "V0H0Z";
  save(`coast-${edge}`, svg(width, 64, `<path d="${smooth(shore, false)}${close}"/>`));
  const waters = [17, 12, 8, 5].map((octaves, index) => {
    const away = [5, 11.5, 19.5, 29][index]!;
    return stroke(
      smooth(
        line((x) => base - up * away + coast(octaves, seed)(x) * 4.4, [8, 12, 18, 24][index]),
        false,
      ),
      1,
      1 - index * 0.2,
    );
  });
  save(`waterlines-${edge}`, svg(width, 64, stroke(smooth(shore, false), 1.8) + waters.join("")));
}

save(
  "depth-lines",
  svg(
    width,
    64,
    [0, 1, 2, 3, 4, 5]
      .map((index) => {
        const swell = (x: number) => {
          const turn = (Math.PI * 2 * x) / width;
          return (
            9 + index * 9 + Math.sin(turn * 2 + index * 0.5) * 4 + Math.sin(turn * 5 - index * 0.8) * 2.2
          );
        };
        return stroke(smooth(line(swell, 24), false), index === 2 ? 1.8 : 0.9, 1 - Math.abs(index - 2) * 0.2);
      })
      .join(""),
  ),
);
