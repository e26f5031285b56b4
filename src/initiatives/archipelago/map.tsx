import type { Child } from "hono/jsx";
import type { Bridge } from "./bridges.ts";
import { type Chart, type ChartedIsland, chartOf, compact, type Island, wide } from "./chart.ts";
import { Frame, Graticule, Rose, Winds } from "./furniture.tsx";
import { moved, type Point } from "./geometry.ts";
import { lineHeight } from "./label.ts";
import { closedPath, openPath, polygonPath, short } from "./path.ts";
import { shipBerth, soundingsOf } from "./sea.ts";
import { Drawing, Glow, landmarkOf, Ship } from "./symbols.tsx";

type Props = { islands: readonly Island[]; bridges: readonly Bridge[]; title: string; description: string };

/**
 * The archipelago for every screen: a landscape and a portrait sheet, of which archipelago.css shows the one
 * that fits (the other is `display: none`, so its links are out of reach). `id` must be unique on the page.
 */
export function ArchipelagoMap({ id = "archipelago", ...props }: Props & { id?: string }) {
  return (
    <div class="archipelago">
      <Archipelago {...props} id={`${id}-wide`} />
      <Archipelago {...props} id={`${id}-compact`} compact />
    </div>
  );
}

/**
 * One sheet. A `group`, not an `img`: an image hides what is in it, and these islands are links. All that is
 * not a link is decoration; which bridges there are is said by the page's list.
 */
export function Archipelago(props: Props & { id: string; compact?: boolean }) {
  const { id, title, description } = props;
  const format = props.compact ? compact : wide;
  const chart = chartOf(props.islands, props.bridges, format);
  const ship = shipBerth(chart);
  const scale = format.radius / 88;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot hold a drawing
    <svg
      class={`sheet-${format.name}`}
      viewBox={`0 0 ${chart.width} ${chart.height}`}
      role="group"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-desc`}
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-desc`}>{description}</desc>
      <Definitions chart={chart} id={id} />
      <Decoration>
        <rect class="sea" width={chart.width} height={chart.height} />
        <Graticule chart={chart} />
        <Winds chart={chart} />
        <Depths depths={format.depths} coasts={`${id}-coasts`} />
        <g class="soundings">
          {soundingsOf(chart, ship).map((s) => (
            <text x={s.x} y={s.y}>
              {s.metres}
            </text>
          ))}
        </g>
        {ship && <Ship x={ship.x} y={ship.y} size={scale} />}
        <Rose at={chart.rose} />
        {chart.routes.map((r) => (
          <g class={`route ${r.reason}`}>
            <path d={openPath([r.start, r.bend, r.end])} />
            {[r.start, r.end].map((harbour) => (
              <circle cx={short(harbour.x)} cy={short(harbour.y)} r={short(format.fontSize * 0.18)} />
            ))}
          </g>
        ))}
      </Decoration>
      {chart.islands.map((island, i) => (
        <IslandLink island={island} chart={chart} id={id} index={i} />
      ))}
      <Decoration>
        <Frame chart={chart} />
      </Decoration>
    </svg>
  );
}

// biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus
const Decoration = ({ children }: { children: Child }) => <g aria-hidden="true">{children}</g>;

/** Every coast once; all that follows it (water, beach, highlight) uses it. */
export function Definitions({ chart, id }: { chart: Chart; id: string }) {
  return (
    <defs>
      <Glow id={`${id}-glow`} />
      <g id={`${id}-coasts`}>
        {chart.islands.map((island, i) => (
          <path
            id={`${id}-${i}`}
            d={
              closedPath(moved(island.coast.shore, island.middle)) +
              island.coast.islets.map((islet) => polygonPath(moved(islet, island.middle))).join("")
            }
          />
        ))}
      </g>
    </defs>
  );
}

/**
 * Depth lines at true distances from all coasts together: each is every coast drawn as a broad line, covered
 * by the water within it, from the outermost inwards; so lines of neighbours flow into one.
 */
export function Depths({ depths, coasts }: { depths: number[]; coasts: string }) {
  const inwards = [...depths].reverse();
  return (
    <>
      {inwards.map((far, i) => (
        <>
          <use href={`#${coasts}`} class="depth-line" stroke-width={2 * far} />
          <use href={`#${coasts}`} class={`depth depth-${depths.length - i}`} stroke-width={2 * far - 1.8} />
        </>
      ))}
    </>
  );
}

function IslandLink(props: { island: ChartedIsland; chart: Chart; id: string; index: number }) {
  const { island, chart, id, index } = props;
  const { area, label } = island;
  const { fontSize, sea } = chart.format;
  const air = sea.gap * 0.4;
  const first = label.y - label.height / 2 + fontSize * 0.9;
  return (
    <a href={island.href} aria-label={label.lines.join(" ") === island.name ? undefined : island.name}>
      <rect
        class="target"
        x={short(area.x - area.width / 2 - air)}
        y={short(area.y - area.height / 2 - air)}
        width={short(area.width + 2 * air)}
        height={short(area.height + 2 * air)}
        rx={short(air)}
      />
      <Land island={island} coast={`${id}-${index}`} glow={`${id}-glow`} />
      <text class="name">
        {label.lines.map((line, i) => (
          <tspan x={short(label.x)} y={short(first + i * lineHeight * fontSize)}>
            {i < label.lines.length - 1 ? `${line} ` : line}
          </tspan>
        ))}
      </text>
    </a>
  );
}

type LandProps = {
  island: Pick<ChartedIsland, "slug" | "coast" | "middle" | "radius">;
  coast: string;
  glow: string;
};

/** What lies on an island, over the coast with the id `coast`. */
export function Land({ island: { slug, coast: lines, middle, radius }, coast, glow }: LandProps) {
  const landmark = landmarkOf(slug);
  const size = Math.round(radius * 1.3 + 30) / 100;
  return (
    <>
      <use href={`#${coast}`} class="land" />
      <path class="inland" d={closedPath(moved(lines.inland, middle))} />
      <path class="hill" d={closedPath(moved(lines.hill, middle))} />
      <path
        class="trees"
        d={moved(lines.trees, middle)
          .map((t) => tree(t, size))
          .join("")}
      />
      <g
        transform={`translate(${short(middle.x + lines.village.x)} ${short(middle.y + lines.village.y + 13 * size)}) scale(${size})`}
      >
        {landmark === "lighthouse" && <circle class="glow" cy="-24" r="70" fill={`url(#${glow})`} />}
        <Drawing kind={landmark} />
      </g>
    </>
  );
}

const tree = (at: Point, size: number) => {
  const [half, tall] = [3 * size, 8 * size];
  return `M${short(at.x - half)} ${short(at.y)}l${short(half)}-${short(tall)} ${short(half)} ${short(tall)}z`;
};
