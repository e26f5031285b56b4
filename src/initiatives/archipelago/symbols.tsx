import { pick, seeded } from "./random.ts";

/** Small landmarks, standing on (0, 0), about 24 units high. At night their windows are lit. */
const drawings = {
  lighthouse: (
    <>
      <path class="paper" d="M-5 0-3-21h6L5 0z" />
      <path class="accent" d="M-4.5-5-4.1-10h8.2l.4 5zM-3.6-15-3.2-19h6.4l.4 4z" />
      <path class="ink" d="M-4.5-21h9M-4-28 0-32l4 4z" />
      <path class="lit" d="M-2.5-21v-6h5v6z" />
    </>
  ),
  church: (
    <>
      <path class="paper" d="M-5 0v-10L2-15l9 0 5 5V0zM-12 0v-20h8V0z" />
      <path class="accent" d="M-5-10 0-16h11l5 6zM-13-20l5-15 5 15z" />
      <path class="lit" d="M-9.5-10v-5h3v5zM0-2v-4h2.6v4zM7-2v-4h2.6v4z" />
    </>
  ),
  mill: (
    <>
      <path class="paper" d="M-6 0-3.6-18h7.2L6 0z" />
      <path class="accent" d="M-4.4-18c1-6 7.8-6 8.8 0z" />
      <path class="sail" d="M-12-31 12-9M-11-9 11-31" />
      <path
        class="paper"
        d="M-13.5-29.5l3-3 6 5.5-3 3zM13.5-10.5l-3 3-6-5.5 3-3zM-12.5-10.5l3 3 5.5-5.5-3-3zM12.5-29.5l-3-3-5.5 5.5 3 3z"
      />
      <path class="lit" d="M-1.5-4v-5h3v5z" />
    </>
  ),
  houses: (
    <>
      <path
        class="paper"
        d="M-15 0v-12h2v-3h2v-3h4v3h2v3h2V0zM-3 0v-17l5-7 5 7V0zM7 0v-12h1.5q0-5 3-6 3 1 3 6H16V0z"
      />
      <path class="accent" d="M-3-17l5-7 5 7z" />
      <path class="lit" d="M-11-6v-4h4v4zM.5-9v-4h3v4zM9.8-5v-4h3.5v4z" />
    </>
  ),
  trees: (
    <>
      <path class="ink" d="M-11 0v-8M0 0v-10M11 0v-7" />
      <path
        class="leaf"
        d="M-11-5c-8 0-6-13 0-14 6 1 8 14 0 14zM0-7c-9 0-7-17 0-18 7 1 9 18 0 18zM11-4c-8 0-6-12 0-13 6 1 8 13 0 13z"
      />
    </>
  ),
  dunes: (
    <>
      <path class="paper" d="M-20 0c5-13 12-13 17-3 4-14 14-12 23 3z" />
      <path class="sail" d="M-11-9l-3-7M-10-9l0-8M-9-9l3-7M7-10l-3-7M8-10l0-8M9-10l3-7" />
    </>
  ),
};

export type Landmark = keyof typeof drawings;

const kinds = Object.keys(drawings) as Landmark[];

export const landmarkOf = (slug: string): Landmark => pick(seeded(`landmark8020:${slug}`), kinds);

export const Drawing = ({ kind }: { kind: Landmark }) => drawings[kind];

/** The light of a lighthouse, seen at night only. */
export const Glow = ({ id }: { id: string }) => (
  <radialGradient id={id}>
    <stop class="glow-core" />
    <stop class="glow-rim" offset="1" />
  </radialGradient>
);

export const Ship = ({ x, y, size }: { x: number; y: number; size: number }) => (
  <g class="ship" transform={`translate(${x} ${y}) scale(${size})`}>
    <path class="paper" d="M-2-4v-30q20 12 20 28zM-5-5v-24q-12 10-14 24z" />
    <path class="accent" d="M-22 0h44q-3 10-11 10h-22q-8 0-11-10z" />
    <path class="sail" d="M-3.5 0v-38M-30 14q5-4 10 0t10 0 10 0 10 0 10 0 10 0" />
  </g>
);
