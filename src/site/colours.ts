import { createHash } from "node:crypto";
import { technical } from "../paths.ts";
import type { Problem } from "../writing/operations.ts";

export const schemes = ["day", "night"] as const;
export type Scheme = (typeof schemes)[number];
/** What can have a colour of its own: buttons and marks, headings and dark bands, links. */
export const colourRoles = ["accent", "heading", "link"] as const;
export type ColourRole = (typeof colourRoles)[number];
export type ColourName = `${ColourRole}${Capitalize<Scheme>}`;

const colourName = (role: ColourRole, scheme: Scheme): ColourName =>
  `${role}${scheme === "day" ? "Day" : "Night"}`;
export const colourNames: ColourName[] = schemes.flatMap((scheme) =>
  colourRoles.map((role) => colourName(role, scheme)),
);

const isColour = (text: string): boolean => /^#[0-9a-f]{6}$/.test(text);

/** The chart's own colours by their tokens, as tokens.css has them (a test compares). */
export const palettes: Record<Scheme, Record<string, string>> = {
  day: {
    paper: "#fbf8f1",
    sand: "#f6efe0",
    shallow: "#e4f0ee",
    surface: "#fffefa",
    "error-surface": "#fdefec",
  },
  night: {
    paper: "#06212a",
    sand: "#242b22",
    shallow: "#0a2d38",
    surface: "#0b2c37",
    "error-surface": "#33191c",
    primary: "#ff8d66",
    "primary-hover": "#ffab8d",
    "on-primary": "#2a0c02",
    mark: "#ff8d66",
    heading: "#f6efe0",
    link: "#7fd0da",
  },
};
const grounds = ["paper", "sand", "shallow", "surface", "error-surface"];
/** What each has to be to what it stands on: text 4.5 (WCAG 1.4.3), shapes that carry meaning 3 (1.4.11). */
const needed: Record<ColourRole, number> = { accent: 3, heading: 4.5, link: 4.5 };

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG's contrast ratio, 1 to 21. */
export function contrast(first: string, second: string): number {
  const [high = 0, low = 0] = [luminance(first), luminance(second)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

/** The lowest contrast that a colour has on any ground of a scheme. */
export const lowestContrast = (colour: string, scheme: Scheme): number =>
  Math.min(...grounds.map((ground) => contrast(colour, palettes[scheme][ground] ?? "#ffffff")));

/** Which colours cannot be told from what they stand on. `at` is the name of the group of inputs. */
export const contrastProblems = (colours: Record<string, string>, at: string): Problem[] =>
  schemes.flatMap((scheme) =>
    colourRoles.flatMap((role) => {
      const name = colourName(role, scheme);
      const colour = colours[name] ?? "";
      if (!isColour(colour)) return [];
      const ratio = lowestContrast(colour, scheme);
      if (ratio >= needed[role]) return [];
      const values = { ratio: (Math.floor(ratio * 10) / 10).toFixed(1), needed: String(needed[role]) };
      return [{ name: `${at}.${name}`, message: `site:colour.low.${scheme}`, values }];
    }),
  );

/** A colour mixed with another, `part` (0 to 1) of it. */
function mixed(colour: string, other: string, part: number): string {
  const channels = [1, 3, 5].map((at) => {
    const [one, two] = [colour, other].map((hex) => Number.parseInt(hex.slice(at, at + 2), 16));
    return Math.round((one ?? 0) * (1 - part) + (two ?? 0) * part)
      .toString(16)
      .padStart(2, "0");
  });
  return `#${channels.join("")}`;
}

/** What follows from an accent: text on it that can be read, and itself under the pointer. */
function ofAccent(accent: string): [string, string][] {
  const light = contrast(accent, "#ffffff") >= contrast(accent, "#000000");
  return [
    ["primary", accent],
    ["mark", accent],
    ["on-primary", light ? "#ffffff" : "#000000"],
    ["primary-hover", mixed(accent, light ? "#000000" : "#ffffff", 0.18)],
  ];
}

const tokensOf = (role: ColourRole, colour: string): [string, string][] =>
  role === "accent" ? ofAccent(colour) : [[role, colour]];

/** The stylesheet of the colours that were chosen; null where none is. Anything that is no colour is left out. */
export function themeOf(colours: Record<string, string>): string | null {
  const [day = "", night = ""] = schemes.map((scheme) =>
    colourRoles
      .flatMap((role) => {
        const colour = colours[colourName(role, scheme)] ?? "";
        return isColour(colour) ? tokensOf(role, colour) : [];
      })
      .map(([token, value]) => `  --archipel-${token}: ${value};`)
      .join("\n"),
  );
  if (!day && !night) return null;
  const rule = (lines: string) => `.archipel-theme {\n${lines}\n}\n`;
  // At night the page's own colours stand, where the day has its own and the night has none.
  const nightLines = [...nightDefaults(colours), ...(night ? [night] : [])].join("\n");
  return (
    (day ? rule(day) : "") +
    (nightLines ? `@media (prefers-color-scheme: dark) {\n${rule(nightLines)}}\n` : "")
  );
}

/** Where the chosen colours are served; each choice at an address of its own. Undefined where none is chosen. */
export function themeHref(colours: Record<string, string>): string | undefined {
  const theme = themeOf(colours);
  const version = theme && createHash("sha256").update(theme).digest("base64url").slice(0, 10);
  return version ? `${technical.theme}?v=${version}` : undefined;
}

/** The night's own values of tokens that only the day has chosen anew. */
function nightDefaults(colours: Record<string, string>): string[] {
  return colourRoles
    .filter((role) => isColour(colours[colourName(role, "day")] ?? ""))
    .filter((role) => !isColour(colours[colourName(role, "night")] ?? ""))
    .flatMap((role) => tokensOf(role, "#000000").map(([token]) => token))
    .map((token) => `  --archipel-${token}: ${palettes.night[token] ?? ""};`);
}
