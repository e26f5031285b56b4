import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";

type Colour = { r: number; g: number; b: number };
const sea: Colour = { r: 19, g: 124, b: 139 };
const coral: Colour = { r: 200, g: 67, b: 31 };

/** A picture whose upper left quarter is coral and whose rest is sea. */
export function flag(width = 1600, height = 900) {
  const corner = { width: Math.floor(width / 2), height: Math.floor(height / 2), channels: 3 as const };
  return sharp({ create: { width, height, channels: 3, background: sea } }).composite([
    { input: { create: { ...corner, background: coral } }, left: 0, top: 0 },
  ]);
}

/** The colours in the middle of each quarter, row by row, as words. */
export async function quarters(bytes: Buffer): Promise<string[]> {
  const { data, info } = await sharp(bytes)
    .flatten({ background: "#ffffff" })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => {
    const start = (Math.floor(info.height * y) * info.width + Math.floor(info.width * x)) * info.channels;
    const [r = 0, g = 0, b = 0] = data.subarray(start);
    if (r > 230 && g > 230 && b > 230) return "white";
    return r > b ? "coral" : "sea";
  };
  return [at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)];
}

/** A photo as a phone makes it: turned, with the place where it was taken and the maker's words in it. */
export const phonePhoto = (orientation = 6): Promise<Buffer> =>
  flag()
    .jpeg()
    .withExif({
      IFD0: { Make: "Geheime Telefoon", Copyright: "Vera de Vries" },
      IFD3: {
        GPSLatitudeRef: "N",
        GPSLatitude: "52/1 22/1 30/1",
        GPSLongitudeRef: "E",
        GPSLongitude: "4/1 53/1 0/1",
      },
    })
    .withMetadata({ orientation })
    .toBuffer();

const chunk = (type: string, data: Buffer) => {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
};

/** A PNG of a million and a half bytes that unpacks to 30000 × 30000 pixels, 900 MB. */
export function pngBomb(side = 30_000): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 0, 0, 0, 0], 8); // eight bits of grey
  const rows = deflateSync(Buffer.alloc((side + 1) * side), { level: 1 });
  const start = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  return Buffer.concat([start, chunk("IHDR", head), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))]);
}
