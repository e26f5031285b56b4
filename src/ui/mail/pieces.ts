import { day } from "./colours.ts";
import compiled from "./pieces.json";
import rose from "./rose.png?inline";

export type BlockName =
  | "paragraph"
  | "button"
  | "link"
  | "quote"
  | "list"
  | "small"
  | "markdown"
  | "picture"
  | "card";

/**
 * The template as HTML, its slots still open: what stands before and after the blocks, and each block. It was compiled
 * beforehand, because MJML takes half a second and some 50 MB to load.
 */
export const pieces: { before: string; after: string; blocks: Record<BlockName, string> } = compiled;

/** What is the same in every mail. */
export const fixed = { rose };
export const linkColour = day.link;

/** Fills the slots of a piece; what is filled in is never read for slots again. */
export const fill = (piece: string, values: Record<string, string>): string =>
  piece.replace(/⟦(\w+)⟧/g, (_slot, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`Nothing for ${name} in a mail`);
    return value;
  });
