import sharp, { type Sharp } from "sharp";
import { describe, expect, test } from "vitest";
import { flag, phonePhoto, pngBomb, quarters } from "../../tests/support/images.ts";
import { processorTime } from "../../tests/support/processor-time.ts";
import { makeMaster, makeSize } from "./studio.ts";

async function made(bytes: Buffer) {
  const master = await makeMaster(bytes);
  if (master.kind !== "made") throw new Error(master.kind);
  return master;
}
const refusal = async (bytes: Buffer | string) =>
  (await makeMaster(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes)).kind;
const asFlag = ["coral", "sea", "sea", "sea"];

describe("formats", () => {
  const encode: Record<string, (picture: Sharp) => Sharp> = {
    JPEG: (picture) => picture.jpeg(),
    PNG: (picture) => picture.png(),
    WebP: (picture) => picture.webp(),
    AVIF: (picture) => picture.avif(),
    GIF: (picture) => picture.gif(),
    "grey JPEG": (picture) => picture.jpeg().greyscale(),
    "CMYK JPEG": (picture) => picture.jpeg().toColourspace("cmyk"),
    "PNG of 16 bits": (picture) => picture.png().toColourspace("rgb16"),
  };
  test.each(Object.keys(encode))("%s is made anew", async (name) => {
    const master = await made(await encode[name]!(flag(400, 300)).toBuffer());
    expect(master).toMatchObject({ width: 400, height: 300 });
    const found = await sharp(await makeSize(master.bytes, 320, "avif", true)).metadata();
    expect(found).toMatchObject({ width: 320, height: 240 });
    if (name !== "grey JPEG") expect(await quarters(master.bytes)).toEqual(asFlag);
  });

  test("of what moves, the first frame", async () => {
    const frames = await Promise.all(
      [flag(40, 30), flag(40, 30).negate()].map((frame) => frame.png().toBuffer()),
    );
    const moving = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    expect((await sharp(moving).metadata()).pages).toBe(2);
    const master = await made(moving);
    expect(master).toMatchObject({ width: 40, height: 30 });
    expect(await quarters(master.bytes)).toEqual(asFlag);
  });

  test("a see-through picture stays so, and is white in JPEG", async () => {
    const clear = { width: 60, height: 60, channels: 4 as const, background: { r: 0, g: 0, b: 0, alpha: 0 } };
    const master = await made(await sharp({ create: clear }).png().toBuffer());
    expect((await sharp(await makeSize(master.bytes, 60, "webp", true)).stats()).isOpaque).toBe(false);
    expect(await quarters(await makeSize(master.bytes, 60, "jpg", true))).toContain("white");
  });

  test("a large picture is kept at 2560 pixels wide, a small one as it is", async () => {
    expect(await made(await flag(4000, 2000).jpeg().toBuffer())).toMatchObject({ width: 2560, height: 1280 });
    const small = await made(await flag(3, 2).png().toBuffer());
    expect(small).toMatchObject({ width: 3, height: 2 });
    expect((await sharp(await makeSize(small.bytes, 320, "jpg", true)).metadata()).width).toBe(3);
  });
});

describe("what was written beside the picture", () => {
  test("place, maker and name are gone from the master and from every format", async () => {
    const photo = await phonePhoto();
    expect(photo.toString("latin1")).toContain("Vera de Vries");
    expect(photo.toString("latin1")).toContain("Geheime Telefoon");
    const master = await made(photo);
    const sizes = (["avif", "webp", "jpg"] as const).map((format) =>
      makeSize(master.bytes, 320, format, true),
    );
    for (const bytes of [master.bytes, ...(await Promise.all(sizes))]) {
      expect(bytes.toString("latin1")).not.toMatch(/Telefoon|Vera|Exif|http:\/\/ns\.adobe/);
      const { exif, icc, xmp, iptc, orientation } = await sharp(bytes).metadata();
      expect([exif, icc, xmp, iptc, orientation]).toEqual(Array(5).fill(undefined));
    }
  });

  test.each([
    [1, ["coral", "sea", "sea", "sea"], [1600, 900]],
    [3, ["sea", "sea", "sea", "coral"], [1600, 900]],
    [6, ["sea", "coral", "sea", "sea"], [900, 1600]],
    [8, ["sea", "sea", "coral", "sea"], [900, 1600]],
  ])("a photo with orientation %i stands upright", async (orientation, colours, [width, height]) => {
    const master = await made(await phonePhoto(orientation));
    expect(master).toMatchObject({ width, height });
    expect(await quarters(master.bytes)).toEqual(colours);
  });

  test("colours of a wide space become those of sRGB", async () => {
    const wide = await flag(80, 60).withIccProfile("p3").png().toBuffer();
    const plain = await sharp(await makeSize((await made(wide)).bytes, 80, "webp", true))
      .raw()
      .toBuffer();
    const [r = 0, g = 0, b = 0] = plain.subarray(plain.length - 3);
    expect(Math.abs(r - 19) + Math.abs(g - 124) + Math.abs(b - 139)).toBeLessThan(12);
  });
});

describe("what is no picture, or not to be trusted", () => {
  test("a PNG that unpacks to 900 megapixels is refused at once, and one that lies about it too", async () => {
    const bomb = pngBomb();
    expect(bomb.length).toBeLessThan(8_000_000);
    const begun = process.cpuUsage();
    const before = process.memoryUsage().rss;
    expect(await refusal(bomb)).toBe("too-many-pixels");
    expect(processorTime(begun)).toBeLessThan(2000);
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
    const small = pngBomb(100);
    small.writeUInt32BE(70_000, 16);
    expect(await refusal(small)).toMatch(/broken|too-many-pixels/);
  });

  test("a JPEG that stops half-way is broken, and so are headers alone", async () => {
    const photo = await flag().jpeg().toBuffer();
    expect(await refusal(photo.subarray(0, photo.length / 2))).toBe("broken");
    for (const head of ["\xff\xd8\xff\xe0", "\x89PNG\r\n\x1a\n", "GIF89a", "RIFF\x10\0\0\0WEBPVP8 "])
      expect(await refusal(head)).toBe("broken");
  });

  test.each([
    '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    '\xef\xbb\xbf<?xml version="1.0"?><!-- x --><svg onload="alert(1)"/>',
    '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" ""><svg/>',
  ])("an SVG is told so: %s", async (svg) => {
    expect(await refusal(svg)).toBe("svg");
  });

  test.each([
    "<!DOCTYPE html><script>alert(1)</script>",
    "%PDF-1.7",
    "II*\0\x08\0\0\0",
    "BM\0\0\0\0",
    "",
    "\0\0\0",
    "GIF",
    "push graphic-context\nfill 'url(https://example.org/\"|ls)'\npop graphic-context",
  ])("%j is not an image", async (text) => {
    expect(await refusal(text)).toBe("not-an-image");
  });

  test("a photo of an iPhone is told apart", async () => {
    expect(await refusal("\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\0")).toBe("heic");
  });

  test("nothing of a script beside a picture is left: GIF with JavaScript, JPEG with a page behind it", async () => {
    const gif = await flag(40, 30).gif().toBuffer();
    const jpeg = await flag(40, 30).jpeg().toBuffer();
    const script = Buffer.from("=1;/*<script>alert(document.domain)</script>*/");
    for (const both of [gif, jpeg].map((picture) => Buffer.concat([picture, script]))) {
      const master = await made(both);
      expect(master.bytes.toString("latin1")).not.toContain("script");
    }
    expect(await refusal("GIF89a/*\0\0\0\0*/=1;alert(1)//<script>alert(1)</script>")).toBe("broken");
  });
});
