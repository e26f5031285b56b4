import { renderAsync } from "@resvg/resvg-js";
import { Rose, Scene, type SceneIsland, sceneSoundings } from "../initiatives/components.tsx";
import type { Picture } from "./facts.ts";
import { loadFonts } from "./fonts.ts";
import { letter } from "./lettering.ts";
import { look } from "./look.ts";

const width = 1200;
const height = 630;
const frame = 30;

/** Where the words stand; the islands lie to the right of them. */
const place = { x: 80, y: 80, width: 640, height: 470 };

/** Places for up to six islands; one alone is drawn large. */
const berths = [
  { x: 866, y: 190, radius: 78 },
  { x: 1046, y: 400, radius: 74 },
  { x: 812, y: 452, radius: 58 },
  { x: 1078, y: 168, radius: 52 },
  { x: 938, y: 320, radius: 34 },
  { x: 924, y: 540, radius: 36 },
];

const onScene = (slugs: string[]): SceneIsland[] =>
  slugs.length === 1
    ? slugs.map((slug) => ({ slug, at: { x: 964, y: 300 }, radius: 172 }))
    : berths.flatMap(({ radius, ...at }, index) => {
        const slug = slugs[index];
        return slug ? [{ slug, at, radius }] : [];
      });

let fonts: ReturnType<typeof loadFonts> | undefined;

/** Draws a chart with words as a PNG of 1200 × 630 pixels, the size that sites ask of a shared picture. */
export async function drawPicture({ words, islands }: Picture): Promise<Buffer> {
  fonts ??= loadFonts();
  const rose = { x: 1085, y: 522, width: 124, height: 124 };
  const scene = { width, height, frame, islands: onScene(islands), rose };
  const soundings = sceneSoundings(scene).filter(({ x }) => x > place.x + place.width);
  const lettering = await letter(words, place, { width, height, soundings, fonts });
  const drawing = (
    <>
      <Scene {...scene} />
      {words.site && <Rose at={{ x: place.x + 24, y: place.y + 17, width: 54, height: 54 }} />}
      <Sheet />
    </>
  );
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  const whole = `<svg xmlns="http://www.w3.org/2000/svg" ${size}><style>${look}</style>${drawing}${lettering}</svg>`;
  const image = await renderAsync(whole, { font: { loadSystemFonts: false } });
  return image.asPng();
}

/** The margin of the sheet: paper, a scale of minutes and the neat lines. */
function Sheet() {
  const band = 9;
  const out = 11;
  const square = (inset: number) => `M${inset} ${inset}H${width - inset}V${height - inset}H${inset}z`;
  const minutes = (length: number) => (length - 2 * out - band) / (2 * Math.round(length / 80) + 1);
  const middle = out + band / 2;
  return (
    <>
      <path class="sheet" fill-rule="evenodd" d={square(0) + square(frame)} />
      {[
        {
          d: `M${middle} ${middle}H${width - middle}M${middle} ${height - middle}H${width - middle}`,
          step: minutes(width),
        },
        {
          d: `M${middle} ${middle}V${height - middle}M${width - middle} ${middle}V${height - middle}`,
          step: minutes(height),
        },
      ].map(({ d, step }) => (
        <path class="minutes" d={d} stroke-width={band} stroke-dasharray={`${step}`} />
      ))}
      <path class="neat" d={square(out) + square(out + band) + square(frame)} />
    </>
  );
}
