import type { FC } from "hono/jsx";

/** Outlines on a 24-unit grid, drawn with a 2-unit pen in the colour of the text. */
const outlines = {
  mail: "M3 6h18v12H3zM3 7l9 7 9-7",
  link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.2 1.2M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.2-1.2",
  share: "M12 15V4M8 7.5 12 3.5l4 4M5 12v8h14v-8",
  arrow: "M4 12h16M14 6l6 6-6 6",
  anchor: "M12 8v13M8 12h8M4 14c0 4 3.5 7 8 7s8-3 8-7M12 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5",
  calendar: "M4 6h16v14H4zM4 10h16M8 3v5M16 3v5",
  feed: "M5 5a14 14 0 0 1 14 14M5 11a8 8 0 0 1 8 8M6 18h.01",
  check: "M4 12.5 9.5 18 20 6.5",
  warning: "M12 3.5 22 20.5H2zM12 10v5M12 17.8v.1",
} as const;

export type IconName = keyof typeof outlines | "linkedin";

/** A decorative icon; the words beside it carry the meaning. */
export const Icon: FC<{ name: IconName }> = ({ name }) => (
  <svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
    {name === "linkedin" ? (
      <path
        fill="currentColor"
        d="M4 3a2 2 0 1 1 0 4.2A2 2 0 0 1 4 3M2.4 9h3.4v12H2.4zM8.6 9h3.3v1.7c.6-1.1 1.9-2 3.7-2 3.3 0 4.7 2 4.7 5.5V21h-3.4v-6.3c0-1.7-.6-2.9-2.1-2.9-1.7 0-2.8 1.1-2.8 3.2v6H8.6z"
      />
    ) : (
      <path
        d={outlines[name]}
        fill="none"
        stroke="currentColor"
        stroke-width="2"
        stroke-linecap="square"
        stroke-linejoin="miter"
      />
    )}
  </svg>
);

/** The compass rose: a graduated ring, eight points, the north needle in the colour of the mark. */
export const CompassRose: FC<{ class?: string }> = (props) => (
  <svg class={`mark ${props.class ?? ""}`.trim()} viewBox="0 0 64 64" aria-hidden="true" focusable="false">
    <circle cx="32" cy="32" r="25" fill="none" stroke="currentColor" stroke-width="1.5" />
    <circle
      cx="32"
      cy="32"
      r="21.5"
      fill="none"
      stroke="currentColor"
      stroke-width="4"
      stroke-dasharray="1.2 4.428"
    />
    <g fill="currentColor">
      <path d="M32 32 46.5 17.5 38.5 32 46.5 46.5 32 38.5 17.5 46.5 25.5 32 17.5 17.5z" opacity=".45" />
      <path d="M32 32 62 32 36.5 36.5 32 62 27.5 36.5 2 32 27.5 27.5 36.5 27.5z" />
    </g>
    <path class="mark__north" d="M32 1 37.5 27.5 32 34 26.5 27.5z" />
  </svg>
);

/** An island: a coast with two depth lines around it and a beacon in the colour of the mark. */
export const IslandMark: FC<{ class?: string }> = (props) => (
  <svg class={`mark ${props.class ?? ""}`.trim()} viewBox="0 0 64 64" aria-hidden="true" focusable="false">
    <g fill="none" stroke="currentColor">
      <path d="M33 3c13-1 27 9 28 25 1 17-10 33-29 33S3 49 3 33 18 4 33 3z" opacity=".5" stroke-width="1.5" />
      <path d="M33 10c11-1 20 7 21 19 1 13-8 25-22 25S10 45 10 33s11-22 23-23z" stroke-width="1.5" />
    </g>
    <path fill="currentColor" d="M34 18c7-1 8 4 11 7s4 7 1 11-3 9-9 10-8-2-13-2-8-5-7-10 5-5 7-9 4-6 10-7z" />
    <circle class="mark__north" cx="35" cy="30" r="5" />
  </svg>
);
