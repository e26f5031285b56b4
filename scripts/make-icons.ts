/** Makes the bitmap icons from the favicon: the rose on paper. Run after a change: `node scripts/make-icons.ts`. */
import { readFileSync } from "node:fs";
import sharp from "sharp";

const paper = "#fbf8f1";
const rose = readFileSync("browser/public/favicon.svg");

/** `room` is the part of the side left free around the rose; a maskable icon may lose its outer 10 %. */
async function makeIcon(file: string, size: number, room: number) {
  const inside = Math.round(size * (1 - 2 * room));
  const mark = await sharp(rose, { density: (72 * inside) / 64 })
    .resize(inside, inside)
    .png()
    .toBuffer();
  await sharp({ create: { width: size, height: size, channels: 4, background: paper } })
    .composite([{ input: mark }])
    .png({ palette: true, compressionLevel: 9 })
    .toFile(`browser/public/${file}`);
}

await makeIcon("icon-192.png", 192, 0.14);
await makeIcon("icon-512.png", 512, 0.14);
await makeIcon("apple-touch-icon.png", 180, 0.12);
