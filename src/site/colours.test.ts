import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { contrast, contrastProblems, lowestContrast, palettes, themeOf } from "./colours.ts";

test("the chart's own colours are within the limits", () => {
  expect(contrast("#ffffff", "#000000")).toBeCloseTo(21, 5);
  const own = { accentDay: "#c8431f", headingDay: "#0b3c49", linkDay: "#0d6372" };
  const night = { accentNight: "#ff8d66", headingNight: "#f6efe0", linkNight: "#7fd0da" };
  expect(contrastProblems({ ...own, ...night }, "colours")).toEqual([]);
  expect(lowestContrast("#0b3c49", "day")).toBeGreaterThan(9);
});

test("a colour that cannot be read is refused at its input, with the ratio that it has", () => {
  expect(contrastProblems({ linkDay: "#7fd0da", accentNight: "#0b3c49" }, "colours")).toEqual([
    { name: "colours.linkDay", message: "site:colour.low.day", values: { ratio: "1.5", needed: "4.5" } },
    { name: "colours.accentNight", message: "site:colour.low.night", values: { ratio: "1.2", needed: "3" } },
  ]);
});

test("the stylesheet holds colours only, with readable text on the accent", () => {
  expect(themeOf({})).toBeNull();
  expect(themeOf({ linkDay: "red;} body{display:none" })).toBeNull();
  const css = themeOf({ accentDay: "#5b2a86" }) ?? "";
  expect(css).toContain("--archipel-primary: #5b2a86;");
  expect(css).toContain("--archipel-on-primary: #ffffff;");
  expect(css, "the night keeps its own").toMatch(/dark\)[\s\S]*--archipel-primary: #ff8d66;/);
  for (const accent of ["#ffd400", "#777777", "#123456", "#00a0a0"]) {
    const [, on = ""] = /on-primary: (#\w+)/.exec(themeOf({ accentDay: accent }) ?? "") ?? [];
    const [, hover = ""] = /primary-hover: (#\w+)/.exec(themeOf({ accentDay: accent }) ?? "") ?? [];
    expect(contrast(accent, on), accent).toBeGreaterThanOrEqual(4.5);
    expect(contrast(hover, on), accent).toBeGreaterThanOrEqual(4.5);
  }
});

test("the palette is the stylesheet's", () => {
  const [day = "", night = ""] = readFileSync("browser/css/tokens.css", "utf8").split(
    "@media (prefers-color-scheme: dark) {",
  );
  for (const [css, palette] of [
    [day, palettes.day],
    [night, palettes.night],
  ] as const) {
    const [, block = ""] = /\.archipel-theme \{([^}]*)\}/.exec(css) ?? [];
    for (const [token, value] of Object.entries(palette))
      expect(block, token).toContain(`--archipel-${token}: ${value};`);
  }
});
