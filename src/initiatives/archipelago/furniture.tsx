import type { Chart } from "./chart.ts";
import type { Point, Rect } from "./geometry.ts";
import { short } from "./path.ts";

const polar = (angle: number, far: number): Point => ({
  x: Math.sin(angle) * far,
  y: -Math.cos(angle) * far,
});
const spot = (p: Point) => `${short(p.x)} ${short(p.y)}`;

/** Lines of the thirty-two winds from the rose to the edge of the map, as on a portolan. */
export function Winds({ chart }: { chart: Chart }) {
  const { rose, width, height } = chart;
  const lines = Array.from({ length: 32 }, (_, i) => {
    const way = polar((i * Math.PI) / 16, 1);
    const far = Math.min(
      way.x > 1e-9 ? (width - rose.x) / way.x : way.x < -1e-9 ? -rose.x / way.x : 9e9,
      way.y > 1e-9 ? (height - rose.y) / way.y : way.y < -1e-9 ? -rose.y / way.y : 9e9,
    );
    return `M${Math.round(rose.x)} ${Math.round(rose.y)} ${Math.round(rose.x + way.x * far)} ${Math.round(rose.y + way.y * far)}`;
  });
  return <path class="winds" d={lines.join("")} />;
}

export function Graticule({ chart }: { chart: Chart }) {
  const { width, height, format } = chart;
  const step = (width - 2 * format.frame) / (format.name === "wide" ? 6 : 3);
  let d = "";
  for (let x = format.frame + step; x < width - format.frame - 1; x += step) d += `M${short(x)} 0v${height}`;
  for (let y = format.frame + step; y < height - format.frame - 1; y += step) d += `M0 ${short(y)}h${width}`;
  return <path class="graticule" d={d} />;
}

/** The margin of the sheet: paper, a scale of alternating minutes, and the neat line. */
export function Frame({ chart }: { chart: Chart }) {
  const { width, height, format } = chart;
  const f = format.frame;
  const band = f * 0.3;
  const out = f * 0.5;
  const [mid, end] = [out + band / 2, out + band];
  const ticks = (length: number) => 2 * Math.round((length - 2 * end) / (f * 1.6) / 2) + 1;
  const edges = [
    { d: `M${short(end)} ${short(mid)}H${short(width - end)}`, length: width },
    { d: `M${short(end)} ${short(height - mid)}H${short(width - end)}`, length: width },
    { d: `M${short(mid)} ${short(end)}V${short(height - end)}`, length: height },
    { d: `M${short(width - mid)} ${short(end)}V${short(height - end)}`, length: height },
  ];
  return (
    <g class="frame">
      <path
        class="sheet"
        fill-rule="evenodd"
        d={`M0 0H${width}V${height}H0zM${f} ${f}V${height - f}H${width - f}V${f}z`}
      />
      {edges.map((edge) => (
        <path
          class="minutes"
          d={edge.d}
          pathLength={ticks(edge.length)}
          stroke-dasharray="1 1"
          stroke-width={short(band)}
        />
      ))}
      <path
        class="neat"
        d={[out, end, f]
          .map((i) => `M${short(i)} ${short(i)}H${short(width - i)}V${short(height - i)}H${short(i)}z`)
          .join("")}
      />
    </g>
  );
}

/** Points of a star: each has a light and a shaded half. */
function halves(count: number, start: number, tip: number, waist: number) {
  const rays = Array.from({ length: count }, (_, i) => start + (i * 2 * Math.PI) / count);
  const side = Math.PI / count;
  return {
    light: rays.map((a) => `M0 0L${spot(polar(a, tip))} ${spot(polar(a - side, waist))}z`).join(""),
    shade: rays.map((a) => `M0 0L${spot(polar(a, tip))} ${spot(polar(a + side, waist))}z`).join(""),
  };
}

const circle = (r: number) => `M0-${r}a${r} ${r} 0 1 0 .1 0z`;

/** The compass rose, the mark of Archipel: eight winds in a ring of degrees, a lily to the north. */
export function Rose({ at }: { at: Rect }) {
  const main = halves(4, 0, 68, 15);
  const half = halves(4, Math.PI / 4, 47, 17);
  return (
    <g
      class="rose"
      transform={`translate(${short(at.x)} ${short(at.y)}) scale(${(at.width / 152).toFixed(2)})`}
    >
      <path class="disc" d={circle(62)} />
      <path class="ring" d={circle(62) + circle(53) + circle(30)} />
      <circle class="degrees" r="57.5" pathLength="72" stroke-dasharray=".24 .76" />
      <path class="light" d={half.light + main.light} />
      <path class="shade" d={half.shade} />
      <path class="light" d={main.light} />
      <path class="shade" d={main.shade} />
      <path class="north" d="M0-86c3 6 7 8 7 12 0 3-3 4-5 3l1 4h-6l1-4c-2 1-5 0-5-3 0-4 4-6 7-12z" />
      <circle class="hub" r="5" />
    </g>
  );
}
