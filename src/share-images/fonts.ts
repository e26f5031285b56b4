import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Font } from "satori";

const { resolve } = createRequire(import.meta.url);

const faces = [
  { name: "Bricolage Grotesque", family: "bricolage-grotesque", weight: 800, style: "normal" },
  { name: "Atkinson Hyperlegible Next", family: "atkinson-hyperlegible-next", weight: 400, style: "italic" },
  { name: "Atkinson Hyperlegible Next", family: "atkinson-hyperlegible-next", weight: 600, style: "normal" },
] as const;

/** The site's typefaces from their packages: a server need not have a font of its own. */
export const loadFonts = (): Font[] =>
  faces.flatMap(({ name, family, weight, style }) =>
    ["latin", "latin-ext"].map((subset) => ({
      // One name a subset: satori takes the first file of a name and looks on under other names for missing letters.
      name: subset === "latin" ? name : `${name} ${subset}`,
      weight,
      style,
      data: readFileSync(resolve(`@fontsource/${family}/files/${family}-${subset}-${weight}-${style}.woff`)),
    })),
  );
