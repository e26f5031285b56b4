import { LRUCache } from "lru-cache";
import type { Picture } from "./facts.ts";

const kept = new LRUCache<string, Buffer>({ maxSize: 8 * 1024 * 1024, sizeCalculation: (png) => png.length });
const underway = new Map<string, Promise<Buffer>>();
let last: Promise<unknown> = Promise.resolve();

/**
 * The picture of these facts, from memory or drawn now; one after another, since drawing takes a tenth of a second
 * of a processor. What draws is loaded with the first picture: a process that draws none is the smaller for it.
 */
export function pictureFor(facts: string, picture: Picture): Promise<Buffer> {
  const known = kept.get(facts);
  if (known) return Promise.resolve(known);
  const waiting = underway.get(facts);
  if (waiting) return waiting;
  const drawing = last
    .then(() => import("./picture.tsx"))
    .then(({ drawPicture }) => drawPicture(picture))
    .then((png) => {
      kept.set(facts, png);
      return png;
    })
    .finally(() => underway.delete(facts));
  underway.set(facts, drawing);
  last = drawing.catch(() => {}); // the one who asked for it hears of it
  return drawing;
}
