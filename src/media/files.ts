import { LRUCache } from "lru-cache";
import type { Ctx } from "../platform/context.ts";
import type { Storage } from "../platform/storage.ts";
import { type PictureExtension, pictureFormats, pictureWidths, plainWidth } from "../ui/pictures.ts";
import { isThere } from "./queries.ts";
import { type Master, makeSize } from "./studio.ts";

/** A size of an image, as its file is named. */
export type Size = { width: number; extension: PictureExtension };

const keyOf = (id: string, { width, extension }: Size) => `${id}/${width}.${extension}`;
const masterOf = (id: string) => `${id}/master.webp`;

export const typeOf = (extension: PictureExtension): string =>
  pictureFormats.find((format) => format.extension === extension)!.type;

/** Every size of an image of this width. */
const allSizes = (width: number): Size[] =>
  pictureFormats.flatMap(({ extension }) => pictureWidths(width).map((one) => ({ width: one, extension })));

/** The keys of all files that an image can have in the storage. */
export const listFiles = (id: string, width: number): string[] => [
  masterOf(id),
  ...new Set(allSizes(width).map((size) => keyOf(id, size))),
];

/** What an editor and a mail need at once: the plain picture and a small one. The rest follows in a job. */
const firstSizes = (width: number): Size[] =>
  [...new Set([plainWidth(width), pictureWidths(width)[0]!])].map((one) => ({
    width: one,
    extension: "jpg",
  }));

/** Keeps a new image: its master and its first sizes. */
export async function keepFiles(ctx: Ctx, id: string, master: Master): Promise<void> {
  await ctx.storage.write(masterOf(id), master.bytes, "image/webp");
  for (const size of firstSizes(master.width))
    await keep(ctx, id, size, await makeSize(master.bytes, size.width, size.extension, true));
}

const keep = (ctx: Ctx, id: string, size: Size, bytes: Buffer) =>
  ctx.storage.write(keyOf(id, size), bytes, typeOf(size.extension));

/** What was asked for lately, since a bucket is far away. What a name stands for never changes. */
const lately = new LRUCache<string, Buffer>({
  maxSize: 16 * 1024 * 1024,
  sizeCalculation: (bytes) => bytes.length,
});

/** What is being made now, so that who asks for the same one waits for it; per storage. */
const underway = new WeakMap<Storage, Map<string, Promise<Buffer | null>>>();

/** A size of an image that exists: as it is kept, or made now from its master. Null when it has no files. */
export async function fileOf(ctx: Ctx, id: string, size: Size): Promise<Buffer | null> {
  const key = keyOf(id, size);
  const bytes = lately.get(key) ?? (await ctx.storage.read(key)) ?? (await makeOnce(ctx, id, size, key));
  if (bytes) lately.set(key, bytes);
  return bytes;
}

function makeOnce(ctx: Ctx, id: string, size: Size, key: string): Promise<Buffer | null> {
  const here = underway.get(ctx.storage) ?? new Map<string, Promise<Buffer | null>>();
  underway.set(ctx.storage, here);
  const making = here.get(key) ?? make(ctx, id, size, true).finally(() => here.delete(key));
  here.set(key, making);
  return making;
}

/** Makes the sizes that are not there yet, when nobody waits for anything else. */
export async function makeAllSizes(ctx: Ctx, id: string, width: number): Promise<void> {
  for (const size of allSizes(width))
    if (!(await ctx.storage.read(keyOf(id, size)))) await make(ctx, id, size, false);
}

/** Two processes may make the same one: the same bytes from the same master, so that it does not matter whose stay. */
async function make(ctx: Ctx, id: string, size: Size, soon: boolean): Promise<Buffer | null> {
  const master = await ctx.storage.read(masterOf(id));
  if (!master) return null;
  const bytes = await makeSize(master, size.width, size.extension, soon);
  await keep(ctx, id, size, bytes);
  if (await isThere(ctx, id)) return bytes;
  await ctx.storage.removeFolder(id); // removed while this was being made
  return null;
}
