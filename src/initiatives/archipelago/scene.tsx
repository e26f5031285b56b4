import { type Chart, type Format, wide } from "./chart.ts";
import { type Coast, coastOf } from "./coast.ts";
import { Graticule, Rose, Winds } from "./furniture.tsx";
import { bounds, moved, type Point, type Rect } from "./geometry.ts";
import { Definitions, Depths, Land } from "./map.tsx";
import { soundingsOf } from "./sea.ts";

/** A piece of sea whose islands stand where the maker of a picture wants them. */
export type SceneIsland = { slug: string; at: Point; radius: number };

type Wanted = { width: number; height: number; frame: number; islands: SceneIsland[]; rose: Rect };

/** A chart of given islands, without names and bridges. Depth lines lie further out around large islands. */
function chartOf({ width, height, frame, islands, rose }: Wanted): Chart {
  const largest = Math.max(...islands.map(({ radius }) => radius), 1);
  const depths = wide.depths.map((depth) => Math.round((depth * Math.max(largest, 90)) / 106));
  const format: Format = { ...wide, sea: { ...wide.sea, width, height }, frame, depths };
  const charted = islands.map(({ slug, at: middle, radius }) => {
    const coast: Coast = coastOf(slug, radius);
    const area = bounds(moved([...coast.shore, ...coast.islets.flat()], middle));
    const label = { x: middle.x, y: middle.y, width: 0, height: 0, lines: [] };
    return { slug, name: "", href: "", life: 0, coast, radius, middle, label, area };
  });
  return { format, width, height, islands: charted, routes: [], rose };
}

/** Depths in metres for the open water of a scene, for whoever sets the type. */
export const sceneSoundings = (wanted: Wanted) => soundingsOf(chartOf(wanted));

/** The drawing of a scene, as SVG for an svg element of its size. All its colours come from classes. */
export function Scene(wanted: Wanted) {
  const chart = chartOf(wanted);
  return (
    <>
      <Definitions chart={chart} id="scene" />
      <rect class="sea" width={chart.width} height={chart.height} />
      <Graticule chart={chart} />
      <Winds chart={chart} />
      <Depths depths={chart.format.depths} coasts="scene-coasts" />
      <Rose at={chart.rose} />
      {chart.islands.map((island, index) => (
        <Land island={island} coast={`scene-${index}`} glow="scene-glow" />
      ))}
    </>
  );
}
