import { expect, test } from "vitest";
import { Picture } from "./picture.tsx";
import { pictureAt, pictureWidths, plainWidth, withoutSources } from "./pictures.ts";

const id = "0198c0de-0000-4000-8000-000000000000";
const src = `/media/${id}/1600x900-haven.jpg`;

test("an address tells what picture it is, and how large", () => {
  expect(pictureAt(src)).toEqual({ id, width: 1600, height: 900, src });
});

test.each([
  "/media/updates/haven.svg",
  `/media/${id}/640.avif`,
  `/media/${id}/0x900-haven.jpg`,
  `/media/${id}/1600x900-haven.jpg?x`,
  `/media/${id}/1600x900-ha"ven.jpg`,
  `/media/${id}/../1600x900-haven.jpg`,
  `https://example.org/media/${id}/1600x900-haven.jpg`,
])("%s is not one of ours", (address) => {
  expect(pictureAt(address)).toBeNull();
});

test("sizes go up to the picture's own width, 1920 at most, and none is nearly the same", () => {
  expect(pictureWidths(200)).toEqual([200]);
  expect(pictureWidths(1000)).toEqual([320, 640, 1000]);
  expect(pictureWidths(1600)).toEqual([320, 640, 960, 1280, 1600]);
  expect(pictureWidths(6000)).toEqual([320, 640, 960, 1280, 1920]);
  expect([200, 1000, 1300, 1600, 6000].map(plainWidth)).toEqual([200, 1000, 1300, 1280, 1280]);
});

test("a picture offers AVIF, WebP and JPEG, keeps its place, and its focal point in view by classes", async () => {
  const html = String(
    await Picture({ src, alt: "Haven", use: "card", focal: { x: 0.26, y: 1 }, class: "card__image" }),
  );
  expect(html).toMatch(
    /^<picture><source type="image\/avif" srcSet?="[^"]*\/640\.avif 640w, [^"]*1600w" sizes=/i,
  );
  expect(html).toContain('type="image/webp"');
  expect(html).toContain('class="card__image focal focal-x-3 focal-y-10"');
  expect(html).toContain('width="1600" height="900" loading="lazy"');
  expect(html).not.toContain("style=");
  expect(withoutSources(html)).toMatch(/^<img [^>]*>$/);
});

test("a picture that was not uploaded here stands as it is", async () => {
  const html = String(await Picture({ src: "/media/updates/haven.svg", alt: "", use: "text", eager: true }));
  expect(html).toBe('<img src="/media/updates/haven.svg" alt="" decoding="async"/>');
});
