import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

/** Colours that text stands on, and colours of text; each text on each ground (WCAG 1.4.3). */
const grounds = ["paper", "sand", "shallow", "surface"];
const texts = ["text", "heading", "muted", "link", "link-hover", "error"];
/** Lines and shapes that carry meaning (WCAG 1.4.11). */
const parts = ["line-strong", "contour", "primary", "mark", "focus", "moss", "error"];
/** Pairs outside that table. */
const more: [text: string, ground: string][] = [
  ["on-primary", "primary"],
  ["on-primary", "primary-hover"],
  ["paper", "heading"], // chosen page, chip, button under the pointer
  ["text", "error-surface"],
  ["link", "error-surface"],
  ["heading", "error-surface"],
  ["focus", "focus-halo"],
];
/** Decoration only: nothing is lost without it. */
const decoration = ["line"];
/** The ground of the white tick that the checkbox component draws; its border is line-strong. */
const tick = "tide";

type Declarations = Map<string, string>;
const files = ["tokens.css", "component-tokens.css"].map((file) =>
  readFileSync(`browser/css/${file}`, "utf8"),
);

/** The custom properties of every rule whose selector holds `selector`, inside or outside the dark scheme. */
function declarations(selector: string, dark: boolean): Declarations {
  const found: Declarations = new Map();
  for (const css of files) {
    const [day = "", night = ""] = css
      .replace(/\/\*[\s\S]*?\*\//g, "")
      .split("@media (prefers-color-scheme: dark) {");
    for (const [, selectors = "", body = ""] of (dark ? night : day).matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
      if (!selectors.split(",").some((one) => one.trim() === selector)) continue;
      for (const [, name = "", value = ""] of body.matchAll(/(--[\w-]+):\s*([^;]+);/g))
        found.set(name, value.trim());
    }
  }
  return found;
}

const day = declarations(".archipel-theme", false);
const night = new Map([...day, ...declarations(".archipel-theme", true)]);
const seaByDay = new Map([...day, ...declarations(".archipel-theme--sea", false)]);
const schemes = {
  day,
  night,
  "sea by day": seaByDay,
  "sea at night": new Map([
    ...night,
    ...declarations(".archipel-theme--sea", false),
    ...declarations(".archipel-theme--sea", true),
  ]),
};

function color(scheme: Declarations, name: string): string {
  const value = scheme.get(name) ?? "";
  const reference = /^var\((--[\w-]+)\)$/.exec(value);
  return reference ? color(scheme, reference[1]!) : value;
}

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

/** WCAG's contrast ratio, 1 to 21. */
function contrast(first: string, second: string): number {
  const [high, low] = [luminance(first), luminance(second)].sort((a, b) => b - a);
  return (high! + 0.05) / (low! + 0.05);
}

describe.each(Object.entries(schemes))("colours, %s", (_name, scheme) => {
  const ratio = (a: string, b: string) =>
    contrast(color(scheme, `--archipel-${a}`), color(scheme, `--archipel-${b}`));

  test.each(grounds)("text on %s has 4.5 : 1, parts have 3 : 1", (ground) => {
    for (const text of texts) expect(ratio(text, ground), text).toBeGreaterThanOrEqual(4.5);
    for (const part of parts) expect(ratio(part, ground), part).toBeGreaterThanOrEqual(3);
  });

  test.each(more)("%s on %s has 4.5 : 1", (text, ground) => {
    expect(ratio(text, ground)).toBeGreaterThanOrEqual(4.5);
  });

  test("the white tick of a checkbox has 3 : 1", () => {
    expect(contrast("#ffffff", color(scheme, `--archipel-${tick}`))).toBeGreaterThanOrEqual(3);
  });

  test("a component's text and background, where it declares both, have 4.5 : 1", () => {
    const pairs = [...scheme.keys()]
      .filter((name) => name.endsWith("-background-color"))
      .map((name) => [name.replace("-background-color", "-color"), name] as const)
      .filter(
        ([text, ground]) => color(scheme, text).startsWith("#") && color(scheme, ground).startsWith("#"),
      );
    expect(pairs.length).toBeGreaterThan(8);
    for (const [text, ground] of pairs)
      expect(contrast(color(scheme, text), color(scheme, ground)), text).toBeGreaterThanOrEqual(
        /checkbox|radio/.test(text) ? 3 : 4.5,
      );
  });
});

test("every colour of the palette is in a checked pair", () => {
  const checked = new Set([...grounds, ...texts, ...parts, ...more.flat(), ...decoration, tick]);
  const palette = [...day]
    .filter(([name, value]) => name.startsWith("--archipel-") && value.startsWith("#"))
    .map(([name]) => name.replace("--archipel-", ""));
  expect(palette.filter((name) => !checked.has(name))).toEqual([]);
});
