import satori, { type Font } from "satori";
import type { Words } from "./facts.ts";

type Box = { x: number; y: number; width: number; height: number };
type Sounding = { x: number; y: number; metres: number };
type Node = { type: string; props: Record<string, unknown> };

const box = (style: Record<string, unknown>, children: unknown): Node => ({
  type: "div",
  props: { style: { display: "flex", ...style }, children },
});

const display = "Bricolage Grotesque, Bricolage Grotesque latin-ext";
const text = "Atkinson Hyperlegible Next, Atkinson Hyperlegible Next latin-ext";
const colors = {
  site: "#bfeaec",
  title: "#fffaf0",
  subtitle: "#f6efe0",
  foot: "#ffb08f",
  sounding: "#4f98a2",
};

const sizes = [112, 100, 90, 80, 72, 64, 56, 50, 44, 38];
const lineHeight = 1.02;
const smallest = sizes.at(-1)!;
/** Width of a letter of the display face at weight 800, in parts of its size; measured on long Dutch words. */
const letterWidth = 0.53;

/** The largest size at which the longest word fits on a line. */
function sizesFor(title: string, width: number): number[] {
  const longest = Math.max(...title.split(/\s+/).map((word) => [...word].length));
  return [...sizes.filter((size) => longest * size * letterWidth <= width && size > smallest), smallest];
}

/** Sets the words in `place`, the title as large as it fits; returns SVG paths, for no font is there when they are drawn. */
export async function letter(
  words: Words,
  place: Box,
  sheet: { width: number; height: number; soundings: Sounding[]; fonts: Font[] },
): Promise<string> {
  const room = place.height - (words.subtitle ? 230 : 140);
  for (const size of sizesFor(words.title, place.width)) {
    let height = 0;
    const node = layout(
      words,
      place,
      { size, lines: Math.floor(room / (size * lineHeight)) },
      sheet.soundings,
    );
    const svg = await satori(node as never, {
      width: sheet.width,
      height: sheet.height,
      fonts: sheet.fonts,
      onNodeDetected: (detected) => {
        if (detected.key === "title") height = detected.height;
      },
    });
    if (height <= room || size === smallest) return svg;
  }
  throw new Error("No size to letter with");
}

function layout(
  words: Words,
  place: Box,
  title: { size: number; lines: number },
  soundings: Sounding[],
): Node {
  const heading = box(
    {
      fontFamily: display,
      fontWeight: 800,
      fontSize: title.size,
      lineHeight,
      letterSpacing: "-0.03em",
      color: colors.title,
      wordBreak: "break-word",
      textWrap: title.size === smallest ? "wrap" : "balance",
      display: "block",
      // A title that does not fit at the smallest size ends in an ellipsis.
      ...(title.size === smallest && { lineClamp: title.lines }),
    },
    words.title,
  );
  const line = (style: Record<string, unknown>, content: string | null) =>
    content ? [box({ display: "block", fontFamily: text, lineClamp: 2, ...style }, content)] : [];
  const column = box(
    {
      position: "absolute",
      left: place.x,
      top: place.y,
      width: place.width,
      height: place.height,
      flexDirection: "column",
      justifyContent: "space-between",
    },
    [
      box(
        { flexDirection: "column" },
        line(
          { fontWeight: 600, fontSize: 27, color: colors.site, paddingLeft: 62, lineClamp: 1 },
          words.site,
        ),
      ),
      box({ flexDirection: "column", gap: 26 }, [
        { ...heading, key: "title" },
        ...line({ fontWeight: 600, fontSize: 31, lineHeight: 1.3, color: colors.subtitle }, words.subtitle),
      ]),
      box(
        { flexDirection: "column" },
        line({ fontWeight: 600, fontSize: 30, color: colors.foot }, words.foot),
      ),
    ],
  );
  const depths = soundings.map(({ x, y, metres }) =>
    box(
      {
        position: "absolute",
        left: x - 20,
        top: y - 10,
        width: 40,
        justifyContent: "center",
        fontFamily: text,
        fontStyle: "italic",
        fontSize: 17,
        color: colors.sounding,
      },
      String(metres),
    ),
  );
  return box({ width: "100%", height: "100%" }, [...depths, column]);
}
